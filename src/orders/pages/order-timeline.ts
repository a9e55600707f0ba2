import { formatDay, formatInstant, type TimelineStep } from "#web";
import type { OrderEventType, OrderStatus, OrderView } from "../contract.ts";
import { awaitsTransfer } from "../app/awaits-transfer.ts";

type Milestone = { readonly label: string; readonly event: OrderEventType };

const MILESTONES: readonly Milestone[] = [
  { label: "Paid", event: "order.confirmed" },
  { label: "Packed", event: "order.fulfilment_started" },
  { label: "On its way", event: "order.shipped" },
  { label: "Delivered", event: "order.delivered" },
];

/** Cash is paid last: its order is confirmed before. */
const milestonesOf = ({ payment }: OrderView): readonly Milestone[] =>
  MILESTONES.map((milestone) =>
    payment.provider === "cash_on_delivery" && milestone.event === "order.confirmed"
      ? { ...milestone, label: "Confirmed" }
      : milestone,
  );

const ENDED: readonly OrderStatus[] = ["releasing", "cancelled", "refunding", "refunded"];

/** The four stations of an order, with the time each was reached; a cancelled order stops where it stood. */
export function orderTimeline(order: OrderView, timeZone: string): readonly TimelineStep[] {
  const milestones = milestonesOf(order);
  const reached = milestones.map(({ event }) => order.timeline.find((entry) => entry.type === event));
  const last = reached.findLastIndex((entry) => entry !== undefined);
  const isEnded = ENDED.includes(order.status);
  const isOver = order.status === "delivered" || order.status === "closed";
  const steps = milestones.map(({ label }, index): TimelineStep => {
    const entry = reached[index];
    const when = entry ? { when: formatInstant(entry.occurredAt, timeZone) } : {};
    if (index < last || (index === last && isOver)) return { label, state: "done", ...when };
    if (index === last) return { label, state: isEnded ? "done" : "current", ...when };
    return { label, state: "ahead", ...expected(order, label) };
  });
  if (!isEnded) return steps;
  const cancelled = order.timeline.find(
    (entry) => entry.type === "order.cancelled" || entry.type === "order.refunding_started",
  );
  return [
    ...steps.filter((step) => step.state === "done"),
    {
      label: "Cancelled",
      state: "failed",
      when: formatInstant(cancelled?.occurredAt ?? order.updatedAt, timeZone),
    },
  ];
}

const expected = (order: OrderView, label: string): { readonly when?: string } =>
  // A day was promised from payment on: before a transfer has come there is none.
  label === "Delivered" && !awaitsTransfer(order)
    ? { when: `by ${formatDay(order.draft.delivery.latestDate)}` }
    : {};
