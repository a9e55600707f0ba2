import type { TranslatedFields } from "../contract-model.ts";
import { translatorOf, type Translator } from "../domain/translate.ts";
import { parseJson, type CatalogDb } from "./rows.ts";

/** Products of one question, and languages that one can fall back to. */
const MAX_PRODUCTS = 500;
const MAX_LOCALES = 4;

/** By primary key: one lookup for each product and language. */
export const RANGE_TEXTS_SQL = `SELECT t.entity_key, t.locale, t.fields FROM json_each(?1) wanted
  CROSS JOIN json_each(?2) wanted_locale
  CROSS JOIN translations t ON t.entity = 'product' AND t.entity_key = CAST(wanted.value AS TEXT)
    AND t.locale = wanted_locale.value
  LIMIT ${MAX_PRODUCTS * MAX_LOCALES}`;

type Row = { readonly entity_key: string; readonly locale: string; readonly fields: string };

/** The texts of up to five hundred products in the closest of some languages; who has none keeps the shop's own. */
export async function rangeTexts(
  db: CatalogDb,
  numbers: readonly number[],
  locales: readonly string[],
): Promise<(number: number) => Translator> {
  const own = translatorOf([]);
  if (locales.length === 0 || numbers.length === 0) return () => own;
  const { results } = await db
    .prepare(RANGE_TEXTS_SQL)
    .bind(JSON.stringify(numbers.slice(0, MAX_PRODUCTS)), JSON.stringify(locales.slice(0, MAX_LOCALES)))
    .all<Row>();
  const rows = Map.groupBy(results, ({ entity_key }) => Number(entity_key));
  const closest = ({ locale }: Row): number => locales.indexOf(locale);
  return (number) => {
    const found = rows.get(number);
    if (!found) return own;
    const sorted = [...found].sort((left, right) => closest(left) - closest(right));
    return translatorOf(sorted.map(({ fields }) => parseJson<TranslatedFields>(fields)));
  };
}
