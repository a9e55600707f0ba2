import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { DEMO_SECRETS } from "../../scripts/lib/demo-secrets.ts";
import { inParallel } from "../support/parallel.ts";
import { percentile, readCount, recordProof, spreadMs } from "../support/prove-row.ts";
import { createRandom, readSeed, type Random } from "../support/random.ts";
import { expectOk } from "../support/shop-client.ts";
import { killAgainAndAgain, TRADE_MS, type Killed } from "./killer.ts";
import { figures, gather, judge, levelOf, unsettled, type Evidence, type Witnesses } from "./oracle.ts";
import { createShopProcess, type ShopProcess } from "./shop-process.ts";
import { place, shop, type Attempt } from "./shoppers.ts";

// The whole shop is killed like a machine that loses its power, again and again, while people pay. SEED repeats a run's
// choices (not its timing, which belongs to the machine); KILLS and SHOPPERS make it longer and wider.

const SEED = readSeed();
const KILLS = readCount("KILLS", 8);
const SHOPPERS = readCount("SHOPPERS", 6);
/** Milliseconds from a restart in which everything has to be final again (P6). */
const REST_LIMIT_MS = 30_000;
/** Milliseconds that are waited for it all the same, so that a late rest is told from none. */
const PATIENCE_MS = 150_000;
/** Milliseconds that one kill, its restart and a part of a pause may take on a busy machine. */
const ROUND_MS = 30_000;
/** Replies asked for again at once. */
const AGAIN_WIDTH = 8;

const SCARCE_SKU = "KE-PR-HERON-A4-NONE";
const OTHER_SKUS: readonly [string, ...string[]] = [
  "KE-PR-HERON-A4-OAK",
  "KE-PR-HERON-A4-BLACK",
  "KE-PR-HERON-A3-NONE",
];
const SKUS = [SCARCE_SKU, ...OTHER_SKUS];
const SCARCE_UNITS = 2 * KILLS;
const OTHER_UNITS = 20_000;

