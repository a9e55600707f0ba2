import type { MediaId, ProductId, VariantId } from "#kernel";
import type { ProductSurroundings, SurroundingsRequest } from "../app/save-product.ts";
import type { AttributeDefinition, RelationInput } from "../contract-model.ts";
import type { ProductStatus } from "../contract.ts";
import type { StoredProduct } from "../domain/product-record.ts";
import { parseJson, present, readPublication } from "./rows.ts";

type StoredRow = {
  readonly number: number;
  readonly id: ProductId;
  readonly handle: string;
  readonly status: ProductStatus;
  readonly version: number;
  readonly content_hash: string;
  readonly published_at_ms: number;
  readonly publish_at_ms: number | null;
  readonly unpublish_at_ms: number | null;
  readonly channels: string;
  readonly type_key: string | null;
  readonly typed_values: string;
};
type StoredVariantRow = {
  readonly product_number: number;
  readonly position: number;
  readonly id: VariantId;
  readonly sku: string;
  readonly option_values: string;
};
type StoredPictureRow = {
  readonly product_number: number;
  readonly position: number;
  readonly id: MediaId;
  readonly url: string;
};
type StoredRelationRow = RelationInput & { readonly product_number: number; readonly position: number };
type OwnerRow = { readonly handle: string; readonly number: number };
type TypeRow = { readonly key: string; readonly attributes: string };
type MoveRow = { readonly handle: string; readonly moved_to: string };

const ASKED_PRODUCTS = "json_each(?1) asked CROSS JOIN products p ON p.handle = asked.value";

/** What a save reads first. The parameter of each is a list of handles, which bounds it. */
export const SURROUNDINGS_SQL = {
  products: `SELECT p.number, p.id, p.handle, p.status, p.version, p.content_hash, p.published_at_ms,
      p.publish_at_ms, p.unpublish_at_ms, p.type_key, p.typed_values,
      (SELECT json_group_array(channel) FROM (
        SELECT channel FROM product_channels WHERE product_number = p.number ORDER BY channel)) AS channels
    FROM ${ASKED_PRODUCTS}`,
  variants: `SELECT v.product_number, v.position, v.id, v.sku, v.option_values
    FROM ${ASKED_PRODUCTS} CROSS JOIN variants v ON v.product_number = p.number`,
  pictures: `SELECT m.product_number, m.position, m.id, m.url
    FROM ${ASKED_PRODUCTS} CROSS JOIN media m ON m.product_number = p.number`,
  relations: `SELECT r.product_number, r.position, r.kind, other.handle
    FROM ${ASKED_PRODUCTS} CROSS JOIN product_relations r ON r.product_number = p.number
    CROSS JOIN products other ON other.number = r.related_number`,
  moves: `SELECT h.handle, p.handle AS moved_to FROM json_each(?1) asked
    CROSS JOIN slug_history h ON h.handle = asked.value CROSS JOIN products p ON p.number = h.product_number`,
  owners: `SELECT p.handle, p.number FROM ${ASKED_PRODUCTS}
    UNION ALL SELECT h.handle, h.product_number FROM json_each(?1) asked
    CROSS JOIN slug_history h ON h.handle = asked.value`,
  collections: "SELECT c.handle FROM json_each(?1) asked CROSS JOIN collections c ON c.handle = asked.value",
  related: "SELECT p.handle FROM json_each(?1) asked CROSS JOIN products p ON p.handle = asked.value",
  types:
    "SELECT t.key, t.attributes FROM json_each(?1) asked CROSS JOIN product_types t ON t.key = asked.value",
} as const;

