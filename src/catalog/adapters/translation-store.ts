import { ok, refuse, type Result } from "#kernel";
import type { SavedTranslation, TranslatedThing, Translation, TranslationSheet } from "../app/model-ports.ts";
import type { HtmlSanitiser, SaveOptions } from "../app/ports.ts";
import type { TranslatedFields } from "../contract-model.ts";
import type { CatalogRefusal } from "../contract.ts";
import { cleanText } from "../domain/field-errors.ts";
import { MAX_LOCALES } from "../domain/limits.ts";
import { validateTranslation } from "../domain/validate-translation.ts";
import { ownTexts } from "./own-texts.ts";
import { parseJson, type CatalogDb } from "./rows.ts";
import { indexTranslation } from "./translated-index.ts";
import { variantTitlesSql } from "./variant-titles.ts";

/** The thing in the table's own words: a product by its number, a collection by its id, a type by its key. */
const ENTITY_KEY = {
  product: "SELECT CAST(number AS TEXT) AS entity_key FROM products WHERE handle = ?",
  collection: "SELECT id AS entity_key FROM collections WHERE handle = ?",
  product_type: "SELECT key AS entity_key FROM product_types WHERE key = ?",
} as const;

type TranslationRow = { readonly locale: string; readonly fields: string; readonly version: number };

const unknown = ({ entity, key }: TranslatedThing): CatalogRefusal =>
  entity === "product_type"
    ? { code: "product_type_unknown", key }
    : { code: entity === "product" ? "product_unknown" : "collection_unknown", handle: key };

const findKey = async (db: CatalogDb, { entity, key }: TranslatedThing): Promise<string | undefined> =>
  (await db.prepare(ENTITY_KEY[entity]).bind(cleanText(key)).first<{ entity_key: string }>())?.entity_key;

const readTranslation = ({ locale, fields, version }: TranslationRow): Translation => ({
  locale,
  fields: parseJson<TranslatedFields>(fields),
  version,
});

/** The texts of a thing in every language. */
export async function queryTranslations(
  db: CatalogDb,
  thing: TranslatedThing,
): Promise<Result<TranslationSheet, CatalogRefusal>> {
  const entityKey = await findKey(db, thing);
  if (entityKey === undefined) return refuse(unknown(thing));
  const [own, { results }] = await Promise.all([
    ownTexts(db, thing.entity, entityKey),
    db
      .prepare(
        `SELECT locale, fields, version FROM translations WHERE entity = ? AND entity_key = ?
         ORDER BY locale LIMIT ${MAX_LOCALES}`,
      )
      .bind(thing.entity, entityKey)
      .all<TranslationRow>(),
  ]);
  return ok({ ...thing, own, translations: results.map(readTranslation) });
}

/** What shows the thing's texts is told that it changed. */
const TOUCH = {
  product: "UPDATE products SET updated_at_ms = max(updated_at_ms, ?2) WHERE number = CAST(?1 AS INTEGER)",
  collection: "UPDATE collections SET updated_at_ms = max(updated_at_ms, ?2) WHERE id = ?1",
  product_type: "UPDATE product_types SET updated_at_ms = max(updated_at_ms, ?2) WHERE key = ?1",
} as const;

export type SaveTranslation = {
  readonly thing: TranslatedThing & { readonly locale: string; readonly fields: TranslatedFields };
  readonly sanitise: HtmlSanitiser;
  readonly nowMs: number;
} & SaveOptions;

/** Replaces the texts of a thing in one language. Refuses what is unknown, `invalid_product` and `version_conflict`. */
export async function saveTranslation(
  db: D1Database,
  { thing, sanitise, nowMs, expectedVersion }: SaveTranslation,
): Promise<Result<SavedTranslation, CatalogRefusal>> {
  const { entity, locale } = thing;
  const valid = validateTranslation(entity, locale, thing.fields);
  if (!valid.ok) return valid;
  const { descriptionHtml } = valid.value;
  const fields: TranslatedFields =
    descriptionHtml === undefined
      ? valid.value
      : { ...valid.value, descriptionHtml: sanitise(descriptionHtml) };
  const entityKey = await findKey(db, thing);
  if (entityKey === undefined) return refuse(unknown(thing));
  const existing = await db
    .prepare(
      "SELECT locale, fields, version FROM translations WHERE entity = ? AND entity_key = ? AND locale = ?",
    )
    .bind(entity, entityKey, locale)
    .first<TranslationRow>();
  const version = existing?.version ?? 0;
  if (expectedVersion !== undefined && expectedVersion !== version)
    return refuse({ code: "version_conflict", version });
  const text = JSON.stringify(fields);
  if (text === (existing?.fields ?? "{}")) return ok({ outcome: "same", version });
  const isEmpty = text === "{}";
  const [written] = await db.batch([
    isEmpty
      ? db
          .prepare(
            "DELETE FROM translations WHERE entity = ? AND entity_key = ? AND locale = ? AND version = ?",
          )
          .bind(entity, entityKey, locale, version)
      : db
          .prepare(
            `INSERT INTO translations (entity, entity_key, locale, fields, version, updated_at_ms)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6)
             ON CONFLICT (entity, entity_key, locale) DO UPDATE SET fields = excluded.fields,
               version = excluded.version, updated_at_ms = excluded.updated_at_ms
             WHERE translations.version = excluded.version - 1`,
          )
          .bind(entity, entityKey, locale, text, version + 1, nowMs),
    // Languages that fall back to this one change with it.
    ...(entity === "product"
      ? [
          db.prepare(variantTitlesSql("?1")).bind(entityKey),
          ...indexTranslation(db, { number: entityKey, locale, fields }),
        ]
      : []),
    db.prepare(TOUCH[entity]).bind(entityKey, nowMs),
  ]);
  if (written?.meta.changes === 0) return refuse({ code: "version_conflict", version });
  return ok({ outcome: "changed", version: isEmpty ? 0 : version + 1 });
}
