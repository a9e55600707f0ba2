import { ok, refuse, type Result } from "#kernel";
import { sha256Hex } from "#platform";
import type { SavedProductType } from "../app/model-ports.ts";
import type { SaveOptions } from "../app/ports.ts";
import type { AttributeDefinition, ProductTypeInput, ProductTypeView } from "../contract-model.ts";
import type { CatalogRefusal } from "../contract.ts";
import { MAX_PRODUCT_TYPES } from "../domain/limits.ts";
import { validateType } from "../domain/validate-type.ts";
import { parseJson, type CatalogDb } from "./rows.ts";

type TypeRow = {
  readonly key: string;
  readonly name: string;
  readonly attributes: string;
  readonly content_hash: string;
  readonly version: number;
  readonly updated_at_ms: number;
};
const COLUMNS = "key, name, attributes, content_hash, version, updated_at_ms";

const readType = (row: TypeRow): ProductTypeView => ({
  key: row.key,
  name: row.name,
  attributes: parseJson<AttributeDefinition[]>(row.attributes),
  version: row.version,
  updatedAtMs: row.updated_at_ms,
});

const findType = (db: CatalogDb, key: string): Promise<TypeRow | null> =>
  db.prepare(`SELECT ${COLUMNS} FROM product_types WHERE key = ?`).bind(key).first<TypeRow>();

/** All product types of the shop, by key. */
export async function queryProductTypes(db: CatalogDb): Promise<readonly ProductTypeView[]> {
  const { results } = await db
    .prepare(`SELECT ${COLUMNS} FROM product_types ORDER BY key LIMIT ${MAX_PRODUCT_TYPES}`)
    .all<TypeRow>();
  return results.map(readType);
}

export async function queryProductType(
  db: CatalogDb,
  key: string,
): Promise<Result<ProductTypeView, CatalogRefusal>> {
  const row = await findType(db, key);
  return row ? ok(readType(row)) : refuse({ code: "product_type_unknown", key });
}

type SaveType = { readonly input: ProductTypeInput; readonly nowMs: number } & SaveOptions;

/** Creates or replaces a product type. Refuses `invalid_product` and `version_conflict`. */
export async function saveProductType(
  db: D1Database,
  { input, nowMs, expectedVersion }: SaveType,
): Promise<Result<SavedProductType, CatalogRefusal>> {
  const valid = validateType(input);
  if (!valid.ok) return valid;
  const { key, name, attributes } = valid.value;
  const existing = await findType(db, key);
  const version = existing?.version ?? 0;
  if (expectedVersion !== undefined && expectedVersion !== version)
    return refuse({ code: "version_conflict", version });
  const contentHash = await sha256Hex(JSON.stringify([name, attributes]));
  if (existing?.content_hash === contentHash) return ok({ outcome: "same", key, version });
  const { meta } = await db
    .prepare(
      `INSERT INTO product_types (key, name, attributes, content_hash, version, created_at_ms, updated_at_ms)
       VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?6)
       ON CONFLICT (key) DO UPDATE SET name = excluded.name, attributes = excluded.attributes,
         content_hash = excluded.content_hash, version = excluded.version, updated_at_ms = excluded.updated_at_ms
       WHERE product_types.version = excluded.version - 1`,
    )
    .bind(key, name, JSON.stringify(attributes), contentHash, version + 1, nowMs)
    .run();
  if (meta.changes === 0) return refuse({ code: "version_conflict", version });
  return ok({ outcome: existing ? "changed" : "created", key, version: version + 1 });
}

/** Takes a type away that no product has. Refuses `product_type_unknown` and `product_type_in_use`. */
export async function deleteProductType(db: D1Database, key: string): Promise<Result<void, CatalogRefusal>> {
  const [found, deleted] = await db.batch([
    db.prepare("SELECT 1 FROM product_types WHERE key = ?").bind(key),
    db
      .prepare(
        "DELETE FROM product_types WHERE key = ?1 AND NOT EXISTS (SELECT 1 FROM products WHERE type_key = ?1)",
      )
      .bind(key),
    db
      .prepare(
        `DELETE FROM translations WHERE entity = 'product_type' AND entity_key = ?1
         AND NOT EXISTS (SELECT 1 FROM product_types WHERE key = ?1)`,
      )
      .bind(key),
  ]);
  if (found?.results.length === 0) return refuse({ code: "product_type_unknown", key });
  return deleted?.meta.changes === 0 ? refuse({ code: "product_type_in_use", key }) : ok(undefined);
}
