import { isLocale, ok, refuse, type Result } from "#kernel";
import type { TranslatedEntity, TranslatedFields } from "../contract-model.ts";
import type { CatalogRefusal } from "../contract.ts";
import { checkCount, collectErrors, readText } from "./field-errors.ts";
import {
  MAX_ATTRIBUTE_CHARACTERS,
  MAX_DESCRIPTION_CHARACTERS,
  MAX_SEO_DESCRIPTION_CHARACTERS,
  MAX_SEO_TITLE_CHARACTERS,
  MAX_TITLE_CHARACTERS,
  MAX_TRANSLATED_FIELDS,
} from "./limits.ts";

const PAGE_FIELDS: Readonly<Record<string, number>> = {
  title: MAX_TITLE_CHARACTERS,
  descriptionHtml: MAX_DESCRIPTION_CHARACTERS,
  seoTitle: MAX_SEO_TITLE_CHARACTERS,
  seoDescription: MAX_SEO_DESCRIPTION_CHARACTERS,
};

const NESTED: Readonly<Record<TranslatedEntity, RegExp>> = {
  product: /^(?:option\/.+|attribute\/[a-z][a-z0-9_]*)$/su,
  product_type: /^(?:name|attribute\/.+)$/su,
  collection: /^(?!)/,
};

/** Characters that the field of this thing may have; nothing when it has no such field. */
function boundOf(entity: TranslatedEntity, field: string): number | undefined {
  if (entity !== "product_type" && Object.hasOwn(PAGE_FIELDS, field)) return PAGE_FIELDS[field];
  return NESTED[entity].test(field) ? MAX_ATTRIBUTE_CHARACTERS : undefined;
}

/**
 * Checks the texts of one thing in one language; empty ones are left out and fall back. Refuses `invalid_product` with one
 * entry per field to mend.
 */
export function validateTranslation(
  entity: TranslatedEntity,
  locale: string,
  fields: TranslatedFields,
): Result<TranslatedFields, CatalogRefusal> {
  const { root, list } = collectErrors();
  if (!isLocale(locale))
    root.at("/locale").refuse("Use a language, such as de, or with a region, such as de-CH.");
  const entries = Object.entries(fields);
  checkCount(root.at("/fields"), entries.length, MAX_TRANSLATED_FIELDS);
  const clean = entries.slice(0, MAX_TRANSLATED_FIELDS).flatMap(([name, text]): [string, string][] => {
    const field = root.at(`/fields/${name.replaceAll("~", "~0").replaceAll("/", "~1").slice(0, 200)}`);
    const maximum = boundOf(entity, name);
    if (maximum === undefined) {
      field.refuse("There is no such text to translate: leave it out.");
      return [];
    }
    const read = readText(field, text, { minimum: 0, maximum });
    return read === "" ? [] : [[name, read]];
  });
  return list.length === 0
    ? ok(Object.fromEntries(clean.sort(([a], [b]) => (a < b ? -1 : 1))))
    : refuse({ code: "invalid_product", errors: list });
}
