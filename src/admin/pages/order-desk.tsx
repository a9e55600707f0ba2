import { actionsOf, type OrderView } from "#orders";
import { Field, formatInstant, formatMinor, Notice } from "#web";
import { Word } from "./admin-page.tsx";
import { Hidden, path, type OrderDeskModel } from "./order-desk-form.tsx";
import { tagHref } from "./order-list-page.tsx";

/** Calls the order off. What that means is said before the click. */
export const CancelPanel = ({ order, formId }: OrderDeskModel) => {
  if (!actionsOf(order).canCancel) return null;
  const isPaid = order.payment.refundableMinor > 0;
  return (
    <section>
      <h2>Call it off</h2>
      <form class="desk-form" method="post" action={`${path(order)}/cancel`}>
        <Hidden order={order} formId={formId} />
        <Field name="reason" id="cancel-reason" label="Reason" maxLength={200} />
        <p class="hint">
          {isPaid
            ? `The units go back on the shelf and ${formatMinor(order.payment.refundableMinor, order.draft.currency)} to the buyer.`
            : "Nothing was charged yet. The units go back on the shelf."}
        </p>
        <p>
          <button class="button button-quiet" type="submit">
            Cancel the whole order
          </button>
        </p>
      </form>
    </section>
  );
};

/** Sends money back in part or whole, and lists what went back so far. */
export const RefundPanel = ({ order, formId, timeZone }: OrderDeskModel) => {
  const { payment, refunds, draft } = order;
  if (refunds.length === 0 && payment.refundableMinor === 0) return null;
  return (
    <section>
      <h2>Refunds</h2>
      {refunds.length > 0 && (
        <ul class="desk-plain">
          {refunds.map((refund) => (
            <li>
              <b>{formatMinor(refund.amountMinor, draft.currency)}</b>{" "}
              <Word tone={refund.status === "failed" ? "bad" : refund.status === "paid" ? "good" : "wait"}>
                {refund.status === "paid"
                  ? "Sent back"
                  : refund.status === "failed"
                    ? "Failed"
                    : "On its way"}
              </Word>
              <span class="hint">
                {" "}
                {refund.reason} · {formatInstant(refund.requestedAt, timeZone)}
              </span>
            </li>
          ))}
        </ul>
      )}
      {actionsOf(order).canRefund && (
        <details>
          <summary>Refund up to {formatMinor(payment.refundableMinor, draft.currency)}</summary>
          <form class="desk-form" method="post" action={`${path(order)}/refunds`}>
            <Hidden order={order} formId={formId} />
            <Field
              name="amount"
              label={`Amount in ${draft.currency}`}
              hint="Such as 12.50"
              inputmode="text"
              width="short"
              need="required"
              maxLength={16}
            />
            <Field name="reason" id="refund-reason" label="Reason" need="required" maxLength={200} />
            <p>
              <button class="button" type="submit">
                Send it back
              </button>
            </p>
          </form>
        </details>
      )}
    </section>
  );
};

/** The way into an edit, or the edit that is under way. */
export const EditPanel = ({ order, formId }: OrderDeskModel) => {
  const { edit, draft } = order;
  if (!edit) {
    return actionsOf(order).canEdit ? (
      <p>
        <a class="button button-quiet" href={`${path(order)}/edit`}>
          Edit items, address or delivery
        </a>
      </p>
    ) : null;
  }
  return (
    <Notice tone="wait" title="An edit is under way">
      <p>
        {edit.reason}. {EDIT_STAGES[edit.stage]}
        {edit.dueMinor > 0 && ` The buyer pays ${formatMinor(edit.dueMinor, draft.currency)} first.`}
      </p>
      {edit.payment.redirectUrl && (
        <p>
          Link for the buyer: <a href={edit.payment.redirectUrl}>{edit.payment.redirectUrl}</a>
        </p>
      )}
      {edit.stage === "paying" && edit.payment.provider === "bank_transfer" && (
        <EditTransfer order={order} formId={formId} edit={edit} />
      )}
      <form method="post" action={`${path(order)}/edit/abandon`}>
        <Hidden order={order} formId={formId} />
        <input type="hidden" name="editId" value={edit.editId} />
        <button class="button button-quiet" type="submit">
          Abandon this edit
        </button>
      </form>
    </Notice>
  );
};

type EditTransferProps = Pick<OrderDeskModel, "order" | "formId"> & {
  readonly edit: NonNullable<OrderView["edit"]>;
};

