import { DAY_MS, HOUR_MS, SECOND_MS } from "#kernel";
import { createRandom } from "../support/random.ts";
import { chooseCommand } from "./commands/commands.ts";
import { closeTheBooks } from "./commands/manual.ts";
import { adjustUntilAnswered, mintAdjustmentId } from "./commands/stock.ts";
import { issueVouchers } from "./commands/voucher.ts";
import { enterWorld } from "./core/globals.ts";
import { FAIR, ROUGH, STORM, type Climate } from "./core/weather.ts";
import { checkAtRest } from "./oracle/at-rest.ts";
import { watchOf } from "./oracle/each-turn.ts";
import { broken } from "./oracle/failure.ts";
import { addWorld, type Figures } from "./figures.ts";
import { World } from "./world/world.ts";

/** Commands that people give in one world, and the mean wait between two of them. */
const COMMANDS_PER_WORLD = 220;
const MEAN_WAIT_MS = 20 * SECOND_MS;
const FIRST_UNITS = 20;
/** The SKU that rushes are after: mostly few units for each shard, so that shards run dry and get units back. */
export const HOT = { sku: "HOT", fewest: 45, most: 140 } as const;
/** After all faults are over, everything comes to its end within this time: sessions, polls, a message an hour late. */
const REST_WITHIN_MS = 14 * HOUR_MS;
const MOST_EVENTS_TO_REST = 400_000;

/** Whether a world is calm, rough or stormy follows from its seed; most are rough. */
export function climateOf(seed: number): Climate {
  const luck = createRandom(seed ^ 0x5eed).next();
  if (luck < 0.15) return FAIR;
  return luck < 0.7 ? ROUGH : STORM;
}

/** What differs from a world whose seed decides everything. */
type Life = { readonly climate?: Climate; readonly commands?: number };

/** Lives one world from its seed to rest and puts it before the oracle; throws a broken promise. */
export async function liveWorld(seed: number, figures: Figures, life: Life = {}): Promise<void> {
  const count = createRandom(seed).whole(2, 5);
  const skus = [...Array.from({ length: count }, (_, index) => `SKU-${index + 1}`), HOT.sku];
  const world = new World({ seed, climate: life.climate ?? climateOf(seed), skus });
  const leave = enterWorld(world.scheduler);
  try {
    world.watch = watchOf(world);
    people(world, life.commands ?? COMMANDS_PER_WORLD);
    await world.run(() => world.sweepsUntil !== Infinity);
    await comeToRest(world);
    await checkAtRest(world);
  } finally {
    leave();
    addWorld(figures, world);
    world.close();
  }
}

/** Fills the shelves and lets people come, one after another; after the last one the faults end. */
export function people(world: World, commands: number): void {
  const random = world.scheduler.random.fork();
  for (const sku of world.skus)
    world.start(`opening ${sku}`, () =>
      adjustUntilAnswered(world, sku, {
        adjustmentId: mintAdjustmentId(world, random),
        kind: "received",
        quantity: sku === HOT.sku ? random.whole(HOT.fewest, HOT.most) : FIRST_UNITS,
        reason: "opening",
      }),
    );
  issueVouchers(world);
  world.book.bundles.set("PAIR", [
    { sku: "SKU-1", quantity: 1 },
    { sku: "SKU-2", quantity: 2 },
  ]);
  world.book.bundles.set("HAMPER", [
    { sku: HOT.sku, quantity: 1 },
    { sku: "SKU-1", quantity: 1 },
  ]);
  let at = 10 * SECOND_MS;
  for (let number = 1; number <= commands; number += 1) {
    const command = chooseCommand(random);
    const own = random.fork();
    at += -MEAN_WAIT_MS * Math.log(1 - random.next());
    world.start(`${command.name} ${number}`, () => command.run(world, own), at);
  }
  world.start("the end of all faults", async () => world.heal(), at + HOUR_MS / 2);
  world.start("bookkeeper", () => closeTheBooks(world), at + 4 * HOUR_MS);
}

/** Nothing is planned before this: what stands later is tidying, such as finished holds that become a line of a summary. */
const QUIET_MS = DAY_MS;

/** Without faults and without new commands, nothing is left to do after a bounded time. */
export async function comeToRest(world: World): Promise<void> {
  const { scheduler } = world;
  const deadline = scheduler.now + REST_WITHIN_MS;
  const most = scheduler.eventCount + MOST_EVENTS_TO_REST;
  const isQuiet = (): boolean => (scheduler.nextAt() ?? Infinity) > scheduler.now + QUIET_MS;
  await world.run(() => isQuiet() || scheduler.now > deadline || scheduler.eventCount > most);
  if (isQuiet()) return;
  const busy = scheduler.trailOf([""], 10).map(({ about }) => about);
  throw broken(world, `does not come to rest; busy are ${[...new Set(busy)].join(", ")}`, busy.slice(-1));
}
