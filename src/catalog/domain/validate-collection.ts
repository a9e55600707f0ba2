import { ok, refuse, type Result } from "#kernel";
import type { CatalogRefusal, CollectionInput } from "../contract.ts";
import {
  checkCount,
  checkWhole,
  cleanText,
  collectErrors,
  readHandle,
  readText,
  type Field,
} from "./field-errors.ts";
import {
  MAX_DESCRIPTION_CHARACTERS,
  MAX_HANDLE_CHARACTERS,
  MAX_PICKS,
  MAX_POSITION,
  MAX_TITLE_CHARACTERS,
} from "./limits.ts";
import { readPicture } from "./validate-picture.ts";
import { readSeo } from "./validate-seo.ts";
import { readRule } from "./validate-rule.ts";

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
    ...readSeo(root, input),
    ...(input.rule ? { rule: readRule(root.at("/rule"), input.rule) } : {}),
    ...readChosen(root, input),
  };
  checkWhole(root.at("/position"), input.position, { minimum: 0, maximum: MAX_POSITION });
  return list.length === 0
    ? ok(collection as ValidCollection)
    : refuse({ code: "invalid_product", errors: list });
}

const readHandles = (field: Field, handles: readonly string[]): readonly string[] => {
  checkCount(field, handles.length, MAX_PICKS);
  return [...new Set(handles.slice(0, MAX_PICKS).map(cleanText))].filter((handle) => handle !== "");
};

/** Products picked and left out; one cannot be both. */
function readChosen(root: Field, { picks, exclusions }: CollectionInput) {
  const chosen = {
    ...(picks ? { picks: readHandles(root.at("/picks"), picks) } : {}),
    ...(exclusions ? { exclusions: readHandles(root.at("/exclusions"), exclusions) } : {}),
  };
  const both = chosen.exclusions?.find((handle) => chosen.picks?.includes(handle));
  if (both !== undefined) root.at("/exclusions").refuse(`Either pick ${both} or leave it out.`);
  return chosen;
}
