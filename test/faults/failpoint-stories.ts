import { runDurableObjectAlarm, runInDurableObject } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { epochMs, mintId, type OrderId } from "#kernel";
import type { PlaceOrder } from "#orders";
import type { CallContext } from "#platform";
import { draft, line, placeOrder } from "../../src/orders/domain/testing/sample-order.ts";

// Little stories of one order. Each can be told with a fault in it; its end must be the same.

export const CALL: CallContext = {
  traceparent: "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01",
  actor: "test",
};
/** Milliseconds after which a call without an answer is repeated here; the shop waits 20 s. */
const CALL_LIMIT_MS = 150;
/** Milliseconds after which work of an alarm that hangs is given up here; some of it waits for two such calls. */
const WORK_LIMIT_MS = 1_000;
const UNITS = 5;
/** Rounds of alarms in which a story must have come to its end. */
const ROUNDS = 14;
const ROUND_MS = 60_000;

export type Story = {
  readonly orderId: OrderId;
  readonly skus: readonly [string, string];
  readonly command: PlaceOrder;
  /** How far the story's time has run ahead; it never goes back. */
  readonly time: { aheadMs: number };
};

export const orderOf = ({ orderId }: Story) => env.ORDERS.getByName(orderId);

/** Two SKUs in stock and an order for two of the first and one of the second, not yet placed. */
export async function beginStory(): Promise<Story> {
  const skus = [`A-${crypto.randomUUID()}`, `B-${crypto.randomUUID()}`] as const;
  for (const sku of skus) {
    const adjustment = { adjustmentId: "first", kind: "counted", quantity: UNITS, reason: "count" } as const;
    await env.STOCK.getByName(sku).adjust(adjustment, CALL);
  }
  const orderId = mintId("ord", epochMs(Date.now()));
  const command = placeOrder({ orderId, draft: draft([line(skus[0], 2), line(skus[1], 1)]) });
  const story = { orderId, skus, command, time: { aheadMs: 0 } };
  await provider(story, () => undefined);
  return story;
}

type OrderStub = ReturnType<typeof orderOf>;
/** What a story does; a fault may cut any of it off, and it is then tried again like a client would. */
type Act = (order: OrderStub, story: Story) => Promise<unknown>;

/** What one faulty call does to whoever waits for it is not the matter here: the end is. */
async function attempt(story: Story, act: Act): Promise<void> {
  await Promise.race([act(orderOf(story), story).catch(() => undefined), scheduler.wait(4 * CALL_LIMIT_MS)]);
}

/** Lets time pass until nothing is due any more. */
async function letTimePass(story: Story): Promise<void> {
  for (let round = 1; round <= ROUNDS; round += 1) {
    story.time.aheadMs += ROUND_MS;
    const at = epochMs(Date.now() + story.time.aheadMs);
    const isDue = await runInDurableObject(orderOf(story), (instance) => {
      instance.clock = { now: () => at };
      instance.workLimitMs = WORK_LIMIT_MS;
      instance.calls.limitMs = CALL_LIMIT_MS;
      return true;
    }).catch(() => false);
    if (isDue) await runDurableObjectAlarm(orderOf(story)).catch(() => false);
    const view = await orderOf(story)
      .view()
      .catch(() => undefined);
    if (view?.ok && round > 3 && isAtRest(view.value)) return;
  }
}

type View = Extract<Awaited<ReturnType<OrderStub["view"]>>, { ok: true }>["value"];

const isAtRest = (view: View): boolean =>
  ["confirmed", "cancelled", "refunded"].includes(view.status) && view.edit === undefined;

async function until(story: Story, act: Act, isDone: (view: View) => boolean): Promise<void> {
  for (let tries = 0; tries < 3; tries += 1) {
    const before = await orderOf(story)
      .view()
      .catch(() => undefined);
    if (before?.ok && isDone(before.value)) return;
    await attempt(story, act);
    await letTimePass(story);
  }
}

const place: Act = (order, { command }) => order.place(command, CALL);
const isPlaced = (view: View): boolean => view.status === "confirmed";

