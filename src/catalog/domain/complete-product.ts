import type { Publication, RelationInput, TypedFacts } from "../contract-model.ts";
import { DEFAULT_PUBLICATION } from "./publication.ts";
import type { ValidProduct } from "./validate-product.ts";

/** What a save may leave out; it stays as it is then. */
export type KeptParts = {
  readonly publication: Publication;
  readonly typed: TypedFacts;
  readonly relations: readonly RelationInput[];
};

/** A product with everything that it has after a save. */
export type CompleteProduct = Omit<ValidProduct, keyof KeptParts> & KeptParts;

export const NO_TYPED_FACTS: TypedFacts = { typeKey: "", values: {} };

/** Fills in what the input leaves out, from the product as it is. */
export const completeProduct = (product: ValidProduct, existing: KeptParts | undefined): CompleteProduct => ({
  ...product,
  publication: product.publication ?? existing?.publication ?? DEFAULT_PUBLICATION,
  typed: product.typed ?? existing?.typed ?? NO_TYPED_FACTS,
  relations: product.relations ?? existing?.relations ?? [],
});

/** The text whose digest tells whether a save changes anything beside the kept parts. */
export function hashedText({ publication: _, typed: __, relations: ___, ...plain }: ValidProduct): string {
  return JSON.stringify(plain);
}

/** Whether the kept parts are as they were. */
export const isSameKept = (left: KeptParts, right: KeptParts): boolean => textOf(left) === textOf(right);

const textOf = ({ publication, typed, relations }: KeptParts): string =>
  JSON.stringify([
    publication.publishAtMs,
    publication.unpublishAtMs,
    publication.channels,
    typed.typeKey,
    Object.entries(typed.values),
    relations.map(({ kind, handle }) => [kind, handle]),
  ]);
