import { setTimeout as sleep } from "node:timers/promises";
import { beforeAll, describe, expect, it } from "vitest";
import {
  gather,
  judgeBooks,
  listedOrders,
  unsettled,
  type Evidence,
  type Witnesses,
} from "../crash/oracle.ts";
import { inParallel } from "../support/parallel.ts";
import { readCount, recordProof, spreadMs } from "../support/prove-row.ts";
import { createRandom, readSeed, type Random } from "../support/random.ts";
import { until } from "../support/shop-client.ts";
import { useShop } from "../support/shop-harness.ts";
import { stockUp, witnessesOf } from "../support/stock-up.ts";
import { CheckoutPool, openCheckouts } from "./checkout-pool.ts";
import { isNotYet, meaningOf, placeOnce, problemType, watchDriver, type Reply } from "./place.ts";

// Keys that are sent once to five times, in turn or at once, some with another body. KEYS makes it longer; SEED repeats it.

const SEED = readSeed();
const KEYS = readCount("KEYS", 200);
const IN_FLIGHT = readCount("IN_FLIGHT", 20);
/** Shares of the keys: sent at once; with another body too; bought, while the others' bank says no and their checkout goes on. */
const AT_ONCE = 0.3;
const OTHER_BODY = 0.05;
const BOUGHT = 0.1;
const MAX_SENDS = 5;
const UNITS = 20_000;
const SKU = "KE-PR-HERON-A4-OAK";
const RETRY_MS = 100;
const MAX_TRIES = 200;
const SETTLE_MS = 60_000;

type Plan = {
  readonly key: string;
  readonly sends: number;
  readonly isAtOnce: boolean;
  readonly hasOtherBody: boolean;
  readonly isBought: boolean;
};
type Told = Plan & {
  /** Replies to the body that the key was first sent with; the last of each send is final. */
  readonly replies: readonly Reply[];
  readonly otherReplies: readonly Reply[];
};

const planOf = (random: Random, index: number): Plan => ({
  key: `key-${SEED}-${index}`,
  sends: random.whole(1, MAX_SENDS),
  isAtOnce: random.next() < AT_ONCE,
  hasOtherBody: random.next() < OTHER_BODY,
  isBought: random.next() < BOUGHT,
});

