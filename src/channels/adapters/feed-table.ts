import { epochMs } from "#kernel";
import type { D1Reader } from "#platform";
import type { ExportJob, PublishedFeed, SeenState } from "../contract.ts";
import { MAX_FEEDS } from "../domain/limits.ts";

const COLUMNS = `prefix, generation, digest, product_count, chunk_count, bytes, sequence, price_version, built_at_ms,
  checked_at_ms`;
export const FEED_SQL = `SELECT ${COLUMNS} FROM merchant_feeds WHERE prefix = ?1 LIMIT 1`;
const FEEDS_SQL = `SELECT ${COLUMNS} FROM merchant_feeds ORDER BY prefix LIMIT ${MAX_FEEDS}`;

/** A build with the same content leaves what stands there: caches and readers keep what they have. */
const PUBLISH_SQL = `INSERT INTO merchant_feeds (${COLUMNS}, previous_generation)
  VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?9, 0)
  ON CONFLICT (prefix) DO UPDATE SET
    previous_generation = iif(digest = excluded.digest, previous_generation, generation),
    generation = iif(digest = excluded.digest, generation, excluded.generation),
    built_at_ms = iif(digest = excluded.digest, built_at_ms, excluded.built_at_ms),
    digest = excluded.digest, product_count = excluded.product_count, chunk_count = excluded.chunk_count,
    bytes = excluded.bytes, sequence = excluded.sequence, price_version = excluded.price_version,
    checked_at_ms = excluded.checked_at_ms
  WHERE excluded.generation > merchant_feeds.generation
`;
const KEPT_SQL = "SELECT generation, previous_generation FROM merchant_feeds WHERE prefix = ?1 LIMIT 1";
const SEEN_SQL = `SELECT (SELECT coalesce(max(sequence), 0) FROM catalog_changes) AS sequence,
  coalesce((SELECT version FROM price_state WHERE id = 1), 0) AS price_version`;

type Row = {
  readonly prefix: string;
  readonly generation: number;
  readonly digest: string;
  readonly product_count: number;
  readonly chunk_count: number;
  readonly bytes: number;
  readonly sequence: number;
  readonly price_version: number;
  readonly built_at_ms: number;
  readonly checked_at_ms: number;
};

/** What stands at the address of a feed; `undefined` before its first build. */
export async function findFeed(db: D1Reader, prefix: string): Promise<PublishedFeed | undefined> {
  const row = await db.prepare(FEED_SQL).bind(prefix).first<Row>();
  return row ? readFeed(row) : undefined;
}

export async function listFeeds(db: D1Reader): Promise<readonly PublishedFeed[]> {
  const { results } = await db.prepare(FEEDS_SQL).all<Row>();
  return results.map(readFeed);
}

/** Puts a build at its address; gives the builds whose files must stay. A late one, and a repeat, change nothing. */
export async function publishFeed(db: D1Database, job: ExportJob, nowMs: number): Promise<readonly number[]> {
  const { prefix, generation, digest, products, chunks, bytes, seen } = job;
  const [, kept] = await db.batch<{ readonly generation: number; readonly previous_generation: number }>([
    db
      .prepare(PUBLISH_SQL)
      .bind(prefix, generation, digest, products, chunks, bytes, seen.sequence, seen.priceVersion, nowMs),
    db.prepare(KEPT_SQL).bind(prefix),
  ]);
  return (kept?.results ?? []).flatMap((row) => [row.generation, row.previous_generation]);
}

/** What a feed that begins now would be made from. */
export async function readSeen(db: D1Reader): Promise<SeenState> {
  const row = await db
    .prepare(SEEN_SQL)
    .first<{ readonly sequence: number; readonly price_version: number }>();
  return { sequence: row?.sequence ?? 0, priceVersion: row?.price_version ?? 0 };
}

const readFeed = (row: Row): PublishedFeed => ({
  prefix: row.prefix,
  generation: row.generation,
  digest: row.digest,
  products: row.product_count,
  chunks: row.chunk_count,
  bytes: row.bytes,
  sequence: row.sequence,
  priceVersion: row.price_version,
  builtAtMs: epochMs(row.built_at_ms),
  checkedAtMs: epochMs(row.checked_at_ms),
});
