import { DAY_MS, type EpochMs } from "#kernel";
import { Notice, useSpeech } from "#web";
import type { OrderView } from "../contract.ts";
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

type Props = { readonly order: OrderView; readonly at: EpochMs; readonly problem?: string };

/** Returns under way, and the form for one more while that is possible. Works without client script. */
export const Returns = ({ order, at, problem }: Props) => {
  const lines = returnableLines(order, at);
  const { say } = useSpeech();
  if (lines.length === 0 && order.returns.length === 0) return null;
  return (
    <section class="stack" aria-labelledby="returns">
      <h2 id="returns" class="order-title">
        {say("return.title")}
      </h2>
      {order.returns.map((entry) => (
        <p>
          {say(`return.${entry.status}`)}
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

const ReturnForm = ({ order, lines, problem }: FormProps) => {
  const { say, date } = useSpeech();
  return (
    <details class="disclosure" {...(problem === undefined ? {} : { open: true })}>
      <summary>{say("return.send_back")}</summary>
      <form action={`/orders/${order.orderId}/returns`} method="post" class="stack">
        {problem !== undefined && (
          <Notice tone="error">
            <p>{problem}</p>
          </Notice>
        )}
        {order.deliveredAt !== undefined && (
          <p class="hint">
            {say("return.until", {
              day: date((order.deliveredAt + RETURN_DAYS * DAY_MS) as EpochMs, "UTC"),
            })}
          </p>
        )}
        {/* The page's version makes the id: the same page sent twice asks once. */}
        <input type="hidden" name="returnId" value={`page-${order.version}`} />
        {lines.map((line, index) => (
          <div class="field">
            <label for={`return-${index}`}>
              {say("return.how_many", { title: line.title, count: line.most })}
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
          <label for="return-reason">{say("return.why")}</label>
          <input id="return-reason" name="reason" type="text" maxlength={500} required />
        </div>
        <button class="button" type="submit">
          {say("return.ask")}
        </button>
      </form>
    </details>
  );
};
