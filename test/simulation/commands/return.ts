import type { OrderView, ReturnReceipt } from "#orders";
import type { Random } from "../../support/random.ts";
import type { OrderNote } from "../world/book.ts";
import type { World } from "../world/world.ts";
import { insist, type Command } from "./command.ts";
import { editUntilAnswered } from "./edit.ts";
import { someOrder } from "./repeat.ts";

const PATIENCE = 12;

type Case = { readonly note: OrderNote; readonly view: OrderView; readonly returnId: string };

/**
 * A buyer sends goods back: asked for, approved or declined, counted in parts by two people who sometimes count the
 * same parcel, exchanged or refunded, and closed at two desks at once. Some returns stay on the way for ever.
 */
export const sendBack: Command = {
  name: "send back",
  weight: 3,
  async run(world, random) {
    const note = someOrder(world, random);
    if (!note) return;
    const view = await insist(world, PATIENCE, () => world.order(note.orderId).view());
    if (!view?.ok) return;
    const returning = { note, view: view.value, returnId: `ret${random.whole(0, 2 ** 31)}` };
    if (await isApproved(world, random, returning)) await receiveAndClose(world, random, returning);
  },
};

async function isApproved(world: World, random: Random, { note, view, returnId }: Case): Promise<boolean> {
  const order = world.order(note.orderId);
  const luck = random.next();
  const by = luck < 0.3 ? "staff" : "customer";
  const wish = luck < 0.5 ? "refund" : "exchange";
  const lines = view.draft.lines
    .filter((_, index) => index === 0 || random.next() < 0.5)
    .map(({ lineId, quantity }) => ({ lineId, quantity: random.whole(1, quantity) }));
  const request = { returnId, by, wish, reason: "too small", lines } as const;
  const asked = await insist(world, PATIENCE, () => order.requestReturn(request, world.callBy(by)));
  if (!asked?.ok || luck > 0.95) return false;
  await world.pause(random.whole(100, 60_000));
  const call = world.callBy("staff:ada");
  if (luck > 0.9) {
    await insist(world, PATIENCE, () => order.declineReturn({ returnId, reason: "worn" }, call));
    return false;
  }
  const approved = await insist(world, PATIENCE, () => order.approveReturn({ returnId }, call));
  return approved?.ok === true && luck < 0.85;
}

async function receiveAndClose(world: World, random: Random, returning: Case): Promise<void> {
  const { note, returnId } = returning;
  const order = world.order(note.orderId);
  const current = await insist(world, PATIENCE, () => order.view());
  const entry = current?.ok ? current.value.returns.find((known) => known.returnId === returnId) : undefined;
  if (!entry) return;
  const receive = (receipt: ReturnReceipt) =>
    insist(world, PATIENCE, () => order.receiveReturn(receipt, world.callBy("staff:bo")));
  for (const { lineId, quantity } of entry.lines) {
    // The first unit comes alone, the others a while later, sometimes one is missing.
    for (const units of quantity > 1 ? [1, quantity - (random.next() < 0.2 ? 2 : 1)] : [1]) {
      if (units < 1) continue;
      const condition = random.next() < 0.7 ? "restock" : "scrap";
      const receipt: ReturnReceipt = {
        returnId,
        receiptId: `rc${random.whole(0, 2 ** 31)}`,
        lines: [{ lineId, quantity: units, condition }],
      };
      if (random.next() < 0.3) world.start("colleague who counts", async () => void (await receive(receipt)));
      await receive(receipt);
    }
  }
  if (entry.wish === "exchange") await exchange(world, random, returning);
  await close(world, random, returning);
}

async function exchange(world: World, random: Random, { note, returnId }: Case): Promise<void> {
  const view = await insist(world, PATIENCE, () => world.order(note.orderId).view());
  if (view?.ok) await editUntilAnswered(world, random, { note, view: view.value, exchange: { returnId } });
}

async function close(world: World, random: Random, { note, returnId }: Case): Promise<void> {
  const order = world.order(note.orderId);
  const from = random.next() < 0.3 ? "vouchers" : "payment";
  const send = (refundMinor?: number) =>
    insist(world, PATIENCE, () =>
      order.closeReturn(
        { returnId, from, ...(refundMinor === undefined ? {} : { refundMinor }) },
        world.callBy("staff:ada"),
      ),
    );
  world.start("colleague who closes", async () => void (await send(random.whole(0, 900))));
  await send();
}
