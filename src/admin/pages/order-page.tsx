import { shownTitleOf, staffTitleOf, type LedgerEntry, type OrderView } from "#orders";
import { DataTable, Notice, formatDayRange, formatInstant, formatMinor } from "#web";
import { AdminPage, Word } from "./admin-page.tsx";
import { AttentionPanel, CancelPanel, EditPanel, NotesPanel, RefundPanel } from "./order-desk.tsx";
import { ReturnsPanel } from "./order-returns-panel.tsx";
import { EVENT_WORDS, ORDER_STATUS_WORDS, PAYMENT_STATUS_WORDS } from "./words.ts";

export type OrderPageModel = {
  readonly order: OrderView;
  readonly ledger: readonly LedgerEntry[];
  readonly mails: readonly { readonly mailId: string; readonly subject: string }[];
  readonly timeZone: string;
  /** A fresh id for the forms of this page. */
  readonly formId: string;
  readonly notice?: { readonly tone: "good" | "error"; readonly text: string };
};

/** One order from its own object: left what there is to do and what happened, right who and how it was paid. */
export const OrderPage = ({ order, ledger, mails, timeZone, formId, notice }: OrderPageModel) => {
  const desk = { order, formId, timeZone };
  return (
    <AdminPage title={`Order ${order.orderNumber}`} section="/admin/orders">
      <div class="desk-head">
        <h1>Order {order.orderNumber}</h1>
        <Word tone={ORDER_STATUS_WORDS[order.status].tone}>{ORDER_STATUS_WORDS[order.status].word}</Word>
      </div>
      {notice && (
        <Notice tone={notice.tone} role="status">
          <p>{notice.text}</p>
        </Notice>
      )}
      {order.status === "needs_attention" && (
        <Notice tone="error" title="This order needs a person">
          <p>{(order.attentionReason ?? "See the timeline").replaceAll("_", " ")}. Its units stay held.</p>
        </Notice>
      )}
      <div class="desk-columns">
        <div class="desk-stack">
          <AttentionPanel {...desk} />
          <Items order={order} />
          <EditPanel {...desk} />
          <Parcels order={order} />
          <ReturnsPanel {...desk} />
          <History order={order} timeZone={timeZone} />
        </div>
        <aside class="desk-stack" aria-label="Customer and payment">
          <Customer order={order} />
          <Payment order={order} ledger={ledger} />
          <RefundPanel {...desk} />
          <section>
            <h2>Mail</h2>
            {mails.length === 0 ? (
              <p class="hint">No mail was sent yet.</p>
            ) : (
              <ul>
                {mails.map((mail) => (
                  <li>
                    <a href={`/admin/mail/${encodeURIComponent(mail.mailId)}`}>{mail.subject}</a>
                  </li>
                ))}
              </ul>
            )}
          </section>
          <NotesPanel {...desk} />
          <CancelPanel {...desk} />
        </aside>
      </div>
    </AdminPage>
  );
};

const Items = ({ order }: { readonly order: OrderView }) => {
  const { draft } = order;
  return (
    <section>
      <h2>Items</h2>
      <DataTable
        caption="Items of this order"
        isCaptionHidden
        columns={[
          { label: "Item" },
          { label: "SKU", isWhole: true },
          { label: "Price", isNumeric: true },
          { label: "Quantity", isNumeric: true },
          { label: "Total", isNumeric: true },
        ]}
        rows={draft.lines.map((line) => [
          <span>
            <bdi>{staffTitleOf(line)}</bdi>
            {line.shopTitle !== undefined && (
              <span class="hint">
                Sold as <bdi lang={draft.locale}>{shownTitleOf(line)}</bdi>
              </span>
            )}
          </span>,
          <a href={`/admin/stock/${encodeURIComponent(line.sku)}`}>
            <bdi>{line.sku}</bdi>
          </a>,
          formatMinor(line.unitPriceMinor, draft.currency),
          line.quantity,
          formatMinor(line.totalMinor + line.discountMinor, draft.currency),
        ])}
      />
      <dl class="desk-sums">
        <dt>Items</dt>
        <dd>{formatMinor(draft.itemsMinor, draft.currency)}</dd>
        {draft.discounts.map((discount) => (
          <>
            <dt>{discount.label}</dt>
            <dd>−{formatMinor(discount.amountMinor, draft.currency)}</dd>
          </>
        ))}
        <dt>{draft.delivery.name}</dt>
        <dd>{formatMinor(draft.deliveryMinor, draft.currency)}</dd>
        <dt>Total, of which tax {formatMinor(draft.taxMinor, draft.currency)}</dt>
        <dd>
          <b>{formatMinor(draft.totalMinor, draft.currency)}</b>
        </dd>
        {draft.tenders.map((tender) => (
          <>
            <dt>Paid: {tender.label}</dt>
            <dd>{formatMinor(tender.amountMinor, draft.currency)}</dd>
          </>
        ))}
      </dl>
    </section>
  );
};

