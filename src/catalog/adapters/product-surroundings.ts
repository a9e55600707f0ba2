import type { MediaId, ProductId, VariantId } from "#kernel";
import type { ProductSurroundings, SurroundingsRequest } from "../app/save-product.ts";
import type { ProductStatus } from "../contract.ts";
import type { StoredProduct } from "../domain/product-record.ts";
import { parseJson, present } from "./rows.ts";

type StoredRow = {
  readonly number: number;
  readonly id: ProductId;
  readonly handle: string;
  readonly status: ProductStatus;
  readonly version: number;
  readonly content_hash: string;
  readonly published_at_ms: number;
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
type OwnerRow = { readonly handle: string; readonly number: number };
type MoveRow = { readonly handle: string; readonly moved_to: string };

const ASKED_PRODUCTS = "json_each(?1) asked CROSS JOIN products p ON p.handle = asked.value";

/** What a save reads first. The parameter of each is a list of handles, which bounds it. */
export const SURROUNDINGS_SQL = {
  products: `SELECT p.number, p.id, p.handle, p.status, p.version, p.content_hash, p.published_at_ms FROM ${ASKED_PRODUCTS}`,
  variants: `SELECT v.product_number, v.position, v.id, v.sku, v.option_values
    FROM ${ASKED_PRODUCTS} CROSS JOIN variants v ON v.product_number = p.number`,
  pictures: `SELECT m.product_number, m.position, m.id, m.url
    FROM ${ASKED_PRODUCTS} CROSS JOIN media m ON m.product_number = p.number`,
  moves: `SELECT h.handle, p.handle AS moved_to FROM json_each(?1) asked
    CROSS JOIN slug_history h ON h.handle = asked.value CROSS JOIN products p ON p.number = h.product_number`,
  owners: `SELECT p.handle, p.number FROM ${ASKED_PRODUCTS}
    UNION ALL SELECT h.handle, h.product_number FROM json_each(?1) asked
    CROSS JOIN slug_history h ON h.handle = asked.value`,
  collections: "SELECT c.handle FROM json_each(?1) asked CROSS JOIN collections c ON c.handle = asked.value",
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
  ]);
  const rows = <T>(index: number): readonly T[] => (answers[index]?.results ?? []) as T[];
  const variants = byProduct(rows<StoredVariantRow>(1));
  const pictures = byProduct(rows<StoredPictureRow>(2));
  const products = new Map(
    rows<StoredRow>(0).map((row) => [
      row.handle,
      readStored(row, variants.get(row.number) ?? [], pictures.get(row.number) ?? []),
    ]),
  );
  const moves = new Map(rows<MoveRow>(3).map((row) => [row.handle, row.moved_to]));
  const owners = Map.groupBy(rows<OwnerRow>(4), (row) => row.handle);
  const known = new Set(rows<{ handle: string }>(5).map((row) => row.handle));
  return requests.map(({ handle, newHandle, collections }) => {
    const existing = products.get(handle);
    return {
      ...present("existing", existing),
      ...present("movedTo", moves.get(handle)),
      isNewHandleTaken: (owners.get(newHandle) ?? []).some(({ number }) => number !== existing?.number),
      knownCollections: collections.filter((collection) => known.has(collection)),
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

const readStored = (
  row: StoredRow,
  variants: readonly StoredVariantRow[],
  pictures: readonly StoredPictureRow[],
): StoredProduct => ({
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
});
