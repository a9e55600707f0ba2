import type { OrderView, PaymentChoice } from "#orders";
import { MINUTE_MS } from "#kernel";
import type { Random } from "../../support/random.ts";
import type { OrderNote } from "../world/book.ts";
import type { World } from "../world/world.ts";
import { insist, type Command } from "./command.ts";
import { codesOf, noteOf, placeUntilAnswered, wishOf } from "./place.ts";

const PATIENCE = 12;
const STAFF = "staff:ada";

/** A way to pay that has no machine behind it; its name is also its provider's. */
export const manualChoice = (random: Random): Extract<PaymentChoice, { kind: "manual" }> => ({
  kind: "manual",
  method: random.next() < 0.5 ? "bank_transfer" : "cash_on_delivery",
});

/**
 * A buyer pays by bank transfer or at the door. Staff see the money, two of them at once, or never see it and call the
 * order off, sometimes while a colleague notes it.
 */
export const placeByHand: Command = {
  name: "place by hand",
  weight: 2,
  async run(world, random) {
    const wishes = [wishOf(world, random), wishOf(world, random)];
    const payment = manualChoice(random);
    const note = noteOf(world, random, { wishes, payment, codes: codesOf(world, random) });
    world.book.orders.set(note.orderId, note);
    const answer = await placeUntilAnswered(world, note);
    if (!answer?.ok) return;
    await world.pause(random.whole(1_000, 90 * MINUTE_MS));
    const luck = random.next();
    if (luck < 0.25) world.start("colleague who calls off", () => callOff(world, note), random.whole(0, 300));
    if (luck < 0.15 || note.draft.dueMinor === 0) return;
    if (luck > 0.7) world.start("colleague who sees it too", () => noteMoney(world, note, 0));
    await noteMoney(world, note, 0);
  },
};

async function callOff(world: World, note: OrderNote): Promise<void> {
  await insist(world, PATIENCE, () =>
    world.order(note.orderId).cancel({ reason: "never paid", by: "staff" }, world.callBy(STAFF)),
  );
}

/** Staff tell the order of money that they see on the account, or that the carrier brought; told until it is answered. */
export async function noteMoney(world: World, note: OrderNote, part: number): Promise<void> {
  const key = `${note.orderId}/${part}`;
  const receipt = world.book.receipts.get(key) ?? { reference: `statement ${key}`, isAccepted: false };
  world.book.receipts.set(key, receipt);
  const settlement = { reference: receipt.reference, ...(part === 0 ? {} : { part }) };
  const answer = await insist(world, PATIENCE, () =>
    world.order(note.orderId).settleManually(settlement, world.callBy(STAFF)),
  );
  if (answer?.ok) receipt.isAccepted = true;
}

/**
 * At the end of the day every carrier has brought its cash, transfers that never came are given up, and what no provider
 * can send back is paid back by hand.
 */
export async function closeTheBooks(world: World): Promise<void> {
  for (const note of world.book.orders.values()) {
    const answer = await insist(world, PATIENCE, () => world.order(note.orderId).view());
    if (!answer?.ok) continue;
    await closeEdit(world, note, answer.value);
    if (note.command.payment.kind === "manual") await closePlacement(world, note, answer.value);
    await payBack(world, note);
  }
}

async function closeEdit(world: World, note: OrderNote, { edit }: OrderView): Promise<void> {
  if (edit?.stage !== "paying" || edit.payment.provider === "sandbox") return;
  const { editId } = edit;
  await insist(world, PATIENCE, () =>
    world.order(note.orderId).abandonEdit({ editId, reason: "never paid" }, world.callBy(STAFF)),
  );
}

async function closePlacement(world: World, note: OrderNote, view: OrderView): Promise<void> {
  if (view.payment.status === "pending") await callOff(world, note);
  if (view.payment.status === "authorised" && view.status !== "cancelled") await noteMoney(world, note, 0);
}

/** Each movement that its provider refused is paid by hand once. */
async function payBack(world: World, note: OrderNote): Promise<void> {
  const answer = await insist(world, PATIENCE, () => world.order(note.orderId).view());
  if (!answer?.ok) return;
  const failed = answer.value.refunds
    .flatMap(({ movements }) => movements)
    .filter(({ status }) => status === "failed");
  for (const { movementId, amountMinor } of failed) {
    const refundId = `hand-${movementId.replaceAll(":", "-")}`;
    const command = { refundId, amountMinor, reason: "by hand", from: "outside" as const };
    await insist(world, PATIENCE, () => world.order(note.orderId).refund(command, world.callBy(STAFF)));
  }
}
