import { describe, expect, it } from "vitest";
import type { Sample } from "./measure.ts";
import { ratioOf, summarise } from "./report.ts";

const run = (requests: number, cpuMs: number): Sample => ({
  requests,
  seconds: 2,
  p50Ms: 1,
  p99Ms: 5,
  cpuMs,
});

describe("the summary of a benchmark", () => {
  it("takes the median of the runs, so that one disturbed run does not count", () => {
    const [floor] = summarise(
      new Map([["floor", [run(1_000, 100), run(10, 100), run(1_200, 100)]]]),
      "floor",
    );
    expect(floor?.requestsPerSecond).toBe(500);
  });

  it("states CPU per request as a multiple of the floor's", () => {
    const summaries = summarise(
      new Map([
        ["floor", [run(1_000, 100)]],
        ["page", [run(500, 100)]],
      ]),
      "floor",
    );
    expect(summaries.map((each) => each.cpuRatio)).toEqual([1, 2]);
  });

  it("shows no ratio where CPU cannot be measured", () => {
    const [floor] = summarise(new Map([["floor", [run(1_000, 0)]]]), "floor");
    expect(floor?.cpuRatio).toBe(0);
  });

  it("compares two cases of one run, and says nothing when one was not measured", () => {
    const summaries = summarise(
      new Map([
        ["write", [run(1_000, 100)]],
        ["hold", [run(500, 100)]],
      ]),
      "write",
    );
    expect(ratioOf(summaries, ["hold", "write"], "cpuMsPerRequest")).toBe(2);
    expect(ratioOf(summaries, ["hold", "write"], "requestsPerSecond")).toBe(0.5);
    expect(ratioOf(summaries, ["hold", "absent"], "cpuMsPerRequest")).toBeUndefined();
  });
});
