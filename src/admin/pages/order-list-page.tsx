import type { OrderStatus, OrderSummary } from "#orders";
import { DataTable, Empty, Field, Pager, formatInstant, formatMinor } from "#web";
import { AdminPage, Word } from "./admin-page.tsx";
import { ORDER_STATUS_WORDS, PAYMENT_STATUS_WORDS } from "./words.ts";

export type OrderListModel = {
  readonly rows: readonly OrderSummary[];
  readonly status?: OrderStatus | undefined;
  readonly search?: string | undefined;
  readonly nextHref?: string | undefined;
  readonly firstHref?: string | undefined;
  readonly timeZone: string;
};

/** Saved views: the states that staff ask for. */
const VIEWS: readonly { readonly label: string; readonly status?: OrderStatus }[] = [
  { label: "All" },
  { label: "Confirmed", status: "confirmed" },
  { label: "Packed", status: "fulfilling" },
  { label: "On its way", status: "shipped" },
  { label: "Delivered", status: "delivered" },
  { label: "Not paid yet", status: "authorising" },
  { label: "Payment unknown", status: "payment_unknown" },
  { label: "Needs a person", status: "needs_attention" },
  { label: "Cancelled", status: "cancelled" },
];

export const OrderTable = ({
  rows,
  timeZone,
  caption,
}: {
  readonly rows: readonly OrderSummary[];
  readonly timeZone: string;
  readonly caption: string;
}) => (
  <DataTable
    caption={caption}
    isCaptionHidden
    columns={[
      { label: "Order", isWhole: true },
      { label: "Placed", isWhole: true },
      { label: "Customer" },
      { label: "Items", isNumeric: true },
      { label: "Total", isNumeric: true },
      { label: "Payment" },
      { label: "Status" },
    ]}
    rows={rows.map((row) => [
      <a href={`/admin/orders/${row.orderId}`}>{row.orderNumber}</a>,
      formatInstant(row.placedAt, timeZone),
      <span>
        <bdi>{row.customerName}</bdi>, {row.country}
      </span>,
      row.itemCount,
      formatMinor(row.totalMinor, row.currency),
      <Word tone={PAYMENT_STATUS_WORDS[row.paymentStatus].tone}>
        {PAYMENT_STATUS_WORDS[row.paymentStatus].word}
      </Word>,
      <Word tone={ORDER_STATUS_WORDS[row.status].tone}>{ORDER_STATUS_WORDS[row.status].word}</Word>,
    ])}
  />
);

/** Orders, newest first; the filter lives in the address. */
export const OrderListPage = ({ rows, status, search, nextHref, firstHref, timeZone }: OrderListModel) => (
  <AdminPage title="Orders" section="/admin/orders">
    <div class="desk-head">
      <h1>Orders</h1>
      <a href="/admin/drafts">Draft orders</a>
    </div>
    <nav class="desk-views" aria-label="Saved views">
      {VIEWS.map((view) => (
        <a
          href={view.status ? `/admin/orders?status=${view.status}` : "/admin/orders"}
          aria-current={view.status === status ? "true" : undefined}
        >
          {view.label}
        </a>
      ))}
    </nav>
    <form class="desk-filters" method="get" action="/admin/orders" role="search">
      {status && <input type="hidden" name="status" value={status} />}
      <Field
        name="q"
        label="Number, e-mail or name"
        type="search"
        value={search}
        width="medium"
        maxLength={120}
      />
      <button class="button button-quiet" type="submit">
        Find
      </button>
    </form>
    {rows.length === 0 ? (
      <Empty title="No orders here" action={{ href: "/admin/orders", label: "All orders" }}>
        {search ? `Nothing begins with “${search}”.` : "No order is in this state."}
      </Empty>
    ) : (
      <>
        <OrderTable rows={rows} timeZone={timeZone} caption="Orders, newest first" />
        <Pager shown={`${rows.length} on this page`} moreHref={nextHref} firstHref={firstHref} />
      </>
    )}
  </AdminPage>
);