describe(`F5: ${KEYS} idempotency keys sent one to ${MAX_SENDS} times (SEED=${SEED})`, () => {
  const harness = useShop({ cronSeconds: 0 });
  const random = createRandom(SEED);
  const plans = [...Array(KEYS).keys()].map((index) => planOf(random, index));
  let witnesses: Witnesses;
  let told: readonly Told[];
  let evidence: Evidence;
  let faults: readonly string[];

  beforeAll(
    async () => {
      const { url } = harness.shop;
      witnesses = witnessesOf(harness.shop);
      await stockUp(witnesses, SKU, UNITS);
      const bought = plans.filter(({ isBought }) => isBought).length;
      const count = bought + IN_FLIGHT;
      const pool = new CheckoutPool(await openCheckouts(url, { sku: SKU, count, name: "keys" }));
      const driver = watchDriver();
      const beganAt = performance.now();
      told = await inParallel(plans, IN_FLIGHT, (plan) => tell(pool, plan));
      const tookMs = performance.now() - beganAt;
      const used = driver();
      const restless = await until(
        () => unsettled(witnesses, [SKU]),
        (waiting) => waiting.length === 0,
        SETTLE_MS,
      );
      // The list alone first: to ask ten thousand orders takes longer than the list lags behind, so that is done once.
      await until(
        () => listedOrders(witnesses),
        (rows) => rows.length >= KEYS,
        SETTLE_MS,
      );
      evidence = await gather(witnesses, [SKU]);
      faults = [...restless, ...judgeTold(), ...judgeBooks(evidence, new Map([[SKU, UNITS]]))];
      const requests = told.flatMap(({ replies, otherReplies }) => [...replies, ...otherReplies]);
      recordProof({
        name: "idempotency-keys",
        what: `Keys sent 1-${MAX_SENDS} times`,
        n: KEYS,
        seed: SEED,
        figures: {
          requests: requests.length,
          orders: evidence.rows.length,
          bought,
          otherBodies: told.filter(({ hasOtherBody }) => hasOtherBody).length,
          waits409: requests.filter(isNotYet).length,
          seconds: Math.round(tookMs / 1_000),
          requestsPerSecond: Math.round((requests.length / tookMs) * 1_000),
          ...spreadMs(
            "answer",
            requests.map(({ tookMs: ms }) => ms),
          ),
          ...used,
        },
        faults,
      });
    },
    300_000 + KEYS * 500,
  );

  /** Sends one key as planned; a checkout that was not bought goes to the next key before this one's last repeat. */
  async function tell(pool: CheckoutPool, plan: Plan): Promise<Told> {
    const ready = await pool.take();
    const total = { currency: "EUR", amountMinor: ready.totalMinor };
    const payment = { kind: "token", token: plan.isBought ? "tok_approve" : "tok_decline" };
    const send = (body: unknown) => seeThrough({ checkoutId: ready.id, key: plan.key, body });
    const usual = () => send({ payment, expectedTotal: total });
    const replies: Reply[] = [];
    // The last of several repeats comes late, when the checkout may be in other hands.
    const early = Math.max(1, plan.sends - 1);
    if (plan.isAtOnce) replies.push(...(await Promise.all(Array.from({ length: early }, usual))).flat());
    else for (let sent = 0; sent < early; sent += 1) replies.push(...(await usual()));
    const otherReplies = plan.hasOtherBody ? await send({ payment }) : [];
    if (!plan.isBought) pool.giveBack(ready);
    if (plan.sends > early) replies.push(...(await usual()));
    return { ...plan, replies, otherReplies };
  }

  /** Sends until the answer is final; gives all answers. */
  async function seeThrough(request: Parameters<typeof placeOnce>[1]): Promise<readonly Reply[]> {
    const replies: Reply[] = [];
    for (let tries = 0; tries < MAX_TRIES; tries += 1) {
      const reply = await placeOnce(witnesses.origin, request);
      if (!isInOtherHands(reply)) replies.push(reply);
      if (!isNotYet(reply) && !isInOtherHands(reply)) break;
      await sleep(RETRY_MS);
    }
    return replies;
  }

  const judgeTold = (): readonly string[] => [
    ...told.flatMap((each) => judgeKey(each).map((fault) => `${each.key}: ${fault}`)),
    ...(evidence.rows.length === KEYS ? [] : [`${evidence.rows.length} orders, ${KEYS} expected`]),
  ];

  it("makes as many orders as there are keys", () => {
    expect(evidence.rows).toHaveLength(KEYS);
    const sold = evidence.rows.filter(({ status }) => status !== "cancelled").length;
    expect(sold).toBe(plans.filter(({ isBought }) => isBought).length);
  });

  it("F6: gives every repeat the same reply, another body 422, and says 409 only while the first one runs", () => {
    expect(faults, `SEED=${SEED}`).toEqual([]);
  });
});

/**
 * The late repeat of the key before holds the shared checkout for a moment; the buyer is told so and asks again. When it
 * never lets go, the key is never answered, which is a fault.
 */
const isInOtherHands = (reply: Reply): boolean => problemType(reply).endsWith("/checkout-closed");

function judgeKey({ isBought, replies, otherReplies }: Told): readonly string[] {
  const faults: string[] = [];
  const finals = replies.filter((reply) => !isNotYet(reply));
  const expected = isBought ? 201 : 402;
  for (const { status, text } of finals)
    if (status !== expected) faults.push(`answered ${status}, ${expected} expected: ${text.slice(0, 200)}`);
  if (new Set(finals.map(meaningOf)).size > 1) faults.push("its replies differ");
  if (finals.length === 0) faults.push("was never answered for good");
  const firstFinalAt = Math.min(...finals.map(({ sentAtMs, tookMs }) => sentAtMs + tookMs));
  for (const reply of replies.filter(isNotYet)) {
    if (reply.status !== 409) faults.push(`answered ${reply.status}: ${reply.text.slice(0, 200)}`);
    else if (reply.sentAtMs > firstFinalAt) faults.push("was told to wait although it had been answered");
  }
  for (const reply of otherReplies)
    if (reply.status !== 422 || !problemType(reply).endsWith("/idempotency-key-reused"))
      faults.push(`another body got ${reply.status}: ${reply.text.slice(0, 200)}`);
  return faults;
}