const Parcels = ({ order }: { readonly order: OrderView }) => (
  <section>
    <h2>Parcels</h2>
    {order.parcels.length === 0 ? (
      <p class="hint">
        No parcel yet. Promised{" "}
        {formatDayRange(order.draft.delivery.earliestDate, order.draft.delivery.latestDate)}.
      </p>
    ) : (
      <DataTable
        caption="Parcels of this order"
        isCaptionHidden
        columns={[{ label: "Tracking number", isWhole: true }, { label: "Carrier" }, { label: "State" }]}
        rows={order.parcels.map((parcel) => [
          <bdi>{parcel.trackingNumber}</bdi>,
          parcel.carrier,
          parcel.status.replaceAll("_", " "),
        ])}
      />
    )}
  </section>
);

const History = ({ order, timeZone }: { readonly order: OrderView; readonly timeZone: string }) => (
  <section>
    <h2>Timeline</h2>
    <ol class="desk-log">
      {[...order.timeline].reverse().map((entry) => (
        <li>
          <time class="hint" datetime={new Date(entry.occurredAt).toISOString()}>
            {formatInstant(entry.occurredAt, timeZone)}
          </time>
          <span>
            {EVENT_WORDS[entry.type]}
            {entry.note && <span class="hint"> {entry.note.replaceAll("_", " ")}</span>}
          </span>
        </li>
      ))}
    </ol>
  </section>
);

const Customer = ({ order }: { readonly order: OrderView }) => {
  const { address, email } = order.draft;
  const lines = [
    address.fullName,
    address.company,
    address.line1,
    address.line2,
    address.district,
    [address.postalCode, address.city].filter(Boolean).join(" "),
    address.region,
    address.country,
  ];
  return (
    <section>
      <h2>Customer</h2>
      <p>
        <bdi>{email}</bdi>
      </p>
      <address>
        {lines.filter(Boolean).map((text) => (
          <>
            <bdi>{text}</bdi>
            <br />
          </>
        ))}
      </address>
    </section>
  );
};

const Payment = ({
  order,
  ledger,
}: {
  readonly order: OrderView;
  readonly ledger: readonly LedgerEntry[];
}) => {
  const { payment, draft } = order;
  return (
    <section>
      <h2>Payment</h2>
      <p>
        <Word tone={PAYMENT_STATUS_WORDS[payment.status].tone}>
          {PAYMENT_STATUS_WORDS[payment.status].word}
        </Word>{" "}
        {formatMinor(payment.capturedMinor, draft.currency)} of{" "}
        {formatMinor(draft.totalMinor, draft.currency)}
      </p>
      <p class="hint">
        {payment.provider.replaceAll("_", " ")}
        {payment.cardLast4 && `, card ending ${payment.cardLast4}`}
      </p>
      {ledger.length > 0 && (
        <details>
          <summary>Ledger: what each booking did</summary>
          <DataTable
            caption="Ledger"
            isCaptionHidden
            columns={[
              { label: "Account" },
              { label: "Debit", isNumeric: true },
              { label: "Credit", isNumeric: true },
            ]}
            rows={ledger.map((entry) => [
              entry.account.replaceAll("_", " "),
              entry.debitMinor === 0 ? "" : formatMinor(entry.debitMinor, draft.currency),
              entry.creditMinor === 0 ? "" : formatMinor(entry.creditMinor, draft.currency),
            ])}
          />
        </details>
      )}
    </section>
  );
};
