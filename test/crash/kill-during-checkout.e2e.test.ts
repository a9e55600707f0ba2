import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { DEMO_SECRETS } from "../../scripts/lib/demo-secrets.ts";
import { createRandom, readSeed, type Random } from "../support/random.ts";
import { expectOk, until } from "../support/shop-client.ts";
import { figures, gather, judge, levelOf, unsettled, type Evidence, type Witnesses } from "./oracle.ts";
import { createShopProcess, type ShopProcess } from "./shop-process.ts";
import { place, shop, type Attempt } from "./shoppers.ts";

// The whole shop is killed like a machine that loses its power, again and again, while people pay. SEED repeats a run's
// choices (not its timing, which belongs to the machine); KILLS makes it longer.

const SEED = readSeed();
const KILLS = Number(process.env["KILLS"] ?? 20);
const SHOPPERS = 5;
/** One start in so many is killed before it is ready. */
const KILLED_STARTS = 5;
/** Milliseconds of trade between a start and the next kill. */
const TRADE_MS = { from: 100, to: 1_200 } as const;
const BOOT_MS = { from: 500, to: 2_500 } as const;
/**
 * Milliseconds in which everything must have come to rest after the last start. An order asks again after as long as it
 * has waited already, so one that was cut off several times is as late again as the whole test was long.
 */
const SETTLE_MS = 60_000 + KILLS * 1_000;
/** Milliseconds that one kill and restart may take on a busy machine. */
const ROUND_MS = 30_000;

const SCARCE_SKU = "KE-PR-HERON-A4-NONE";
const OTHER_SKUS: readonly [string, ...string[]] = [
  "KE-PR-HERON-A4-OAK",
  "KE-PR-HERON-A4-BLACK",
  "KE-PR-HERON-A3-NONE",
];
const SKUS = [SCARCE_SKU, ...OTHER_SKUS];
const SCARCE_UNITS = 2 * KILLS;
const OTHER_UNITS = 5_000;

describe(`a shop that is killed ${KILLS} times during checkout (SEED=${SEED})`, () => {
  const random = createRandom(SEED);
  const attempts: Attempt[] = [];
  const surprises: string[] = [];
  const initial = new Map<string, number>();
  let folder: string;
  let served: ShopProcess;
  let witnesses: Witnesses;
  let evidence: Evidence;
  let restless: readonly string[];

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
      const restarts = await trade();
      const settleFrom = Date.now();
      restless = await until(
        () => unsettled(witnesses, SKUS),
        (waiting) => waiting.length === 0,
        SETTLE_MS,
      );
      const settleMs = Date.now() - settleFrom;
      evidence = await gather(witnesses, SKUS);
      report({ restarts, tookMs: Date.now() - began, settleMs });
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

  /** Shoppers and the killer at the same time; the shop serves at the end. Gives each restart's milliseconds. */
  async function trade(): Promise<readonly number[]> {
    let isOver = false;
    const shopping = (own: Random) => ({
      origin: served.url,
      random: own,
      scarceSku: SCARCE_SKU,
      otherSkus: OTHER_SKUS,
      attempts,
      surprises,
      isOver: () => isOver,
    });
    const shoppers = Array.from({ length: SHOPPERS }, (_, index) => shop(shopping(random.fork()), index));
    const restarts = await killAgainAndAgain();
    await sleep(TRADE_MS.to);
    isOver = true;
    await Promise.all(shoppers);
    return restarts;
  }

  async function killAgainAndAgain(): Promise<readonly number[]> {
    const restarts: number[] = [];
    for (let kills = 0; kills < KILLS; kills += 1) {
      if (kills % KILLED_STARTS === KILLED_STARTS - 1) {
        await served.startAndKill(random.whole(BOOT_MS.from, BOOT_MS.to));
        restarts.push(await served.start());
        continue;
      }
      await sleep(random.whole(TRADE_MS.from, TRADE_MS.to));
      await served.kill();
      // The next round begins with a killed start.
      if (kills % KILLED_STARTS !== KILLED_STARTS - 2) restarts.push(await served.start());
    }
    if (!served.isServing()) restarts.push(await served.start());
    return restarts;
  }

  type Times = { readonly restarts: readonly number[]; readonly tookMs: number; readonly settleMs: number };

  function report({ restarts, tookMs, settleMs }: Times): void {
    const middle = restarts.toSorted((a, b) => a - b)[Math.floor(restarts.length / 2)] ?? 0;
    console.log(
      `SEED=${SEED} kills=${KILLS} shoppers=${SHOPPERS} ${(tookMs / 1_000).toFixed(0)} s, restart ${middle} ms, at rest after ${settleMs} ms:`,
      JSON.stringify(figures(evidence, attempts)),
    );
  }

  it(`comes to rest by itself within ${SETTLE_MS / 1_000} s`, () => {
    expect(restless, `SEED=${SEED}`).toEqual([]);
  });

  it("keeps every acknowledged order, makes one order per key, and neither stock nor money goes astray", () => {
    expect(judge(evidence, attempts, initial), `SEED=${SEED}`).toEqual([]);
  });

  it("has cut requests off and sold the scarce goods to the last unit, so the test has tested something", async () => {
    const { sold, repeated } = figures(evidence, attempts);
    expect(sold).toBeGreaterThan(KILLS);
    expect(repeated).toBeGreaterThan(0);
    expect((await levelOf(witnesses, SCARCE_SKU)).onHand).toBeLessThan(SCARCE_UNITS);
  });

  it("answers nobody with a defect of its own", () => {
    expect(surprises, `SEED=${SEED}`).toEqual([]);
  });

  it("gives each acknowledged buyer the same reply again", async () => {
    for (const attempt of attempts) {
      if (attempt.outcome?.kind !== "acknowledged") continue;
      const again = await place(served.url, attempt);
      expect([again.status, again.text], `SEED=${SEED}`).toEqual([201, attempt.outcome.text]);
    }
  });
});
