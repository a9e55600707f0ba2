import { currency, money, toDecimal } from "#kernel";
import { actionsOf, staffTitleOf, type OrderReturn, type OrderView } from "#orders";
import { Field, formatInstant, formatMinor } from "#web";
import { Word } from "./admin-page.tsx";
import { Hidden, path, type OrderDeskModel } from "./order-desk-form.tsx";
import { RETURN_STATUS_WORDS } from "./order-desk-words.ts";

/** What came back and what is to come; each return shows the one thing that can be done next. */
export const ReturnsPanel = ({ order, formId, timeZone }: OrderDeskModel) => {
  const canStart = actionsOf(order).canRequestReturn;
  if (order.returns.length === 0 && !canStart) return null;
  return (
    <section id="returns">
      <h2>Returns</h2>
      {order.returns.map((entry) => (
        <ReturnCard order={order} entry={entry} formId={formId} timeZone={timeZone} />
      ))}
      {canStart && (
        <details>
          <summary>Start a return</summary>
          <form class="desk-form" method="post" action={`${path(order)}/returns`}>
            <Hidden order={order} formId={formId} />
            {order.draft.lines.map((line) => (
              <Field
                name={`quantity-${line.lineId}`}
                label={staffTitleOf(line)}
                hint={`${line.quantity} ordered`}
                inputmode="numeric"
                width="short"
                value="0"
                maxLength={5}
              />
            ))}
            <Field
              name="wish"
              label="The buyer wants"
              width="medium"
              options={[
                { value: "refund", label: "the money back" },
                { value: "exchange", label: "something else instead" },
              ]}
            />
            <Field name="reason" id="return-reason" label="Reason" need="required" maxLength={500} />
            <p>
              <button class="button" type="submit">
                Start the return
              </button>
            </p>
          </form>
        </details>
      )}
    </section>
  );
};

type ReturnCardProps = OrderDeskModel & { readonly entry: OrderReturn };

const ReturnCard = ({ order, entry, formId, timeZone }: ReturnCardProps) => {
  const { word, tone } = RETURN_STATUS_WORDS[entry.status];
  return (
    <article class="desk-panel">
      <p>
        <Word tone={tone}>{word}</Word> <span class="hint">{formatInstant(entry.requestedAt, timeZone)}</span>
      </p>
      <p>{entry.reason}</p>
      <ul class="desk-plain">
        {entry.lines.map((line) => (
          <li>
            {line.quantity} × <bdi>{titleOf(order, line.lineId)}</bdi>
            {line.restocked + line.scrapped > 0 && (
              <span class="hint">
                {" "}
                {line.restocked} back on the shelf, {line.scrapped} written off
              </span>
            )}
          </li>
        ))}
      </ul>
      {entry.valueMinor > 0 && <p>Worth {formatMinor(entry.valueMinor, order.draft.currency)}</p>}
      <ReturnSteps order={order} entry={entry} formId={formId} timeZone={timeZone} />
    </article>
  );
};

const titleOf = (order: OrderView, lineId: string): string => {
  const line = order.draft.lines.find((candidate) => candidate.lineId === lineId);
  return line ? staffTitleOf(line) : lineId;
};

const ReturnSteps = (props: ReturnCardProps) => {
  switch (props.entry.status) {
    case "requested":
      return <Decision {...props} />;
    case "approved":
    case "receiving":
      return <Receipt {...props} />;
    case "received":
      return <Closing {...props} />;
    case "declined":
      return <p class="hint">{props.entry.declineReason}</p>;
    case "closed":
      return null;
  }
};

const action = ({ order, entry }: Pick<ReturnCardProps, "order" | "entry">, step: string): string =>
  `${path(order)}/returns/${entry.returnId}/${step}`;

const Decision = (props: ReturnCardProps) => (
  <form class="form-actions" method="post" action={action(props, "decide")}>
    <Hidden order={props.order} formId={props.formId} />
    <button class="button" type="submit" name="decision" value="approve">
      Approve
    </button>
    <button class="button button-quiet" type="submit" name="decision" value="decline">
      Decline
    </button>
  </form>
);

const Receipt = ({ order, entry, formId }: ReturnCardProps) => (
  <form class="desk-form" method="post" action={action({ order, entry }, "receipts")}>
    <Hidden order={order} formId={formId} />
    {entry.lines.map((line) => (
      <fieldset>
        <legend>{titleOf(order, line.lineId)}</legend>
        <Field
          name={`restock-${line.lineId}`}
          label="Back on the shelf"
          inputmode="numeric"
          width="short"
          value={String(line.quantity - line.restocked - line.scrapped)}
          maxLength={5}
        />
        <Field
          name={`scrap-${line.lineId}`}
          label="Written off"
          inputmode="numeric"
          width="short"
          value="0"
          maxLength={5}
        />
      </fieldset>
    ))}
    <p>
      <button class="button" type="submit">
        Book what came back
      </button>
    </p>
    {entry.status === "receiving" && (
      <p>
        <button class="button button-quiet" type="submit" formaction={action({ order, entry }, "close")}>
          The rest will not come: refund and close
        </button>
      </p>
    )}
  </form>
);

const Closing = ({ order, entry, formId }: ReturnCardProps) => {
  // What went back already for another reason cannot go back twice.
  const offered = Math.min(entry.valueMinor - entry.creditedMinor, order.payment.refundableMinor);
  return (
    <form class="desk-form" method="post" action={action({ order, entry }, "close")}>
      <Hidden order={order} formId={formId} />
      <Field
        name="amount"
        id={`amount-${entry.returnId}`}
        label={`Refund in ${order.draft.currency}`}
        hint="What came back is worth this; change it if you have agreed on something else."
        width="short"
        value={plainAmount(order, offered)}
        maxLength={16}
      />
      <p class="form-actions">
        <button class="button" type="submit">
          Refund and close
        </button>
        {entry.wish === "exchange" && (
          <a href={`${path(order)}/edit?exchange=${encodeURIComponent(entry.returnId)}`}>
            Choose the replacement
          </a>
        )}
      </p>
    </form>
  );
};

/** An amount as a person types it. */
const plainAmount = (order: OrderView, amountMinor: number): string =>
  toDecimal(money(currency(order.draft.currency), Math.max(0, amountMinor)));
