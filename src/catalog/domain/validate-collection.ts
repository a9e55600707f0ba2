import { ok, refuse, type Result } from "#kernel";
import type { CatalogRefusal, CollectionInput } from "../contract.ts";
import { checkWhole, collectErrors, readHandle, readText, type Field } from "./field-errors.ts";
import {
  MAX_DESCRIPTION_CHARACTERS,
  MAX_HANDLE_CHARACTERS,
  MAX_NEWEST_DAYS,
  MAX_POSITION,
  MAX_TAG_CHARACTERS,
  MAX_TITLE_CHARACTERS,
} from "./limits.ts";
import { readPicture } from "./validate-picture.ts";

/** A collection that keeps every bound of `limits.ts`; its HTML is not clean yet. */
export type ValidCollection = CollectionInput & { readonly __brand: "ValidCollection" };

/** Checks a collection and cleans its texts. Refuses `invalid_product` with one entry per field to mend. */
export function validateCollection(input: CollectionInput): Result<ValidCollection, CatalogRefusal> {
  const { root, list } = collectErrors();
  const collection: CollectionInput = {
    handle: readHandle(root.at("/handle"), input.handle, MAX_HANDLE_CHARACTERS),
    title: readText(root.at("/title"), input.title, { minimum: 1, maximum: MAX_TITLE_CHARACTERS }),
    descriptionHtml: readText(root.at("/descriptionHtml"), input.descriptionHtml, {
      minimum: 0,
      maximum: MAX_DESCRIPTION_CHARACTERS,
    }),
    ...(input.picture ? { picture: readPicture(root.at("/picture"), input.picture) } : {}),
    position: input.position,
    ...(input.rule ? { rule: readRule(root, input.rule) } : {}),
  };
  checkWhole(root.at("/position"), input.position, { minimum: 0, maximum: MAX_POSITION });
  return list.length === 0
    ? ok(collection as ValidCollection)
    : refuse({ code: "invalid_product", errors: list });
}

type Rule = NonNullable<CollectionInput["rule"]>;

function readRule(root: Field, rule: Rule): Rule {
  if (rule.kind === "newest") {
    checkWhole(root.at("/rule/days"), rule.days, { minimum: 1, maximum: MAX_NEWEST_DAYS });
    return { kind: "newest", days: rule.days };
  }
  return {
    kind: "tag",
    tag: readText(root.at("/rule/tag"), rule.tag, { minimum: 1, maximum: MAX_TAG_CHARACTERS }),
  };
}
