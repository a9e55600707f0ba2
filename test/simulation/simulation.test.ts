import { expect, test } from "vitest";
import { readSeed } from "../support/random.ts";
import { figuresLine, noFigures } from "./figures.ts";
import { KNOWN_SEEDS } from "./seeds.ts";
import { liveWorld } from "./story.ts";

/** Events of one run; EVENTS in the environment makes it longer. */
const EVENTS = Number(process.env["EVENTS"] ?? 1_000_000);
const WORLDS = Number(process.env["WORLDS"] ?? Infinity);
const MINUTE = 60_000;

/** The first world of a run has the run's own seed, so that SEED={seed of a world} WORLDS=1 repeats it. */
const seedOf = (run: number, index: number): number => (run + index * 0x9e3779b1) >>> 0;

test(
  "the shop keeps its promises through a million faults, delays and crashes",
  async () => {
    const seed = readSeed();
    const figures = noFigures();
    const startedAt = process.cpuUsage();
    try {
      for (let index = 0; figures.events < EVENTS && index < WORLDS; index += 1)
        await liveWorld(seedOf(seed, index), figures);
    } finally {
      console.log(figuresLine(figures, seed, process.cpuUsage(startedAt).user / 1_000_000));
    }
    expect(figures.sold).toBeGreaterThan(0);
  },
  60 * MINUTE,
);

test.each(KNOWN_SEEDS)("seed $seed, which once broke the shop, no longer does: $why", async ({ seed }) => {
  await liveWorld(seed, noFigures());
});
