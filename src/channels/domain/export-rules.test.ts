import { describe, expect, it } from "vitest";
import { epochMs } from "#kernel";
import { deliveryCosts } from "./delivery-costs.ts";
import { chunkStored, moveExport, percentOf, queueExport } from "./export-job.ts";
import { isFeedDue } from "./feed-due.ts";
import { gtinOf } from "./gtin.ts";
import { FEED_MAX_AGE_MS, FEED_PAUSE_MS } from "./limits.ts";

describe("a bar code", () => {
  it.each([
    ["4006381333931", "4006381333931"],
    ["4006381 33393-1", "4006381333931"],
    ["036000291452", "036000291452"],
    ["96385074", "96385074"],
    ["4006381333932", ""],
    ["123", ""],
    ["HOUSE-17", ""],
    ["", ""],
    [undefined, ""],
  ])("%s is the GTIN %s", (barcode, gtin) => {
    expect(gtinOf(barcode)).toBe(gtin);
  });
});

describe("a feed is made", () => {
  const seen = { sequence: 5, priceVersion: 2 };
  const feed = { ...seen, checkedAtMs: 1_000 };
  it.each([
    ["when there is none", undefined, seen, 1_000, true],
    ["not while nothing has changed", feed, seen, 1_000 + FEED_PAUSE_MS, false],
    ["when a product has changed", feed, { ...seen, sequence: 6 }, 1_000 + FEED_PAUSE_MS, true],
    ["when prices have changed", feed, { ...seen, priceVersion: 3 }, 1_000 + FEED_PAUSE_MS, true],
    ["not in haste", feed, { ...seen, sequence: 6 }, 999 + FEED_PAUSE_MS, false],
    ["when it is old", feed, seen, 1_000 + FEED_MAX_AGE_MS, true],
  ])("%s", (_when, known, now, atMs, isDue) => {
    expect(isFeedDue(known, now, atMs)).toBe(isDue);
  });
});

describe("delivery", () => {
  const way = (countries: readonly string[], priceMinor: number, freeFromMinor?: number) => ({
    methodId: "m",
    name: "Post",
    carrier: "Post",
    countries,
    currency: "EUR",
    priceMinor,
    ...(freeFromMinor === undefined ? {} : { freeFromMinor }),
    minDays: 1,
    maxDays: 2,
    cutoffHour: 12,
    position: 1,
    postcodeZones: [],
    isActive: true,
  });

  it("costs what the merchant's first way to a country costs, and nothing where goods are worth enough", () => {
    const methods = [way(["DE"], 490, 5_000), way(["DE", "AT"], 990)];
    expect(deliveryCosts(methods, ["DE", "AT", "US"], 4_999)).toEqual([
      { country: "DE", priceMinor: 490 },
      { country: "AT", priceMinor: 990 },
    ]);
    expect(deliveryCosts(methods, ["DE"], 5_000)).toEqual([{ country: "DE", priceMinor: 0 }]);
  });
});

describe("an export", () => {
  const at = epochMs(1);
  const job = queueExport(
    {
      jobId: "exp_1",
      format: "jsonl",
      prefix: "",
      isFeed: false,
      origin: "https://shop.example",
      seen: { sequence: 0, priceVersion: 0 },
      actor: "staff",
    },
    { at, generation: 1 },
  );

  it("is never at a hundred per cent before its end, and keeps its file for a week", () => {
    const running = { ...moveExport(job, { state: "running", at }), lastNumber: 10 };
    const last = chunkStored(running, { after: 10, products: 10, bytes: 5, digest: "d" });
    expect([percentOf(job), percentOf(last)]).toEqual([0, 99]);
    const finished = moveExport(last, { state: "finished", at });
    expect([percentOf(finished), finished.expiresAtMs]).toEqual([100, 1 + 7 * 86_400_000]);
    expect(moveExport({ ...last, isFeed: true }, { state: "finished", at }).expiresAtMs).toBeUndefined();
  });

  it("never moves on after its end", () => {
    const cancelled = moveExport(job, { state: "cancelled", at });
    expect(() => moveExport(cancelled, { state: "queued", at })).toThrow();
  });
});
