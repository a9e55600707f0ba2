import type { Key, Speech } from "#words";
import type { TimelineStep } from "#web";
import type { OrderEventType, OrderStatus, OrderView } from "../contract.ts";
import { awaitsTransfer } from "../app/awaits-transfer.ts";

const MILESTONES = [
  { label: "step.paid", event: "order.confirmed" },
  { label: "step.packed", event: "order.fulfilment_started" },
  { label: "step.on_its_way", event: "order.shipped" },
  { label: "step.delivered", event: "order.delivered" },
] as const satisfies readonly { readonly label: Key; readonly event: OrderEventType }[];
type Milestone = {
  readonly label: (typeof MILESTONES)[number]["label"] | "step.confirmed";
  readonly event: OrderEventType;
};

/** Cash is paid last: its order is confirmed before. */
const milestonesOf = ({ payment }: OrderView): readonly Milestone[] =>
  MILESTONES.map((milestone) =>
    payment.provider === "cash_on_delivery" && milestone.event === "order.confirmed"
      ? { ...milestone, label: "step.confirmed" }
      : milestone,
  );

const ENDED: readonly OrderStatus[] = ["releasing", "cancelled", "refunding", "refunded"];

/** The four stations of an order, with the time each was reached; a cancelled order stops where it stood. */
export function orderTimeline(speech: Speech, order: OrderView, timeZone: string): readonly TimelineStep[] {
  const { say, instant } = speech;
  const milestones = milestonesOf(order);
  const reached = milestones.map(({ event }) => order.timeline.find((entry) => entry.type === event));
  const last = reached.findLastIndex((entry) => entry !== undefined);
  const isEnded = ENDED.includes(order.status);
  const isOver = order.status === "delivered" || order.status === "closed";
  const steps = milestones.map(({ label: key }, index): TimelineStep => {
    const label = say(key);
    const entry = reached[index];
    const when = entry ? { when: instant(entry.occurredAt, timeZone) } : {};
    if (index < last || (index === last && isOver)) return { label, state: "done", ...when };
    if (index === last) return { label, state: isEnded ? "done" : "current", ...when };
    return { label, state: "ahead", ...expected(speech, order, key) };
  });
  if (!isEnded) return steps;
  const cancelled = order.timeline.find(
    (entry) => entry.type === "order.cancelled" || entry.type === "order.refunding_started",
  );
  return [
    ...steps.filter((step) => step.state === "done"),
    {
      label: say("step.cancelled"),
      state: "failed",
      when: instant(cancelled?.occurredAt ?? order.updatedAt, timeZone),
    },
  ];
}

const expected = ({ say, day }: Speech, order: OrderView, label: Key): { readonly when?: string } =>
  // A day was promised from payment on: before a transfer has come there is none.
  label === "step.delivered" && !awaitsTransfer(order)
    ? { when: say("step.by", { day: day(order.draft.delivery.latestDate) }) }
    : {};
