import { setTimeout as sleep } from "node:timers/promises";
import { beforeAll, describe, expect, it } from "vitest";
import { gather, judgeBooks, unsettled, type Evidence, type Witnesses } from "../crash/oracle.ts";
import { inParallel } from "../support/parallel.ts";
import { readCount, recordProof } from "../support/prove-row.ts";
import { createRandom, readSeed } from "../support/random.ts";
import { until, type Placed } from "../support/shop-client.ts";
import { useShop } from "../support/shop-harness.ts";
import { stockUp, witnessesOf } from "../support/stock-up.ts";
import { openCheckouts, type Ready } from "./checkout-pool.ts";
import { isNotYet, meaningOf, placeOnce, type Reply } from "./place.ts";

// Buyers whose connection breaks at a random moment of placing. CUTS makes it longer; SEED repeats the moments.

const SEED = readSeed();
const CUTS = readCount("CUTS", 60);
const IN_FLIGHT = readCount("IN_FLIGHT", 10);
/** Milliseconds after sending at which a connection breaks; a whole placement on an idle machine is inside. */
const CUT_MS = { from: 0, to: 250 } as const;
/** Of the buyers who were cut off, so many ask again; the others never come back until everything is over. */
const COME_BACK = 0.5;
const UNITS = 20_000;
const SKU = "KE-PR-HERON-A4-BLACK";
const RETRY_MS = 100;
const MAX_TRIES = 300;
const SETTLE_MS = 60_000;

describe(`F22: ${CUTS} buyers whose sockets are cut at random moments (SEED=${SEED})`, () => {
  const harness = useShop({ cronSeconds: 0 });
  const random = createRandom(SEED);
  let witnesses: Witnesses;
  let cut = 0;
  let restless: readonly string[];
  let evidence: Evidence;
  let ready: readonly Ready[];
  const finals: Reply[] = [];

  beforeAll(
    async () => {
      const { url } = harness.shop;
      witnesses = witnessesOf(harness.shop);
      await stockUp(witnesses, SKU, UNITS);
      ready = await openCheckouts(url, { sku: SKU, count: CUTS, name: "cut" });
      const moments = ready.map(() => ({
        afterMs: random.whole(CUT_MS.from, CUT_MS.to),
        isBack: random.next() < COME_BACK,
      }));
      await inParallel(ready, IN_FLIGHT, async (each, index) => {
        const { afterMs, isBack } = moments[index] ?? { afterMs: 0, isBack: true };
        const first = await placeOnce(url, { ...requestOf(each), signal: AbortSignal.timeout(afterMs) });
        if (first.status === 0) cut += 1;
        if (isBack) await seeThrough(each);
      });
      restless = await until(
        () => unsettled(witnesses, [SKU]),
        (waiting) => waiting.length === 0,
        SETTLE_MS,
      );
      // Everybody asks once more, those who had gone for good too: the reply of a cut order is there.
      finals.push(...(await inParallel(ready, IN_FLIGHT, seeThrough)));
      restless = [
        ...restless,
        ...(await until(
          () => unsettled(witnesses, [SKU], finals.map(orderIdOf)),
          (waiting) => waiting.length === 0,
          SETTLE_MS,
        )),
      ];
      evidence = await gather(witnesses, [SKU]);
      recordProof({
        name: "cut-sockets",
        what: "Buyers whose sockets are cut",
        n: CUTS,
        seed: SEED,
        figures: { cut, orders: evidence.rows.length },
        faults: [...restless, ...judge()],
      });
    },
    240_000 + CUTS * 1_000,
  );

  const requestOf = ({ id, totalMinor }: Ready) => ({
    checkoutId: id,
    key: `cut-${id}`,
    body: {
      payment: { kind: "token", token: "tok_approve" },
      expectedTotal: { currency: "EUR", amountMinor: totalMinor },
    },
  });

  async function seeThrough(each: Ready): Promise<Reply> {
    for (let tries = 1; ; tries += 1) {
      const reply = await placeOnce(witnesses.origin, requestOf(each));
      if (!isNotYet(reply) || tries === MAX_TRIES) return reply;
      await sleep(RETRY_MS);
    }
  }

  const orderIdOf = ({ text }: Reply): string => (JSON.parse(text) as Partial<Placed>).orderId ?? "";

  const judge = (): readonly string[] => [
    ...finals.filter(({ status }) => status !== 201).map((reply) => `a buyer got ${meaningOf(reply)}`),
    ...(evidence.rows.length === CUTS ? [] : [`${evidence.rows.length} orders, ${CUTS} expected`]),
    ...judgeBooks(evidence, new Map([[SKU, UNITS]])),
  ];

  it("makes one order of each, paid once, and a repeat shows it", () => {
    expect(judge(), `SEED=${SEED}`).toEqual([]);
  });

  it("leaves nothing under way when nobody asks again", () => {
    expect(restless, `SEED=${SEED}`).toEqual([]);
  });

  it("has cut connections, so the test has tested something", () => {
    expect(cut).toBeGreaterThan(CUTS / 10);
  });
});
