import type { OrderNote } from "../world/book.ts";
import type { OrderView } from "#orders";
import { orderRpc, wasConfirmed, type Rest } from "./ask.ts";
import type { Finding } from "./at-rest.ts";

const FINAL: readonly string[] = [
  "confirmed",
  "fulfilling",
  "shipped",
  "delivered",
  "closed",
  "cancelled",
  "refunded",
];

/** One order per key, acknowledged orders exist with the same answer, and every order has come to an end. */
export async function checkOrders(rest: Rest): Promise<readonly Finding[]> {
  const findings: Finding[] = [];
  for (const note of rest.world.book.orders.values()) {
    const about = [note.orderId];
    for (const what of await wrongWith(rest, note)) findings.push({ what: `${note.orderId} ${what}`, about });
  }
  return findings;
}

async function wrongWith({ world, views }: Rest, note: OrderNote): Promise<readonly string[]> {
  const wrong: string[] = [];
  const view = views.get(note.orderId);
  const [first, ...others] = note.replies;
  if (others.some((reply) => reply !== first))
    wrong.push(`was answered in two ways: ${note.replies.join(" / ")}`);
  if (!view) return first === undefined ? wrong : [...wrong, "was acknowledged and does not exist"];
  world.book.states.add(view.status);
  for (const entry of view.timeline) world.book.states.add(entry.type);
  if (!FINAL.includes(view.status)) wrong.push(`is still ${view.status}`);
  if (JSON.stringify(view.draft) !== JSON.stringify(wantedDraft(note, view)))
    wrong.push("is not what was ordered");
  if (view.edit) wrong.push(`has an edit that is still ${view.edit.stage}`);
  if (first !== undefined) {
    const repeated = await orderRpc(world, note.orderId).replay(note.command.requestHash);
    if (JSON.stringify(repeated) !== first) wrong.push(`answers ${JSON.stringify(repeated)} after ${first}`);
  }
  if (view.cancelReason === "stock_lost") wrong.push("lost its units while it was being paid");
  const cart = world.book.carts.get(note.orderId);
  if (wasConfirmed(view) && cart !== "finished")
    wrong.push(`is ${view.status} and its cart was ${cart ?? "not told"}`);
  if (view.status === "cancelled" && cart !== "reopened")
    wrong.push(`is cancelled and its cart was ${cart ?? "not told"}`);
  return wrong;
}

/** What was ordered, or what the last edit made of it. */
const wantedDraft = (note: OrderNote, view: OrderView) => {
  const last = view.edits.findLast(({ outcome }) => outcome === "applied");
  return last ? note.edits.get(last.editId) : note.draft;
};