/** Reads what is known around each save, in one round trip for all; answers stand in the order of the requests. */
export async function readSurroundings(
  db: D1Database,
  requests: readonly SurroundingsRequest[],
): Promise<readonly ProductSurroundings[]> {
  const list = (values: readonly string[]): string => JSON.stringify([...new Set(values)]);
  const handles = list(requests.map(({ handle }) => handle));
  const newHandles = list(requests.map(({ newHandle }) => newHandle));
  const named = list(requests.flatMap(({ collections }) => collections));
  const bind = (sql: string, parameter: string) => db.prepare(sql).bind(parameter);
  const answers = await db.batch([
    bind(SURROUNDINGS_SQL.products, handles),
    bind(SURROUNDINGS_SQL.variants, handles),
    bind(SURROUNDINGS_SQL.pictures, handles),
    bind(SURROUNDINGS_SQL.moves, handles),
    bind(SURROUNDINGS_SQL.owners, newHandles),
    bind(SURROUNDINGS_SQL.collections, named),
    bind(SURROUNDINGS_SQL.relations, handles),
    bind(SURROUNDINGS_SQL.related, list(requests.flatMap(({ related }) => related))),
    bind(SURROUNDINGS_SQL.types, list(requests.map(({ typeKey }) => typeKey))),
  ]);
  const rows = <T>(index: number): readonly T[] => (answers[index]?.results ?? []) as T[];
  const variants = byProduct(rows<StoredVariantRow>(1));
  const pictures = byProduct(rows<StoredPictureRow>(2));
  const relations = byProduct(rows<StoredRelationRow>(6));
  const products = new Map(
    rows<StoredRow>(0).map((row) => [
      row.handle,
      readStored(row, {
        variants: variants.get(row.number) ?? [],
        pictures: pictures.get(row.number) ?? [],
        relations: relations.get(row.number) ?? [],
      }),
    ]),
  );
  const moves = new Map(rows<MoveRow>(3).map((row) => [row.handle, row.moved_to]));
  const owners = Map.groupBy(rows<OwnerRow>(4), (row) => row.handle);
  const known = new Set(rows<{ handle: string }>(5).map((row) => row.handle));
  const others = new Set(rows<{ handle: string }>(7).map((row) => row.handle));
  const types = new Map(
    rows<TypeRow>(8).map((row) => [row.key, parseJson<AttributeDefinition[]>(row.attributes)]),
  );
  return requests.map(({ handle, newHandle, collections, related, typeKey }) => {
    const existing = products.get(handle);
    return {
      ...present("existing", existing),
      ...present("movedTo", moves.get(handle)),
      isNewHandleTaken: (owners.get(newHandle) ?? []).some(({ number }) => number !== existing?.number),
      knownCollections: collections.filter((collection) => known.has(collection)),
      knownRelated: related.filter((other) => others.has(other)),
      ...present("typeAttributes", types.get(typeKey)),
    };
  });
}

/** Rows of each product, in the order of their positions. */
function byProduct<Row extends { readonly product_number: number; readonly position: number }>(
  rows: readonly Row[],
): Map<number, Row[]> {
  const groups = Map.groupBy(rows, (row) => row.product_number);
  for (const group of groups.values()) group.sort((left, right) => left.position - right.position);
  return groups;
}

type StoredLists = {
  readonly variants: readonly StoredVariantRow[];
  readonly pictures: readonly StoredPictureRow[];
  readonly relations: readonly StoredRelationRow[];
};

const readStored = (row: StoredRow, { variants, pictures, relations }: StoredLists): StoredProduct => ({
  number: row.number,
  productId: row.id,
  handle: row.handle,
  status: row.status,
  version: row.version,
  contentHash: row.content_hash,
  publishedAtMs: row.published_at_ms,
  variants: variants.map(({ id, sku, option_values }) => ({
    variantId: id,
    sku,
    optionValues: parseJson<string[]>(option_values),
  })),
  pictures: pictures.map(({ id, url }) => ({ mediaId: id, url })),
  publication: readPublication(row),
  typed: { typeKey: row.type_key ?? "", values: parseJson(row.typed_values) },
  relations: relations.map(({ kind, handle }) => ({ kind, handle })),
});