const provider = (story: Story, change: (payments: { next: string; refundAnswers: string }) => void) =>
  runInDurableObject(orderOf(story), (instance) => {
    instance.calls.limitMs = CALL_LIMIT_MS;
    change(instance.payments);
  });

const editTo =
  (quantity: number): Act =>
  async (order, { skus }) => {
    const view = await order.view();
    if (!view.ok) return;
    return order.applyEdit(
      {
        editId: `edit-${quantity}`,
        expectedVersion: view.value.version,
        draft: draft([line(skus[0], quantity), line(skus[1], 1)]),
        reason: "changed my mind",
        payment: { provider: "fake", choice: { kind: "token", token: "tok_approve" } },
      },
      CALL,
    );
  };

/** The stories, told up to their end. Between them they reach every failpoint of an order. */
export const STORIES: Readonly<Record<string, (story: Story) => Promise<void>>> = {
  bought: (story) => until(story, place, isPlaced),
  "paid after the reply was lost": async (story) => {
    await provider(story, (payments) => (payments.next = "lose-reply"));
    await until(story, place, isPlaced);
  },
  "called off while the payment page is open": async (story) => {
    await provider(story, (payments) => (payments.next = "redirect"));
    await until(story, place, (view) => view.status !== "holding");
    const cancel: Act = (order) => order.cancel({ reason: "changed my mind", by: "customer" }, CALL);
    await until(story, cancel, (view) => view.status === "cancelled");
  },
  "bought, and one more": async (story) => {
    await until(story, place, isPlaced);
    await until(story, editTo(3), (view) => view.draft.totalMinor > story.command.draft.totalMinor);
  },
  "bought, and one more that is not paid": async (story) => {
    await until(story, place, isPlaced);
    await provider(story, (payments) => (payments.next = "redirect"));
    await attempt(story, editTo(3));
    const abandon: Act = (order) => order.abandonEdit({ editId: "edit-3", reason: "no" }, CALL);
    await until(story, abandon, (view) => view.edit === undefined);
  },
  "bought, and one less": async (story) => {
    await until(story, place, isPlaced);
    await until(story, editTo(1), (view) => view.payment.refundedMinor > 0);
  },
  "bought, and one less whose refund is lost": async (story) => {
    await until(story, place, isPlaced);
    await provider(story, (payments) => (payments.refundAnswers = "unknown"));
    await until(story, editTo(1), (view) => view.payment.refundedMinor > 0);
  },
};

/** Everything that must be the same at the end, whatever happened on the way. */
export async function endOf(story: Story): Promise<unknown> {
  await letTimePass(story);
  const view = await orderOf(story).view();
  const levels = await Promise.all(story.skus.map((sku) => env.STOCK.getByName(sku).level()));
  const ledger = await orderOf(story).ledger();
  const balance = (account: string): number =>
    ledger
      .filter((entry) => entry.account === account)
      .reduce((sum, entry) => sum + entry.debitMinor - entry.creditMinor, 0);
  const accounts = [...new Set(ledger.map(({ account }) => account))].toSorted();
  const audit = await orderOf(story).audit();
  const provided = await runInDurableObject(orderOf(story), ({ payments, cartCalls }) => ({
    payments: [...payments.payments].map(([key, { captures, voids }]) => [
      key.replace(story.orderId, ""),
      captures,
      voids,
    ]),
    refunds: [...payments.refunds.values()],
    cart: cartCalls.at(-1)?.kind,
  }));
  return {
    status: view.ok ? view.value.status : view.refusal.code,
    totalMinor: view.ok ? view.value.draft.totalMinor : 0,
    levels: levels.map(({ onHand, held }) => [onHand, held]),
    ledger: accounts.map((account) => [account, balance(account)]),
    payments: provided.payments,
    refunds: provided.refunds,
    // No consumer acknowledges here, so what was to be said is still kept.
    isKept: audit.ok && audit.value.outbox.waiting > 0,
  };
}
