import { HOUR_MS } from "#kernel";
import type { PlaceOrder } from "#orders";
import { createRandom } from "../support/random.ts";
import { noteOf, placeUntilAnswered } from "./commands/place.ts";
import { adjustUntilAnswered, mintAdjustmentId } from "./commands/stock.ts";
import { enterWorld } from "./core/globals.ts";
import { FAIR } from "./core/weather.ts";
import { viewIn } from "./oracle/ask.ts";
import { checkAtRest } from "./oracle/at-rest.ts";
import { watchOf } from "./oracle/each-turn.ts";
import { comeToRest } from "./story.ts";
import type { OrderNote } from "./world/book.ts";
import type { Codes, Wish } from "./world/draft.ts";
import { World } from "./world/world.ts";

export const CARD: PlaceOrder["payment"] = { kind: "token", token: "tok_good" };
export const PAGE: PlaceOrder["payment"] = {
  kind: "redirect",
  returnUrl: "https://shop.example/return",
  cancelUrl: "https://shop.example/cancel",
};

/** The tools of one staged situation: a world in which nothing goes wrong but what the test says. */
export type Scene = {
  readonly world: World;
  /** A shopper begins to place an order, `afterMs` from now. */
  readonly order: (
    wishes: readonly Wish[],
    payment: PlaceOrder["payment"],
    how?: { readonly afterMs?: number; readonly codes?: Codes },
  ) => OrderNote;
  /** Does something at a time. */
  readonly at: (afterMs: number, work: () => Promise<unknown> | void) => void;
  readonly runFor: (ms: number) => Promise<void>;
  /** Ends all faults, lets everything come to its end, and asks the oracle. */
  readonly end: () => Promise<void>;
  readonly statusOf: (note: OrderNote) => Promise<string | undefined>;
};

/** Stages a situation with so many units of each SKU. */
export async function stage(
  seed: number,
  units: Readonly<Record<string, number>>,
  play: (scene: Scene) => Promise<void>,
): Promise<void> {
  const world = new World({ seed, climate: FAIR, skus: Object.keys(units) });
  const random = createRandom(seed);
  const leave = enterWorld(world.scheduler);
  try {
    world.watch = watchOf(world);
    for (const [sku, quantity] of Object.entries(units)) {
      const adjustment = {
        adjustmentId: mintAdjustmentId(world, random),
        kind: "received",
        quantity,
      } as const;
      world.start(`opening ${sku}`, () =>
        adjustUntilAnswered(world, sku, { ...adjustment, reason: "opening" }),
      );
    }
    const runFor = async (ms: number): Promise<void> => {
      const until = world.scheduler.now + ms;
      world.start("the clock", async () => undefined, ms);
      await world.run(() => world.scheduler.now >= until);
    };
    await runFor(HOUR_MS / 60);
    await play({
      world,
      order(wishes, payment, { afterMs = 0, codes = {} } = {}) {
        const note = noteOf(world, random, { wishes, payment, codes });
        world.book.orders.set(note.orderId, note);
        world.start("shopper", async () => void (await placeUntilAnswered(world, note)), afterMs);
        return note;
      },
      at: (afterMs, work) => world.start("event", async () => void (await work()), afterMs),
      runFor,
      async end() {
        world.heal();
        await comeToRest(world);
        await checkAtRest(world);
      },
      statusOf: async (note) => (await viewIn(world, note.orderId))?.status,
    });
  } finally {
    leave();
    world.close();
  }
}
