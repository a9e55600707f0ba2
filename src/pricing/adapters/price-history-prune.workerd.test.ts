import { env } from "cloudflare:workers";
import * as fc from "fast-check";
import { beforeEach, describe, expect, it } from "vitest";
import { lowestBefore, type PricePoint } from "../domain/price-history.ts";
import { prunePriceHistory, PRUNE_SQL } from "./price-history-prune.ts";

const DAY_MS = 86_400_000;
const NOW_MS = 400 * DAY_MS;
const seed = Number(process.env["SEED"] ?? 20261130);

const write = (points: readonly PricePoint[], reducedSinceMs?: number) =>
  env.DB.batch([
    env.DB.prepare("DELETE FROM price_history WHERE true"),
    env.DB.prepare("DELETE FROM resolved_prices WHERE true"),
    env.DB.prepare("DELETE FROM settings WHERE key = 'price-history-pruning'"),
    ...points.map(({ fromMs, amountMinor }) =>
      env.DB.prepare("INSERT OR REPLACE INTO price_history VALUES ('var_1', 'home', '', ?1, ?2)").bind(
        fromMs,
        amountMinor,
      ),
    ),
    ...(reducedSinceMs === undefined
      ? []
      : [
          env.DB.prepare(
            `INSERT INTO resolved_prices (variant_id, market_id, customer_group, min_quantity, amount_minor, base_minor,
               reduced_since_ms, product_number) VALUES ('var_1', 'home', '', 1, 1, 1, ?1, 1)`,
          ).bind(reducedSinceMs),
        ]),
  ]);
const stored = async (): Promise<readonly PricePoint[]> =>
  (
    await env.DB.prepare(
      "SELECT from_ms AS fromMs, amount_minor AS amountMinor FROM price_history ORDER BY from_ms",
    ).all<PricePoint>()
  ).results;

beforeEach(() => write([]));

describe("the history of prices", () => {
  it("never loses a point that a lowest price of 30 days needs, today or in a reduction that goes on", async () => {
    const day = fc.integer({ min: 0, max: 400 });
    const point = fc.record({ day, amountMinor: fc.integer({ min: 1, max: 99 }) });
    await fc.assert(
      fc.asyncProperty(
        fc.uniqueArray(point, { maxLength: 12, selector: (one) => one.day }),
        fc.option(day, { nil: undefined }),
        async (rows, reducedDay) => {
          const points = rows.map((row) => ({ fromMs: row.day * DAY_MS, amountMinor: row.amountMinor }));
          const since = reducedDay === undefined ? undefined : reducedDay * DAY_MS;
          await write(points, since);
          await prunePriceHistory(env.DB, NOW_MS);
          const left = await stored();
          for (const begin of [NOW_MS, NOW_MS + 9 * DAY_MS, ...(since === undefined ? [] : [since])])
            expect(lowestBefore(left, begin)).toBe(lowestBefore(points, begin));
        },
      ),
      { seed, numRuns: 60 },
    );
  });

  it("stays bounded: of a price that changed every day for a year, a month is left", async () => {
    await write(Array.from({ length: 400 }, (_, day) => ({ fromMs: day * DAY_MS, amountMinor: day + 1 })));
    expect(await prunePriceHistory(env.DB, NOW_MS)).toBe(370);
    expect((await stored()).length).toBe(30);
  });

  it("is walked once a day: until then a run changes nothing and reads one row", async () => {
    await write(Array.from({ length: 400 }, (_, day) => ({ fromMs: day * DAY_MS, amountMinor: day + 1 })));
    await prunePriceHistory(env.DB, NOW_MS);
    let statements = 0;
    const counted: Pick<D1Database, "prepare" | "batch"> = {
      prepare: (sql) => ((statements += 1), env.DB.prepare(sql)),
      batch: (all) => env.DB.batch(all),
    };
    const later = NOW_MS + DAY_MS;
    expect(await prunePriceHistory(counted as D1Database, later - 1)).toBe(0);
    expect([statements, (await stored()).length]).toEqual([1, 30]);
    expect(await prunePriceHistory(env.DB, later)).toBe(1);
  });

  it.each(Object.entries(PRUNE_SQL))("is walked by its key (%s)", async (_, sql) => {
    const count = Math.max(0, ...[...sql.matchAll(/\?(\d)/g)].map(([, digit]) => Number(digit)));
    const { results } = await env.DB.prepare(`EXPLAIN QUERY PLAN ${sql}`)
      .bind(...["a", "b", 1].slice(0, count))
      .all<{ detail: string }>();
    expect(results.filter(({ detail }) => /^SCAN (?!CONSTANT|\(subquery)/.test(detail))).toEqual([]);
  });
});
