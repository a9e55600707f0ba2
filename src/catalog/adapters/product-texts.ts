import type { TranslatedFields } from "../contract-model.ts";
import { translatorOf, type Translator } from "../domain/translate.ts";
import { parseJson } from "./rows.ts";

/** Texts of a product and of its type in the wanted languages, closest first. */
export const TEXTS_SQL = `SELECT t.entity, t.fields FROM json_each(?2) wanted_locale
    CROSS JOIN products p ON p.handle = ?1
    CROSS JOIN translations t ON t.entity = 'product' AND t.entity_key = CAST(p.number AS TEXT)
      AND t.locale = wanted_locale.value
  UNION ALL SELECT t.entity, t.fields FROM json_each(?2) wanted_locale
    CROSS JOIN products p ON p.handle = ?1
    CROSS JOIN translations t ON t.entity = 'product_type' AND t.entity_key = p.type_key
      AND t.locale = wanted_locale.value
  LIMIT 20`;

export type TextRow = { readonly entity: "product" | "product_type"; readonly fields: string };

/** What gives a product's own texts, and those of its type, in the wanted language. */
export type ProductTranslators = { readonly product: Translator; readonly type: Translator };

export function readTranslators(rows: readonly TextRow[]): ProductTranslators {
  const of = (entity: TextRow["entity"]): Translator =>
    translatorOf(
      rows.filter((row) => row.entity === entity).map((row) => parseJson<TranslatedFields>(row.fields)),
    );
  return { product: of("product"), type: of("product_type") };
}