/** The difference comes by transfer: what the buyer is to write, and the button for when it is there. */
const EditTransfer = ({ order, formId, edit }: EditTransferProps) => (
  <>
    <p>
      {edit.payment.instructions !== undefined && (
        <>
          To <bdi>{edit.payment.instructions}</bdi>.{" "}
        </>
      )}
      Reference: <bdi>{order.orderNumber}</bdi>.
    </p>
    <form class="desk-form" method="post" action={`${path(order)}/settle`}>
      <Hidden order={order} formId={formId} />
      <input type="hidden" name="part" value={String(edit.part)} />
      <Field
        name="reference"
        id="edit-reference"
        label="The transfer has arrived: reference on the bank statement"
        need="required"
        maxLength={120}
      />
      <p>
        <button class="button" type="submit">
          Mark the difference as paid
        </button>
      </p>
    </form>
  </>
);

const EDIT_STAGES: Readonly<Record<NonNullable<OrderView["edit"]>["stage"], string>> = {
  holding: "Its units are being held.",
  paying: "It waits for the payment.",
  committing: "Its units are being taken.",
  capturing: "Its payment is being captured.",
  releasing: "It is being undone.",
};

/** Money that a provider disputes, or that came outside it. */
export const AttentionPanel = ({ order, formId }: OrderDeskModel) => {
  const { canRetryCapture, canSettleManually } = actionsOf(order);
  return (
    <>
      {order.attention.map((flag) => (
        <Notice tone="error" title={flag.code.replaceAll("_", " ")}>
          <p>About {flag.reference}.</p>
          <form method="post" action={`${path(order)}/attention/clear`}>
            <Hidden order={order} formId={formId} />
            <input type="hidden" name="code" value={flag.code} />
            <input type="hidden" name="reference" value={flag.reference} />
            <button class="button button-quiet" type="submit">
              Dealt with
            </button>
          </form>
        </Notice>
      ))}
      {canRetryCapture && (
        <form method="post" action={`${path(order)}/capture`}>
          <Hidden order={order} formId={formId} />
          <button class="button" type="submit">
            Try the capture again
          </button>
        </form>
      )}
      {canSettleManually && (
        <form class="desk-form" method="post" action={`${path(order)}/settle`}>
          <Hidden order={order} formId={formId} />
          <Field name="reference" label={settleLabel(order)} need="required" maxLength={120} />
          <p>
            <button class="button" type="submit">
              Mark as paid
            </button>
          </p>
        </form>
      )}
    </>
  );
};

/** Says whose word counts: the bank's statement, the carrier's, or a way that no provider knows. */
function settleLabel({ payment, draft }: OrderView): string {
  const amount = formatMinor(draft.dueMinor, draft.currency);
  switch (payment.provider) {
    case "bank_transfer":
      return `Transfer of ${amount} has arrived: reference on the bank statement`;
    case "cash_on_delivery":
      return `The carrier has paid ${amount}: reference of its statement`;
    default:
      return "Money came another way: reference of the bank statement";
  }
}

/** What staff tell each other about this order. The buyer never sees it. */
export const NotesPanel = ({ order, formId, timeZone }: OrderDeskModel) => (
  <section>
    <h2>Notes and tags</h2>
    {order.notes.length > 0 && (
      <ul class="desk-plain">
        {order.notes.map((note) => (
          <li>
            <p>
              <bdi>{note.text}</bdi>
            </p>
            <p class="hint">
              {note.author}, {formatInstant(note.writtenAt, timeZone)}
            </p>
          </li>
        ))}
      </ul>
    )}
    <form class="desk-form" method="post" action={`${path(order)}/notes`}>
      <Hidden order={order} formId={formId} />
      <Field name="text" label="Note for colleagues" rows={2} maxLength={2_000} />
      <p>
        <button class="button button-quiet" type="submit">
          Add the note
        </button>
      </p>
    </form>
    {order.tags.length > 0 && (
      <p>
        All orders tagged:{" "}
        {order.tags.map((tag, index) => (
          <>
            {index > 0 && ", "}
            <a href={tagHref(tag)}>
              <bdi>{tag}</bdi>
            </a>
          </>
        ))}
      </p>
    )}
    <form class="desk-form" method="post" action={`${path(order)}/tags`}>
      <Hidden order={order} formId={formId} />
      <Field
        name="tags"
        label="Tags"
        hint="Separated by commas"
        value={order.tags.join(", ")}
        maxLength={400}
      />
      <p>
        <button class="button button-quiet" type="submit">
          Save the tags
        </button>
      </p>
    </form>
  </section>
);
