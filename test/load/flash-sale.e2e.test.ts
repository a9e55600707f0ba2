import { setTimeout as sleep } from "node:timers/promises";
import { beforeAll, describe, expect, it } from "vitest";
import { gather, judgeBooks, levelOf, unsettled, type Evidence, type Witnesses } from "../crash/oracle.ts";
import { inParallel } from "../support/parallel.ts";
import { readCount, recordProof, spreadMs } from "../support/prove-row.ts";
import { until } from "../support/shop-client.ts";
import { useShop } from "../support/shop-harness.ts";
import { stockUp, witnessesOf } from "../support/stock-up.ts";
import { CheckoutPool, openCheckouts } from "./checkout-pool.ts";
import { isNotYet, placeOnce, problemType, watchDriver, type Reply } from "./place.ts";

// Many buyers, few units, one SKU. UNITS, BUYERS and IN_FLIGHT make it larger.

const UNITS = readCount("UNITS", 50);
const BUYERS = readCount("BUYERS", 1_000);
const IN_FLIGHT = readCount("IN_FLIGHT", 60);
const SKU = "KE-PR-HERON-A4-NONE";
/** Buyers behind one address: a house, an office. Well below the limit of orders per address and minute. */
const BUYERS_PER_ADDRESS = 20;
const RETRY_MS = 250;
const MAX_TRIES = 60;
const SETTLE_MS = 60_000;

type Buyer = { readonly replies: readonly Reply[]; readonly orderId?: string };

describe(`F12: ${UNITS} units and ${BUYERS} buyers, ${IN_FLIGHT} at once`, () => {
  const harness = useShop({ cronSeconds: 0 });
  let witnesses: Witnesses;
  let buyers: readonly Buyer[];
  let evidence: Evidence;
  let restless: readonly string[];

  beforeAll(
    async () => {
      const { url } = harness.shop;
      witnesses = witnessesOf(harness.shop);
      await stockUp(witnesses, SKU, UNITS);
      const openedAt = performance.now();
      const count = UNITS + IN_FLIGHT;
      const pool = new CheckoutPool(await openCheckouts(url, { sku: SKU, count, name: "sale" }));
      const openMs = performance.now() - openedAt;
      const driver = watchDriver();
      const beganAt = performance.now();
      buyers = await inParallel([...Array(BUYERS).keys()], IN_FLIGHT, (index) => buy(pool, index));
      const tookMs = performance.now() - beganAt;
      const used = driver();
      restless = await until(
        () => unsettled(witnesses, [SKU], placedOrders()),
        (waiting) => waiting.length === 0,
        SETTLE_MS,
      );
      evidence = await gather(witnesses, [SKU]);
      recordProof({
        name: "flash-sale",
        what: `Buyers for ${UNITS} units, ${IN_FLIGHT} at once`,
        n: BUYERS,
        figures: {
          sold: placedOrders().length,
          ...counts(),
          checkouts: count,
          openMs: Math.round(openMs),
          seconds: Math.round(tookMs / 1_000),
          buyersPerSecond: Math.round((BUYERS / tookMs) * 1_000),
          ...spreadMs(
            "answer",
            answers().map(({ tookMs: ms }) => ms),
          ),
          ...used,
        },
        faults: [...restless, ...faults()],
      });
    },
    300_000 + BUYERS * 200,
  );

  async function buy(pool: CheckoutPool, index: number): Promise<Buyer> {
    const ready = await pool.take();
    const replies: Reply[] = [];
    const house = Math.floor(index / BUYERS_PER_ADDRESS);
    const request = {
      checkoutId: ready.id,
      key: `sale-${index}`,
      body: {
        payment: { kind: "token", token: "tok_approve" },
        expectedTotal: { currency: "EUR", amountMinor: ready.totalMinor },
      },
      address: `198.${18 + Math.floor(house / 65_536)}.${Math.floor(house / 256) % 256}.${house % 256}`,
    };
    for (let tries = 0; tries < MAX_TRIES; tries += 1) {
      const reply = await placeOnce(witnesses.origin, request);
      replies.push(reply);
      if (!isNotYet(reply)) break;
      await sleep(RETRY_MS);
    }
    const last = replies.at(-1);
    if (last?.status !== 201) {
      pool.giveBack(ready);
      return { replies };
    }
    return { replies, orderId: (JSON.parse(last.text) as { orderId: string }).orderId };
  }

  const answers = (): readonly Reply[] => buyers.flatMap(({ replies }) => replies);
  const placedOrders = (): readonly string[] =>
    buyers.flatMap(({ orderId }) => (orderId === undefined ? [] : [orderId]));

  /** How often each final answer was given. */
  function counts(): Record<string, number> {
    const kinds = buyers.map(({ replies }) => {
      const last = replies.at(-1);
      return last ? `${last.status} ${problemType(last).replace("/problems/", "")}`.trim() : "nothing";
    });
    return Object.fromEntries(
      [...Map.groupBy(kinds, (kind) => kind)].map(([kind, all]) => [kind, all.length]),
    );
  }

  function faults(): readonly string[] {
    const unclean = answers().filter(
      (reply) =>
        reply.status !== 201 && !([409, 429, 503].includes(reply.status) && problemType(reply) !== ""),
    );
    return [
      ...unclean.slice(0, 20).map(({ status, text }) => `a buyer got ${status}: ${text.slice(0, 200)}`),
      ...(placedOrders().length === UNITS ? [] : [`${placedOrders().length} sold, ${UNITS} expected`]),
      ...judgeBooks(evidence, new Map([[SKU, UNITS]])),
    ];
  }

  it("sells every unit once and no unit twice", async () => {
    expect(placedOrders()).toHaveLength(UNITS);
    expect(new Set(placedOrders()).size).toBe(UNITS);
    expect(await levelOf(witnesses, SKU)).toMatchObject({ onHand: 0, held: 0, available: 0 });
  });

  it("gives everybody else a clean refusal, and lets nobody hang", () => {
    expect(faults()).toEqual([]);
  });

  it("leaves nothing held, charged or under way", () => {
    expect(restless).toEqual([]);
  });
});
