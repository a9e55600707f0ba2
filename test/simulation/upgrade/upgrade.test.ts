import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { resolve } from "node:path";
import { gunzipSync, gzipSync } from "node:zlib";
import { describe, expect, test, vi } from "vitest";
import { MINUTE_MS } from "#kernel";
import { readSeed } from "../../support/random.ts";
import { insist } from "../commands/command.ts";
import { enterWorld } from "../core/globals.ts";
import { ROUGH } from "../core/weather.ts";
import { checkAtRest } from "../oracle/at-rest.ts";
import { watchOf } from "../oracle/each-turn.ts";
import { comeToRest, HOT, people } from "../story.ts";
import { World } from "../world/world.ts";
import { keepWorld, listenToQueues } from "./keep-world.ts";
import type { KeptWorld } from "./kept-world.ts";
import { restoreWorld } from "./restore-world.ts";

const SEED = readSeed();
const STATES = resolve(import.meta.dirname, "states");
const FILES = readdirSync(STATES).filter((name) => name.endsWith(".json.gz"));
/** Things that people do to the old orders and to new ones after the deployment. */
const COMMANDS = 60;
const PATIENCE = 12;
vi.setConfig({ testTimeout: 2 * MINUTE_MS });

const read = (name: string): KeptWorld =>
  // Written by `keepWorld` of the release that the name says.
  JSON.parse(gunzipSync(readFileSync(resolve(STATES, name))).toString()) as KeptWorld;

/** Deploys today's code over a kept world, lets `work` happen, and gives the world away afterwards. */
async function deploy(kept: KeptWorld, work: (world: World) => Promise<void>): Promise<void> {
  const stored = { after: kept.lastMigration, rows: kept.d1 };
  const world = new World({ seed: SEED, climate: ROUGH, skus: [...kept.skus, HOT.sku], stored });
  const leave = enterWorld(world.scheduler);
  try {
    restoreWorld(world, kept);
    world.watch = watchOf(world);
    await work(world);
  } finally {
    leave();
    world.close();
  }
}

/** Commit of a release to be: its state is written instead of read. */
const KEPT_BY = process.env["KEEP_STATE"];
const KEPT_AFTER_MS = 18 * MINUTE_MS;

/** Lives a world to the middle of its trade and writes it down. */
async function keepState(commit: string): Promise<void> {
  const world = new World({ seed: SEED, climate: ROUGH, skus: ["SKU-1", "SKU-2", "SKU-3", HOT.sku] });
  const leave = enterWorld(world.scheduler);
  try {
    const heard = listenToQueues(world);
    people(world, 2 * COMMANDS);
    const until = world.scheduler.now + KEPT_AFTER_MS;
    await world.run(() => world.scheduler.now >= until);
    const kept = gzipSync(JSON.stringify(keepWorld(world, commit, heard)), { level: 9 });
    writeFileSync(resolve(STATES, `${commit}-${SEED}.json.gz`), kept);
  } finally {
    leave();
    world.close();
  }
}

if (KEPT_BY !== undefined)
  test("keeps the state of this release for the next ones", () => keepState(KEPT_BY));

describe(`F18: today's release over the state of an earlier one (SEED=${SEED})`, () => {
  test.each(FILES)(
    "%s goes on, with new orders beside the old ones, and every promise holds",
    async (name) => {
      const kept = read(name);
      await deploy(kept, async (world) => {
        // What that release sent and nobody has read yet is read by this one; twice does no harm.
        for (const { queue, body } of kept.messages) {
          const target = Object.values(world.queues).find((each) => each.name === queue);
          world.start(
            `old message to ${queue}`,
            async () =>
              void (await insist(world, PATIENCE, async () => target?.sender.sendBatch([{ body }]))),
          );
        }
        people(world, COMMANDS);
        await world.run(() => world.sweepsUntil !== Infinity);
        await comeToRest(world);
        await checkAtRest(world);
        const old = new Set(kept.book.orders.map(({ orderId }) => orderId));
        expect([...world.book.orders.keys()].filter((orderId) => !old.has(orderId)).length).toBeGreaterThan(
          0,
        );
      });
    },
  );
});
