import { isLocale, localeChain } from "#kernel";
import type { TranslatedEntity } from "../contract-model.ts";

/** The languages to look in, closest first, as a JSON list; nothing when the shop's own texts are wanted. */
export const localesParameter = (locale: string | undefined): string | undefined =>
  locale !== undefined && isLocale(locale) ? JSON.stringify(localeChain(locale)) : undefined;

/**
 * An expression for the closest translation of one field, else the shop's own text. `locales` is the parameter with the
 * languages: the list is walked in its order and the first hit ends it, so the cost is a look-up or two per row.
 */
export const closestText = (
  locales: string,
  {
    entity,
    key,
    field,
    own,
  }: Readonly<Record<"key" | "field" | "own", string>> & { readonly entity: TranslatedEntity },
): string => `coalesce((SELECT t.fields ->> '${field}' FROM json_each(${locales}) wanted_locale
    CROSS JOIN translations t ON t.entity = '${entity}' AND t.entity_key = ${key} AND t.locale = wanted_locale.value
    WHERE t.fields ->> '${field}' IS NOT NULL LIMIT 1), ${own})`;

/** The columns of a card with its title in the languages of a parameter, of a table `p`. */
export const translatedCard = (columns: string, locales: string | undefined): string =>
  locales === undefined
    ? columns
    : columns.replace(
        "p.title,",
        `${closestText(locales, { entity: "product", key: "CAST(p.number AS TEXT)", field: "title", own: "p.title" })} AS title,`,
      );
