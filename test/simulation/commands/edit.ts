import type { EditRequest, OrderDraft, OrderLine, OrderView } from "#orders";
import type { Random } from "../../support/random.ts";
import type { OrderNote } from "../world/book.ts";
import { lineOf, priced, resizedLine } from "../world/draft.ts";
import type { World } from "../world/world.ts";
import { insist, type Command } from "./command.ts";
import { noteMoney } from "./manual.ts";
import { choiceOf, wishOf } from "./place.ts";
import { someOrder } from "./repeat.ts";

const PATIENCE = 12;
const MAX_MORE = 2;

/**
 * Staff change an order that stands: more or fewer units, a line more or less, another address. A difference is paid
 * with a token or on the provider's page, or refunded. Some buyers never pay, and some edits are given up.
 */
export const edit: Command = {
  name: "edit",
  weight: 4,
  async run(world, random) {
    const note = someOrder(world, random);
    if (!note) return;
    const view = await insist(world, PATIENCE, () => world.order(note.orderId).view());
    if (view?.ok) await editUntilAnswered(world, random, { note, view: view.value });
  },
};

type Target = {
  readonly note: OrderNote;
  readonly view: OrderView;
  readonly exchange?: EditRequest["exchange"];
};

/** Sends one edit until there is an answer, then does what the buyer does about a difference. */
export async function editUntilAnswered(
  world: World,
  random: Random,
  { note, view, exchange }: Target,
): Promise<void> {
  const draft = exchange ? withLine(world, random, view.draft) : changed(world, random, view.draft);
  const editId = `e${random.whole(0, 2 ** 31)}`;
  note.edits.set(editId, draft);
  const request: EditRequest = {
    editId,
    expectedVersion: view.version,
    draft,
    reason: "the buyer called",
    payment: paymentOf(random),
    ...(exchange ? { exchange } : {}),
  };
  const apply = () => world.order(note.orderId).applyEdit(request, world.callBy("staff:ada"));
  const answer = await insist(world, PATIENCE, apply);
  if (!answer?.ok) return;
  if (random.next() < 0.1) await insist(world, PATIENCE, apply);
  const { edit } = answer.value;
  // Some transfers of a difference never come; the books are closed over them.
  if (edit?.editId === editId && edit.payment.provider !== "sandbox" && random.next() < 0.7)
    world.start("staff who see a transfer", () => noteMoney(world, note, edit.part), random.whole(0, 60_000));
  await payOrLeave(world, random, { note, editId });
}

/** Mostly by the provider, sometimes by a transfer that staff look out for. */
function paymentOf(random: Random): NonNullable<EditRequest["payment"]> {
  if (random.next() < 0.85) return { provider: "sandbox", choice: choiceOf(random) };
  return { provider: "bank_transfer", choice: { kind: "manual", method: "bank_transfer" } };
}

async function payOrLeave(
  world: World,
  random: Random,
  { note, editId }: { note: OrderNote; editId: string },
): Promise<void> {
  const luck = random.next();
  await world.pause(random.whole(500, 60_000));
  if (luck < 0.15) {
    const call = world.callBy("staff:ada");
    await insist(world, PATIENCE, () =>
      world.order(note.orderId).abandonEdit({ editId, reason: "the buyer called again" }, call),
    );
  }
  // Some pay although the edit was given up a moment ago.
  if (luck > 0.1 && luck < 0.9)
    for (const { reference } of world.provider.paymentsOf(note.orderId))
      world.provider.payOnPage(reference, luck > 0.2);
}

function changed(world: World, random: Random, draft: OrderDraft): OrderDraft {
  const luck = random.next();
  if (luck < 0.2)
    return { ...draft, address: { ...draft.address, line1: `Hafenweg ${random.whole(3, 99)}` } };
  if (luck < 0.4) return withLine(world, random, draft);
  const at = random.whole(0, draft.lines.length - 1);
  // A coupon's share lies on the first line, so that one stays.
  if (luck < 0.6 && at > 0)
    return priced({ ...draft, lines: draft.lines.filter((_, index) => index !== at) });
  const resized = (line: OrderLine): OrderLine =>
    resizedLine(line, Math.max(1, line.quantity + random.whole(-MAX_MORE, MAX_MORE)));
  return priced({ ...draft, lines: draft.lines.map((line, index) => (index === at ? resized(line) : line)) });
}

function withLine(world: World, random: Random, draft: OrderDraft): OrderDraft {
  const line = lineOf(`line_${random.whole(10, 2 ** 31)}`, wishOf(world, random));
  return priced({ ...draft, lines: [...draft.lines, line] });
}
