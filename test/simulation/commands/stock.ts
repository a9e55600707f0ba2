import { makeId } from "#kernel";
import type { Adjustment } from "#inventory";
import type { Random } from "../../support/random.ts";
import type { World } from "../world/world.ts";
import type { Command } from "./command.ts";

const ID_BYTES = 16;

/** Goods arrive, are lost, or are taken away. Sent again until there is an answer, with the same id. */
export const adjust: Command = {
  name: "adjust",
  weight: 2,
  async run(world, random) {
    const sku = world.skus[random.whole(0, world.skus.length - 1)] ?? "SKU-0";
    const isReceipt = random.next() < 0.8;
    await adjustUntilAnswered(world, sku, {
      adjustmentId: mintAdjustmentId(world, random),
      kind: isReceipt ? "received" : "adjusted",
      quantity: isReceipt ? random.whole(1, 6) : -1,
      reason: "delivery",
    });
  },
};

export const mintAdjustmentId = (world: World, random: Random): string =>
  makeId(
    "adj",
    world.now(),
    Uint8Array.from({ length: ID_BYTES }, () => random.whole(0, 255)),
  );

export async function adjustUntilAnswered(world: World, sku: string, adjustment: Adjustment): Promise<void> {
  const note = { id: adjustment.adjustmentId, sku, isAccepted: false };
  world.book.adjustments.set(note.id, note);
  for (;;) {
    try {
      const answer = await world.stock(sku).adjust(adjustment, world.callBy("staff:ada"));
      note.isAccepted = answer.ok;
      return;
    } catch {
      await world.pause(5_000);
    }
  }
}
