import type { ProductView, VariantView } from "#catalog";
import { CardGrid, useSpeech, type ProductCardModel } from "#web";

/** What stands above each kind of relation; what goes with a product stands among what is recommended. */
const TITLES = {
  part_of_set: "product.set",
  accessory: "product.accessory",
  replacement: "product.replacement",
} as const;

/** Cards of one strip. */
const MAX_CARDS = 4;

/** Products that the merchant names beside this one, a strip for each kind. */
export const Relations = ({ product }: { readonly product: Pick<ProductView, "relations"> }) => (
  <>
    {(["part_of_set", "accessory", "replacement"] as const).map((kind) => (
      <Strip
        id={kind.replaceAll("_", "-")}
        title={useSpeech().say(TITLES[kind])}
        cards={product.relations.flatMap((relation) => (relation.kind === kind ? [relation.product] : []))}
      />
    ))}
  </>
);

export type StripProps = {
  readonly id: string;
  readonly title: string;
  readonly cards: readonly ProductCardModel[];
};

/** A heading and a row of cards; nothing without cards. */
export const Strip = ({ id, title, cards }: StripProps) =>
  cards.length === 0 ? null : (
    <section class="section" aria-labelledby={id}>
      <div class="section-head">
        <h2 id={id}>{title}</h2>
      </div>
      <CardGrid cards={cards.slice(0, MAX_CARDS)} />
    </section>
  );

/** What the merchant says goes with it, before what is recommended; each product once. */
export function goesWith(
  product: Pick<ProductView, "relations">,
  recommended: readonly ProductCardModel[],
): readonly ProductCardModel[] {
  const named: readonly ProductCardModel[] = product.relations.flatMap((relation) =>
    relation.kind === "goes_with" ? [relation.product] : [],
  );
  return [...named, ...notNamed(product, recommended)].slice(0, MAX_CARDS);
}

/** Without what the merchant names beside it, which stands above. */
export function notNamed(
  product: Pick<ProductView, "relations">,
  cards: readonly ProductCardModel[],
): readonly ProductCardModel[] {
  const named = new Set(product.relations.map((relation) => relation.product.handle));
  return cards.filter(({ handle }) => !named.has(handle));
}

type ContentsProps = { readonly product: ProductView; readonly variant: VariantView | undefined };

/** What one unit of a bundle holds; nothing for any other product. */
export const BundleContents = ({ product, variant }: ContentsProps) => {
  const bundle = product.bundles.find(({ sku }) => sku === variant?.sku);
  return bundle === undefined ? null : (
    <details class="disclosure" open>
      <summary>{useSpeech().say("product.contents")}</summary>
      <ul class="disclosure-body bundle">
        {bundle.parts.map(({ sku, quantity, handle, title, variantTitle }) => (
          <li>
            {quantity} ×{" "}
            {handle === undefined ? (
              <bdi>{title ?? sku}</bdi>
            ) : (
              <a href={`/products/${encodeURIComponent(handle)}`} dir="auto">
                {title ?? sku}
              </a>
            )}
            {variantTitle !== undefined && variantTitle !== "" && `, ${variantTitle}`}
          </li>
        ))}
      </ul>
    </details>
  );
};
