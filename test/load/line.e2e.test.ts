import { setTimeout as sleep } from "node:timers/promises";
import { beforeAll, describe, expect, it } from "vitest";
import type { Witnesses } from "../crash/oracle.ts";
import { levelOf } from "../crash/oracle.ts";
import { inParallel } from "../support/parallel.ts";
import { useShop } from "../support/shop-harness.ts";
import { until } from "../support/shop-client.ts";
import { stockUp, witnessesOf } from "../support/stock-up.ts";
import { openCheckouts, type Ready } from "./checkout-pool.ts";
import { placeOnce, problemType, type Reply } from "./place.ts";

// A SKU that more ask for than is served at once. The limit is set so low that a test machine passes it.

const SKU = "KE-PR-HERON-A4-NONE";
const UNITS = 24;
const BUYERS = 30;
const MAX_TRIES = 30;
/** A busy machine takes its time to tell of the line; it is open for a minute. */
const LINE_KNOWN_WITHIN_MS = 20_000;
const isInLine = (reply: Reply): boolean => problemType(reply) === "/problems/checkout/line-open";

describe("a rush for one SKU", () => {
  const harness = useShop({ cronSeconds: 0, vars: { storefront: { LINE_HOLDS_PER_SECOND: "1" } } });
  let witnesses: Witnesses;
  let checkouts: readonly Ready[];
  let asked: readonly Reply[];

  const place = (ready: Ready): Promise<Reply> =>
    placeOnce(witnesses.origin, {
      checkoutId: ready.id,
      key: `rush-${ready.id.slice(-12)}`,
      body: { payment: { kind: "token", token: "tok_approve" } },
      address: `198.51.100.${checkouts.indexOf(ready) % 250}`,
    });

  /** Where the price check reads it. */
  async function isLineKnown(): Promise<boolean> {
    const db = await harness.shop.shop.getD1Database("DB", "kerbside-storefront");
    const row = await db
      .prepare("SELECT line_open_until_ms AS openUntilMs FROM stock_rushes WHERE sku = ?")
      .bind(SKU)
      .first<{ openUntilMs: number }>();
    return row !== null && row.openUntilMs > Date.now();
  }

  beforeAll(async () => {
    witnesses = witnessesOf(harness.shop);
    await stockUp(witnesses, SKU, UNITS);
    checkouts = await openCheckouts(witnesses.origin, { sku: SKU, count: BUYERS, name: "rush" });
    // The first buyers make the rush; the line is known once the level has told of it.
    await inParallel(checkouts.slice(0, 8), 8, place);
    await until(isLineKnown, (isKnown) => isKnown, LINE_KNOWN_WITHIN_MS);
    asked = await inParallel(checkouts.slice(8), BUYERS, place);
  });

  it("tells people how many wait in front of them, and when to ask again", () => {
    const waiting = asked.filter(isInLine);
    expect(waiting.length).toBeGreaterThan(0);
    for (const { status, text } of waiting) {
      expect(status).toBe(429);
      const problem = JSON.parse(text) as { ahead: number; sku: string };
      expect(problem.sku).toBe(SKU);
      expect(Number.isInteger(problem.ahead) && problem.ahead >= 0).toBe(true);
    }
  });

  it("shows the place on a page that works without script", async () => {
    const ready = checkouts.at(-1);
    const response = await fetch(`${witnesses.origin}/checkout/${ready?.id ?? ""}/line`, {
      redirect: "manual",
    });
    if (response.status === 303) return;
    expect(response.status).toBe(200);
    expect(response.headers.get("refresh")).toMatch(/^\d+$/);
    expect(await response.text()).toContain("You are in line");
  });

  it("serves everybody by turn: each unit is sold once, and the rest hear that it is gone", async () => {
    const last = await inParallel(checkouts, BUYERS, async (ready) => {
      for (let tries = 0; tries < MAX_TRIES; tries += 1) {
        const reply = await place(ready);
        const isOver = reply.status === 201 || problemType(reply).endsWith("/out-of-stock");
        if (isOver) return reply;
        await sleep(1_000);
        // Once all units are gone nobody is let in any more; whoever waits is told so by the shop's pages.
        if (isInLine(reply) && (await levelOf(witnesses, SKU)).available === 0) return reply;
      }
      throw new Error("a buyer was never served");
    });
    expect(last.filter(({ status }) => status === 201)).toHaveLength(UNITS);
    expect(await levelOf(witnesses, SKU)).toMatchObject({ onHand: 0, held: 0, available: 0 });
  });
});
