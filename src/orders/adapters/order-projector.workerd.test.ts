import { env } from "cloudflare:workers";
import { describe, expect, test } from "vitest";
import type { OrderView } from "#orders";
import { orderIdOf, orderView } from "../../../test/support/order-fixture.ts";
import { ORDERS_PER_BATCH, projectOrders } from "./order-projector.ts";

/** An order with this many lines, each with a long title. */
function withLines(number: number, lines: number, version = 9): OrderView {
  const base = orderView({ orderId: orderIdOf(number), version });
  const [first] = base.draft.lines;
  if (!first) throw new Error("the order of the tests has a line");
  const many = Array.from({ length: lines }, (_, n) => ({
    ...first,
    lineId: `lin_${n}`,
    shopTitle: `“${n}” ${"Größe ".repeat(700)}`,
  }));
  return { ...base, draft: { ...base.draft, lines: many } };
}

const rows = async (sql: string, ...values: readonly unknown[]): Promise<Record<string, unknown>[]> =>
  (
    await env.DB.prepare(sql)
      .bind(...values)
      .all<Record<string, unknown>>()
  ).results;

/** D1 refuses a longer text, in bytes (platform limits page); the local one takes any. */
const MAX_PARAMETER_BYTES = 2_000_000;

/** The shop's database, and how many bytes the longest parameter that it was given has. */
function watchedDatabase(): { readonly db: D1Database; readonly longest: () => number } {
  let longest = 0;
  const prepare = (sql: string) => ({
    bind(...values: readonly string[]): D1PreparedStatement {
      longest = Math.max(longest, ...values.map((value) => new TextEncoder().encode(value).length));
      return env.DB.prepare(sql).bind(...values);
    },
  });
  const batch = (statements: D1PreparedStatement[]) => env.DB.batch(statements);
  // All that the projector asks of a database.
  return { db: { prepare, batch } as unknown as D1Database, longest: () => longest };
}

describe("copies of orders", () => {
  test("are written together, also when they are more than one parameter takes", async () => {
    const views = Array.from({ length: ORDERS_PER_BATCH }, (_, n) => withLines(100 + n, 30));
    expect(JSON.stringify(views).length).toBeGreaterThan(3_000_000);
    const { db, longest } = watchedDatabase();
    await projectOrders(db, views);
    expect(longest()).toBeLessThanOrEqual(MAX_PARAMETER_BYTES);
    for (const view of [views[0], views.at(-1)]) {
      const [copy] = await rows(
        "SELECT view, has_open_edit, version FROM orders WHERE id = ?",
        view?.orderId,
      );
      expect(copy).toEqual({ view: JSON.stringify(view), has_open_edit: 0, version: 9 });
      const lines = await rows(
        "SELECT * FROM order_lines WHERE order_id = ? ORDER BY length(line_id), line_id",
        view?.orderId,
      );
      expect(lines).toHaveLength(30);
      expect(lines[3]).toMatchObject({ line_id: "lin_3", title: view?.draft.lines[3]?.shopTitle });
      const events = await rows("SELECT type FROM order_events WHERE order_id = ?", view?.orderId);
      expect(events).toHaveLength(view?.timeline.length ?? -1);
    }
  });

  test("each follow their own version: a late one changes nothing beside a newer one", async () => {
    await projectOrders(env.DB, [withLines(200, 3, 12), withLines(201, 3, 4)]);
    await projectOrders(env.DB, [withLines(200, 1, 11), withLines(201, 2, 5)]);
    const counted = await rows(
      `SELECT orders.version, count(*) AS lines FROM orders JOIN order_lines ON order_id = orders.id
       WHERE orders.id IN (?, ?) GROUP BY orders.id ORDER BY orders.id`,
      orderIdOf(200),
      orderIdOf(201),
    );
    expect(counted).toEqual([
      { version: 12, lines: 3 },
      { version: 5, lines: 2 },
    ]);
  });

  test("are written all or not at all", async () => {
    const broken = withLines(301, 1);
    const views = [withLines(300, 1), { ...broken, draft: { ...broken.draft, totalMinor: -1 } }];
    await expect(projectOrders(env.DB, views)).rejects.toThrow(/CHECK/);
    expect(await rows("SELECT id FROM orders WHERE id = ?", orderIdOf(300))).toEqual([]);
  });
});
