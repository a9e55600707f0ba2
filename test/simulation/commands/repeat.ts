import type { OrderNote } from "../world/book.ts";
import type { World } from "../world/world.ts";
import type { Random } from "../../support/random.ts";
import { placeUntilAnswered } from "./place.ts";
import { insist, type Command } from "./command.ts";

/** One of the orders so far. */
export function someOrder(world: World, random: Random): OrderNote | undefined {
  const all = [...world.book.orders.values()];
  return all[random.whole(0, Math.max(0, all.length - 1))];
}

/** Somebody sends an earlier request again, word for word. */
export const repeat: Command = {
  name: "repeat",
  weight: 2,
  async run(world, random) {
    const note = someOrder(world, random);
    if (note) await placeUntilAnswered(world, note);
  },
};

/** Somebody sends another request under an earlier key: refused, and nothing happens. */
export const otherBody: Command = {
  name: "other body",
  weight: 1,
  async run(world, random) {
    const note = someOrder(world, random);
    if (!note?.isAnswered) return;
    const other = { ...note.command, requestHash: `${note.command.requestHash}, but different` };
    const answer = await insist(world, 5, () =>
      world.order(note.orderId).place(other, world.callBy("customer")),
    );
    if (answer && (answer.ok || answer.refusal.code !== "idempotency_key_reused"))
      world.book.complaints.push(
        `${note.orderId} took another body under its key: ${JSON.stringify(answer)}`,
      );
  },
};

/** A buyer or a member of staff calls an order off at any time. */
export const cancel: Command = {
  name: "cancel",
  weight: 1,
  async run(world, random) {
    const note = someOrder(world, random);
    if (note)
      await insist(world, 5, () =>
        world.order(note.orderId).cancel({ reason: "staff", by: "staff" }, world.callBy("staff:ada")),
      );
  },
};
