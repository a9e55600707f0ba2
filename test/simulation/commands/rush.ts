import type { Command } from "./command.ts";
import { hottest, placeAndPay, wishOf } from "./place.ts";

/** Waves of shoppers, and the wait between two: the first makes the SKU hot, the next ones know its shards. */
const WAVES = 3;
const WAVE_EVERY_MS = 4_000;
const SHOPPERS_PER_WAVE = 8;
/** Within this time a wave arrives. */
const WAVE_MS = 1_500;

/** A newsletter went out: many want the same thing within seconds, some of them something else with it. */
export const rush: Command = {
  name: "rush",
  weight: 0.35,
  async run(world, random) {
    const sku = hottest(world);
    for (let wave = 0; wave < WAVES; wave += 1) {
      for (let shopper = 0; shopper < SHOPPERS_PER_WAVE; shopper += 1) {
        const own = random.fork();
        const shopping = (): Promise<void> =>
          placeAndPay(world, own, {
            wishes: [
              { sku, quantity: own.whole(1, 3), shards: world.shardsShown(sku) },
              ...(own.next() < 0.3 ? [wishOf(world, own)] : []),
            ],
          });
        world.start("shopper in a rush", shopping, own.whole(0, WAVE_MS));
      }
      await world.pause(WAVE_EVERY_MS);
    }
  },
};
