import { runBatch } from "#platform";
import {
  MAX_PRODUCTS_PER_ROUND,
  MAX_RESOLVE_TRIES,
  MAX_ROUNDS_PER_RUN,
  MAX_RUN_MS,
  MAX_VARIANTS_PER_ROUND,
} from "../domain/limits.ts";
import { workOut } from "../domain/work-out.ts";
import { readRound } from "./price-round-read.ts";
import type { ResolverOptions } from "./resolver-options.ts";
import { roundStatements } from "./price-round-write.ts";

/** What a run has done; `isDone` when nothing was left to do. */
export type ResolveReport = { readonly products: number; readonly isDone: boolean };

/**
 * Works out the prices of products and writes them, each round as one transaction. Repeating changes nothing. When a
 * list or market is saved in between, the round is done again from what holds then, so that an old answer never
 * overwrites a newer one. `false` when they were saved too often meanwhile: nothing was written, the queue keeps it.
 */
export async function resolveProducts(
  options: ResolverOptions,
  productNumbers: readonly number[],
): Promise<boolean> {
  for (let attempt = 1; attempt <= MAX_RESOLVE_TRIES; attempt += 1) {
    const round = await readRound(options, productNumbers);
    try {
      await runBatch(options.db, roundStatements(options.db, round, workOut(round.facts)));
      return true;
    } catch (error) {
      const isOvertaken = error instanceof Error && error.message.includes("prices_moved");
      if (!isOvertaken) throw error;
    }
  }
  return false;
}

/** The same for the products of variants, which somebody is about to pay for. At most 100 variants. */
export async function resolveVariants(
  options: ResolverOptions,
  variantIds: readonly string[],
): Promise<void> {
  const { results } = await options.db
    .prepare(
      `SELECT DISTINCT v.product_number AS number FROM json_each(?1) wanted
       CROSS JOIN variants v ON v.id = wanted.value LIMIT 100`,
    )
    .bind(JSON.stringify(variantIds))
    .all<{ number: number }>();
  if (results.length > 0)
    await resolveProducts(
      options,
      results.map(({ number }) => number),
    );
}

/** The product of a handle, right after it was saved. Unknown handles change nothing. */
export async function resolveProductOf(options: ResolverOptions, handle: string): Promise<void> {
  const row = await options.db
    .prepare("SELECT number FROM products WHERE handle = ?1")
    .bind(handle)
    .first<{ number: number }>();
  if (row) await resolveProducts(options, [row.number]);
}

/**
 * Works off what is queued, then goes on with a walk over the whole catalogue, if one is under way. Bounded in rounds
 * and time; what is left is found by the next run, also after a crash, because the queue and the walk's place are in the
 * database and move in the transaction that writes the prices.
 */
export async function resolveQueued(
  options: ResolverOptions,
  limits: { readonly maxRounds?: number } = {},
): Promise<ResolveReport> {
  const { maxRounds = MAX_ROUNDS_PER_RUN } = limits;
  const endsAtMs = options.now() + MAX_RUN_MS;
  let products = 0;
  for (let round = 0; round < maxRounds && options.now() < endsAtMs; round += 1) {
    const numbers = (await nextQueued(options.db)) ?? (await nextOfSweep(options.db));
    if (numbers.length === 0) return { products, isDone: true };
    if (!(await resolveProducts(options, numbers))) return { products, isDone: false };
    products += numbers.length;
  }
  return { products, isDone: false };
}

type Counted = { readonly number: number; readonly variant_count: number };

/** As many as fit a round, and at least one. */
function fitting(rows: readonly Counted[]): number[] {
  let variants = 0;
  return rows
    .filter((row, index) => {
      variants += row.variant_count;
      return index === 0 || variants <= MAX_VARIANTS_PER_ROUND;
    })
    .map((row) => row.number);
}

async function nextQueued(db: D1Database): Promise<readonly number[] | undefined> {
  const { results } = await db
    .prepare(
      `SELECT w.product_number AS number, coalesce(p.variant_count, 1) AS variant_count
       FROM price_work w LEFT JOIN products p ON p.number = w.product_number
       ORDER BY w.product_number LIMIT ${MAX_PRODUCTS_PER_ROUND}`,
    )
    .all<Counted>();
  return results.length === 0 ? undefined : fitting(results);
}

async function nextOfSweep(db: D1Database): Promise<readonly number[]> {
  const { results } = await db
    .prepare(
      `SELECT number, variant_count FROM products
       WHERE number > (SELECT sweep_after FROM price_state WHERE id = 1)
       ORDER BY number LIMIT ${MAX_PRODUCTS_PER_ROUND}`,
    )
    .all<Counted>();
  if (results.length > 0) return fitting(results);
  await db
    .prepare(
      `UPDATE price_state SET sweep_after = NULL WHERE id = 1 AND sweep_after IS NOT NULL
       AND NOT EXISTS (SELECT 1 FROM products WHERE number > sweep_after)`,
    )
    .run();
  return [];
}
