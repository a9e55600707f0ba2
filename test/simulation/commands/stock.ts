import { makeId } from "#kernel";
import { DEFAULT_LOCATION, type Adjustment, type TransferCommand } from "#inventory";
import type { Random } from "../../support/random.ts";
import type { World } from "../world/world.ts";
import { insist, type Command } from "./command.ts";

const ID_BYTES = 16;

/** Where goods lie; the second one begins to serve orders in the course of a world. */
const LOCATIONS = [DEFAULT_LOCATION, "north"] as const;

type Change = Pick<Adjustment, "kind" | "quantity">;

/** Goods arrive, are counted, break, are repaired, or are taken away. Sent until there is an answer, with the same id. */
export const adjust: Command = {
  name: "adjust",
  weight: 3,
  async run(world, random) {
    const sku = skuOf(world, random);
    await adjustUntilAnswered(world, sku, {
      adjustmentId: mintAdjustmentId(world, random),
      ...changeOf(random),
      location: random.pick(LOCATIONS),
      reason: "delivery",
    });
  },
};

function changeOf(random: Random): Change {
  const luck = random.next();
  if (luck < 0.7) return { kind: "received", quantity: random.whole(1, 6) };
  if (luck < 0.8) return { kind: "adjusted", quantity: -1 };
  if (luck < 0.85) return { kind: "counted", quantity: random.whole(0, 12) };
  if (luck < 0.9) return { kind: "damaged", quantity: random.whole(1, 2) };
  return { kind: luck < 0.95 ? "repaired" : "scrapped", quantity: 1 };
}

/** A second location begins, or stops, to serve orders; from then on holds are taken from both. */
export const arrange: Command = {
  name: "arrange",
  weight: 0.5,
  async run(world, random) {
    world.book.arrangement += 1;
    const serving = random.next() < 0.8 ? [...LOCATIONS] : [DEFAULT_LOCATION];
    const arrangement = { revision: world.book.arrangement, serving };
    for (const sku of world.skus)
      await insist(world, TRANSFER_PATIENCE, () =>
        world.stock(sku).arrange(arrangement, world.callBy("staff:ada")),
      );
  },
};

const TRANSFER_PATIENCE = 12;

/** Units go from one location to the other: some arrive, some are lost, some turn back, some stay on the way. */
export const transfer: Command = {
  name: "transfer",
  weight: 2,
  async run(world, random) {
    const sku = skuOf(world, random);
    const transferId = `tr_${random.whole(0, 2 ** 31)}`;
    const [from, to] = random.next() < 0.5 ? LOCATIONS : ([LOCATIONS[1], LOCATIONS[0]] as const);
    const quantity = random.whole(1, 4);
    const send = (command: TransferCommand) =>
      insist(world, TRANSFER_PATIENCE, () => world.stock(sku).transfer(command, world.callBy("staff:ada")));
    const step = (kind: "receive" | "lose") =>
      send({ kind, transferId, stepId: `${kind} 1`, quantity: 1, reason: kind });
    const sent = await send({ kind: "dispatch", transferId, from, to, quantity, reason: "balance" });
    if (!sent?.ok) return;
    await world.pause(random.whole(1_000, 120_000));
    const luck = random.next();
    // Two people tell of the same step.
    if (luck < 0.3) world.start("second porter", async () => void (await step("receive")));
    await step(luck < 0.8 ? "receive" : "lose");
    if (luck > 0.6) await send({ kind: "cancel", transferId, reason: "no room" });
    else if (quantity > 1)
      await send({ kind: "receive", transferId, stepId: "rest", quantity: quantity - 1, reason: "rest" });
  },
};

const skuOf = (world: World, random: Random): string =>
  world.skus[random.whole(0, world.skus.length - 1)] ?? "SKU-0";

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
