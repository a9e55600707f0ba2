import { insist, type Command } from "./command.ts";
import { someOrder } from "./repeat.ts";

const PATIENCE = 4;

/** Staff write a note beside an order, or tag it, while others change it. */
export const note: Command = {
  name: "note",
  weight: 1,
  async run(world, random) {
    const of = someOrder(world, random);
    if (!of) return;
    const order = world.order(of.orderId);
    const call = world.callBy("staff:ada");
    const noteId = `n${random.whole(0, 2 ** 31)}`;
    if (random.next() < 0.5)
      await insist(world, PATIENCE, () => order.setTags({ tags: ["Gift", "gift "] }, call));
    await insist(world, PATIENCE, () => order.addNote({ noteId, text: "Called." }, call));
    if (random.next() < 0.3) await insist(world, PATIENCE, () => order.removeNote(noteId, call));
  },
};