describe(`F1: a shop that is killed ${KILLS} times while ${SHOPPERS} people buy (SEED=${SEED})`, () => {
  const random = createRandom(SEED);
  const attempts: Attempt[] = [];
  const surprises: string[] = [];
  const initial = new Map<string, number>();
  let folder: string;
  let served: ShopProcess;
  let witnesses: Witnesses;
  let evidence: Evidence;
  let killed: Killed;

  beforeAll(
    async () => {
      folder = await mkdtemp(join(tmpdir(), "kerbside-crash-"));
      served = await createShopProcess(folder);
      witnesses = {
        origin: served.url,
        paymentOrigin: served.paymentUrl,
        adminToken: DEMO_SECRETS.ADMIN_API_TOKEN,
        paymentKey: DEMO_SECRETS.PAYMENT_SANDBOX_KEY,
      };
      await served.start();
      for (const sku of SKUS) {
        initial.set(sku, sku === SCARCE_SKU ? SCARCE_UNITS : OTHER_UNITS);
        await stockUp(sku, initial.get(sku) ?? 0);
      }
      const began = Date.now();
      killed = await trade();
      evidence = await gather(witnesses, SKUS);
      report(Date.now() - began);
    },
    240_000 + KILLS * ROUND_MS,
  );

  afterAll(async () => {
    await served?.kill();
    if (process.env["KEEP_STATE"] === undefined) await rm(folder, { recursive: true, force: true });
    else console.log(`State and log are kept in ${folder}`);
  });

  const stockUp = (sku: string, units: number) =>
    expectOk(served.url, {
      method: "POST",
      path: `/admin/api/stock/${sku}/adjustments`,
      json: { kind: "counted", quantity: units, reason: "before the test" },
      headers: { authorization: `Bearer ${witnesses.adminToken}` },
    });

  /** Shoppers and the killer at the same time; the shop serves at the end and nobody buys any more. */
  async function trade(): Promise<Killed> {
    let isOver = false;
    let isPaused = false;
    const shopping = (own: Random) => ({
      origin: served.url,
      random: own,
      scarceSku: SCARCE_SKU,
      otherSkus: OTHER_SKUS,
      attempts,
      surprises,
      isOver: () => isOver,
      isPaused: () => isPaused,
    });
    const shoppers = Array.from({ length: SHOPPERS }, (_, index) => shop(shopping(random.fork()), index));
    const seen = await killAgainAndAgain({
      served,
      random,
      kills: KILLS,
      attempts,
      pause: (wanted) => (isPaused = wanted),
      comeToRest,
    });
    await sleep(TRADE_MS.to);
    isOver = true;
    await Promise.all(shoppers);
    return { ...seen, restless: [...seen.restless, ...(await comeToRest())] };
  }

  async function comeToRest(): Promise<readonly string[]> {
    const deadline = Date.now() + PATIENCE_MS;
    for (;;) {
      const waiting = attempts.filter((attempt) => !attempt.outcome).map(({ key }) => `${key} waits`);
      const placed = attempts.flatMap(({ outcome }) =>
        outcome?.kind === "acknowledged" ? [outcome.placed.orderId] : [],
      );
      const restless = waiting.length > 0 ? waiting : await unsettled(witnesses, SKUS, placed);
      if (restless.length === 0 || Date.now() > deadline) return restless;
      await sleep(100);
    }
  }

  function report(tookMs: number): void {
    recordProof({
      name: "crash",
      what: `SIGKILLs under ${SHOPPERS} shoppers`,
      n: KILLS,
      seed: SEED,
      figures: {
        ...figures(evidence, attempts),
        seconds: Math.round(tookMs / 1_000),
        restartP50Ms: percentile(killed.restartMs, 0.5),
        rests: killed.restMs.length,
        ...spreadMs("rest", killed.restMs),
        cutOff: killed.answeredMs.length,
        ...spreadMs("answered", killed.answeredMs),
        ...spreadMs("answeredSinceKill", killed.waitedMs),
      },
      faults: [...killed.restless, ...judge(evidence, attempts, initial), ...surprises, ...lateness()],
    });
  }

  const lateness = (): readonly string[] =>
    [...killed.restMs, ...killed.answeredMs]
      .filter((ms) => ms > REST_LIMIT_MS)
      .map((ms) => `took ${ms} ms after a restart, ${REST_LIMIT_MS} are allowed`);

  it(`comes to rest within ${REST_LIMIT_MS / 1_000} s of each restart, and answers everybody whom a kill cut off`, () => {
    expect([...killed.restless, ...lateness()], `SEED=${SEED}`).toEqual([]);
  });

  it("keeps every acknowledged order, makes one order per key, and neither stock nor money goes astray", () => {
    expect(judge(evidence, attempts, initial), `SEED=${SEED}`).toEqual([]);
  });

  it("has cut requests off and sold scarce goods, so the test has tested something", async () => {
    const { sold, repeated } = figures(evidence, attempts);
    expect(sold).toBeGreaterThan(KILLS);
    expect(repeated).toBeGreaterThan(0);
    expect((await levelOf(witnesses, SCARCE_SKU)).onHand).toBeLessThan(SCARCE_UNITS);
  });

  it("answers nobody with a defect of its own", () => {
    expect(surprises, `SEED=${SEED}`).toEqual([]);
  });

  it(
    "gives each acknowledged buyer the same reply again",
    async () => {
      await inParallel(attempts, AGAIN_WIDTH, async (attempt) => {
        if (attempt.outcome?.kind !== "acknowledged") return;
        const again = await place(served.url, attempt);
        expect([again.status, again.text], `SEED=${SEED}`).toEqual([201, attempt.outcome.text]);
      });
    },
    60_000 + KILLS * ROUND_MS,
  );
});
