import { LIST_SEPARATOR } from "../domain/translate.ts";

// What variants are called in other languages (`A3, Eiche`) is worked out when a product or a translation is saved, so
// that a cart reads it as it stands, one look-up a line.

/** The translation of an option's value in the closest language of a translation's own chain that has one. */
const CLOSEST_VALUE = `SELECT field.value FROM translations closer CROSS JOIN json_each(closer.fields) field
  WHERE closer.entity = 'product' AND closer.entity_key = translations.entity_key
    AND (closer.locale = translations.locale OR translations.locale LIKE closer.locale || '-%')
    AND field.key = 'option/' || (p.options ->> ('$[' || own.key || '].name')) || '/' || own.value
  ORDER BY length(closer.locale) DESC LIMIT 1`;

/** The shop's word for the value, in the same chain; a product's own translation goes before it. */
const SHARED_WORD = `SELECT w.text FROM shared_words w
  WHERE w.locale IN (translations.locale, substr(translations.locale, 1, instr(translations.locale || '-', '-') - 1))
    AND w.own = own.value
  ORDER BY length(w.locale) DESC LIMIT 1`;

/**
 * Writes the titles of the variants of products into their translations. `keys` is a query for the products' numbers as
 * text. Repeating it changes nothing; a product without translations costs one look-up.
 */
export const variantTitlesSql = (keys: string): string => `UPDATE translations SET variant_titles = (
    SELECT json_group_object(v.id, coalesce((
      SELECT group_concat(coalesce((${CLOSEST_VALUE}), (${SHARED_WORD}), own.value), '${LIST_SEPARATOR}')
      FROM json_each(v.option_values) own), ''))
    FROM products p CROSS JOIN variants v ON v.product_number = p.number
    WHERE p.number = CAST(translations.entity_key AS INTEGER))
  WHERE entity = 'product' AND entity_key IN (${keys})`;

/** An expression for what a variant `v` of a product `p` is called in the closest of some languages. */
export const closestVariantTitle = (locales: string): string =>
  `coalesce((SELECT t.variant_titles ->> v.id FROM json_each(${locales}) wanted_locale
    CROSS JOIN translations t ON t.entity = 'product' AND t.entity_key = CAST(p.number AS TEXT)
      AND t.locale = wanted_locale.value
    WHERE t.variant_titles ->> v.id IS NOT NULL LIMIT 1), v.title)`;
