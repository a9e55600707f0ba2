import { DAY_MS, type EpochMs } from "#kernel";
import { formatDate, Notice } from "#web";
import type { OrderReturn, OrderView } from "../contract.ts";
import { RETURN_DAYS } from "../domain/limits.ts";

export type ReturnableLine = {
  readonly lineId: string;
  readonly title: string;
  /** Units that were sent and are in no return. */
  readonly most: number;
};

/** What a buyer may still ask to send back; empty when it is too early or too late. The order's object decides again. */
export function returnableLines(order: OrderView, at: EpochMs): readonly ReturnableLine[] {
  const { deliveredAt } = order;
  const isInTime = deliveredAt !== undefined && at <= deliveredAt + RETURN_DAYS * DAY_MS;
  if (order.status !== "delivered" || !isInTime) return [];
  const sent = order.parcels.flatMap((parcel) => parcel.lines);
  const returning = order.returns
    .filter((entry) => entry.status !== "declined")
    .flatMap((entry) => entry.lines);
  const count = (lines: readonly { lineId: string; quantity: number }[], lineId: string): number =>
    lines.reduce((sum, line) => (line.lineId === lineId ? sum + line.quantity : sum), 0);
  return order.draft.lines
    .map((line) => ({
      lineId: line.lineId,
      title: [line.title, line.variantTitle].filter(Boolean).join(", "),
      most: Math.min(line.quantity, count(sent, line.lineId)) - count(returning, line.lineId),
    }))
    .filter((line) => line.most > 0);
}

const WORDS: Readonly<Record<OrderReturn["status"], string>> = {
  requested: "We have your wish and will answer by e-mail.",
  approved: "Agreed. Send the goods back to us.",
  declined: "We cannot take these goods back.",
  receiving: "A part has reached us.",
  received: "Everything has reached us. Your money follows.",
  closed: "Done.",
};

type Props = { readonly order: OrderView; readonly at: EpochMs; readonly problem?: string };

/** Returns under way, and the form for one more while that is possible. Works without client script. */
export const Returns = ({ order, at, problem }: Props) => {
  const lines = returnableLines(order, at);
  if (lines.length === 0 && order.returns.length === 0) return null;
  return (
    <section class="stack" aria-labelledby="returns">
      <h2 id="returns" class="order-title">
        Returns
      </h2>
      {order.returns.map((entry) => (
        <p>
          {WORDS[entry.status]}
          {entry.declineReason === undefined ? "" : ` ${entry.declineReason}`}
        </p>
      ))}
      {lines.length > 0 && (
        <ReturnForm order={order} lines={lines} {...(problem === undefined ? {} : { problem })} />
      )}
    </section>
  );
};

type FormProps = {
  readonly order: OrderView;
  readonly lines: readonly ReturnableLine[];
  readonly problem?: string;
};

const ReturnForm = ({ order, lines, problem }: FormProps) => (
  <details class="disclosure" {...(problem === undefined ? {} : { open: true })}>
    <summary>Send something back</summary>
    <form action={`/orders/${order.orderId}/returns`} method="post" class="stack">
      {problem !== undefined && (
        <Notice tone="error">
          <p>{problem}</p>
        </Notice>
      )}
      {order.deliveredAt !== undefined && (
        <p class="hint">
          Possible until {formatDate((order.deliveredAt + RETURN_DAYS * DAY_MS) as EpochMs, "UTC")}.
        </p>
      )}
      {/* The page's version makes the id: the same page sent twice asks once. */}
      <input type="hidden" name="returnId" value={`page-${order.version}`} />
      {lines.map((line, index) => (
        <div class="field">
          <label for={`return-${index}`}>
            {line.title}: how many of {line.most}?
          </label>
          <input
            id={`return-${index}`}
            name={`units-${line.lineId}`}
            type="number"
            inputmode="numeric"
            min={0}
            max={line.most}
            value="0"
          />
        </div>
      ))}
      <div class="field">
        <label for="return-reason">Why do you send it back?</label>
        <input id="return-reason" name="reason" type="text" maxlength={500} required />
      </div>
      <button class="button" type="submit">
        Ask for the return
      </button>
    </form>
  </details>
);
