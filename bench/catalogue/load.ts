import type { CollectionInput } from "#catalog";
import { applyStockFacts } from "../../src/catalog/adapters/stock-projection.ts";
import { MAX_BULK_PRODUCTS, MAX_STOCK_FACTS } from "../../src/catalog/domain/limits.ts";
import { picturesOf, type Catalogue, type GeneratedProduct, type Level } from "./products.ts";

export type LoadTarget = {
  /** Origin of the running shop. */
  readonly shopUrl: string;
  /** Opens the admin API. */
  readonly adminToken: string;
  /**
   * The shop's database. With it, the levels that lists show are written straight into it: the SKUs look stocked without
   * a stock object each. Nothing can be ordered by that; count those that are to be bought.
   */
  readonly db?: D1Database;
  readonly onProgress?: (products: number) => void;
};

export type Loaded = {
  readonly products: number;
  readonly refused: number;
  readonly variants: number;
  readonly seconds: number;
};

/** Bulk requests under way at once: one is read and checked while the other is written. */
const CONCURRENCY = 2;

/** Loads a generated catalogue into a running shop through its admin API. Repeating changes nothing. */
export async function loadCatalogue(catalogue: Catalogue, target: LoadTarget): Promise<Loaded> {
  const startedAt = performance.now();
  for (const { name, svg } of picturesOf(catalogue)) await putPicture(target, name, svg);
  for (const collection of catalogue.collections) await putCollection(target, collection);
  const batches = batched(catalogue.products, MAX_BULK_PRODUCTS);
  const done = { products: 0, refused: 0, variants: 0 };
  const work = async (): Promise<void> => {
    for (let next = batches.next(); next.done !== true; next = batches.next()) {
      done.refused += await saveBatch(target, next.value);
      const levels = next.value.flatMap((product) => product.levels);
      if (target.db) await saveLevels(target.db, levels);
      done.products += next.value.length;
      done.variants += levels.length;
      target.onProgress?.(done.products);
    }
  };
  await Promise.all(Array.from({ length: CONCURRENCY }, work));
  return { ...done, seconds: (performance.now() - startedAt) / 1000 };
}

function* batched<T>(items: Iterable<T>, size: number): Generator<readonly T[], undefined> {
  let batch: T[] = [];
  for (const item of items) {
    batch.push(item);
    if (batch.length < size) continue;
    yield batch;
    batch = [];
  }
  if (batch.length > 0) yield batch;
  return undefined;
}

async function saveBatch(target: LoadTarget, batch: readonly GeneratedProduct[]): Promise<number> {
  const body = batch.map(({ input }) => JSON.stringify(input)).join("\n");
  const answer = await send(target, {
    method: "POST",
    path: "products/bulk",
    body,
    type: "application/x-ndjson",
  });
  const { refused } = (await answer.json()) as { readonly refused: number };
  return refused;
}

const saveLevels = async (db: D1Database, levels: readonly Level[]): Promise<void> => {
  for (let at = 0; at < levels.length; at += MAX_STOCK_FACTS)
    await applyStockFacts(db, levels.slice(at, at + MAX_STOCK_FACTS).map(({ sku, units, policy }) => ({
      sku, onHand: units, held: 0, damaged: 0, safety: 0, incoming: 0, inTransit: 0, available: units, orderable: units,
      arrangement: 1, policy, version: 1, changedAtMs: Date.UTC(2026, 9, 1),
    }))); // prettier-ignore
};

type Call = { readonly method: string; readonly path: string; readonly body: string; readonly type: string };

const putPicture = (target: LoadTarget, name: string, svg: string): Promise<Response> =>
  send(target, { method: "PUT", path: `media/${name}`, body: svg, type: "image/svg+xml" });

const putCollection = (target: LoadTarget, { handle, ...collection }: CollectionInput): Promise<Response> =>
  send(target, {
    method: "PUT",
    path: `collections/${handle}`,
    body: JSON.stringify(collection),
    type: "application/json",
  });

async function send(
  { shopUrl, adminToken }: LoadTarget,
  { method, path, body, type }: Call,
): Promise<Response> {
  const answer = await fetch(`${shopUrl}/admin/api/${path}`, {
    method,
    body,
    headers: { authorization: `Bearer ${adminToken}`, "content-type": type },
  });
  if (!answer.ok)
    throw new Error(
      `${method} ${path} was answered ${answer.status}: ${(await answer.text()).slice(0, 400)}`,
    );
  return answer;
}
