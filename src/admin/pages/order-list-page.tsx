import type { OrderStatus, OrderSummary } from "#orders";
import { DataTable, Empty, Field, Pager, formatInstant, formatMinor } from "#web";
import { AdminPage, Word } from "./admin-page.tsx";
import { ORDER_STATUS_WORDS, PAYMENT_STATUS_WORDS } from "./words.ts";

export type OrderListModel = {
  readonly rows: readonly OrderSummary[];
  readonly status?: OrderStatus | undefined;
  /** Only orders with a return that is not over. */
  readonly hasOpenReturn: boolean;
  readonly tag?: string | undefined;
  readonly search?: string | undefined;
  readonly nextHref?: string | undefined;
  readonly firstHref?: string | undefined;
  readonly timeZone: string;
};

/** Saved views: the states that staff ask for. */
const VIEWS: readonly { readonly label: string; readonly status?: OrderStatus; readonly query?: string }[] = [
  { label: "All" },
  { label: "Confirmed", status: "confirmed" },
  { label: "Packed", status: "fulfilling" },
  { label: "On its way", status: "shipped" },
  { label: "Delivered", status: "delivered" },
  { label: "Not paid yet", status: "authorising" },
  { label: "Payment unknown", status: "payment_unknown" },
  { label: "Needs a person", status: "needs_attention" },
  { label: "Cancelled", status: "cancelled" },
  { label: "Open returns", query: "returns=open" },
];

type View = (typeof VIEWS)[number];

const hrefOf = ({ status, query = status && `status=${status}` }: View): string =>
  query === undefined ? "/admin/orders" : `/admin/orders?${query}`;

const isCurrent = ({ status, query }: View, shown: OrderListModel): boolean =>
  shown.tag === undefined && (query === undefined) === !shown.hasOpenReturn && status === shown.status;

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
export const OrderListPage = (model: OrderListModel) => (
  <AdminPage title="Orders" section="/admin/orders">
    <div class="desk-head">
      <h1>Orders</h1>
      <a href="/admin/drafts">Draft orders</a>
    </div>
    <nav class="desk-views" aria-label="Saved views">
      {VIEWS.map((view) => (
        <a href={hrefOf(view)} aria-current={isCurrent(view, model) ? "true" : undefined}>
          {view.label}
        </a>
      ))}
      {model.tag && (
        <a href={tagHref(model.tag)} aria-current="true">
          Tagged “{model.tag}”
        </a>
      )}
    </nav>
    <form class="desk-filters" method="get" action="/admin/orders" role="search">
      {model.status && <input type="hidden" name="status" value={model.status} />}
      {model.hasOpenReturn && <input type="hidden" name="returns" value="open" />}
      {model.tag && <input type="hidden" name="tag" value={model.tag} />}
      <Field
        name="q"
        label="Number, e-mail or name"
        type="search"
        value={model.search}
        width="medium"
        maxLength={120}
      />
      <button class="button button-quiet" type="submit">
        Find
      </button>
    </form>
    <Orders {...model} />
  </AdminPage>
);

/** The list of one tag. */
export const tagHref = (tag: string): string => `/admin/orders?tag=${encodeURIComponent(tag)}`;

function Orders({ rows, search, nextHref, firstHref, timeZone }: OrderListModel) {
  if (rows.length === 0)
    return (
      <Empty title="No orders here" action={{ href: "/admin/orders", label: "All orders" }}>
        {search ? `Nothing begins with “${search}”.` : "No order is in this state."}
      </Empty>
    );
  // Only the end of a search of several pages can have been cut off.
  const mayBeCut = search !== undefined && firstHref !== undefined && nextHref === undefined;
  return (
    <>
      <OrderTable rows={rows} timeZone={timeZone} caption="Orders, newest first" />
      {mayBeCut && (
        <p class="hint">
          A search lists 200 orders of each kind of match. Is yours not there? Type more of it.
        </p>
      )}
      <Pager shown={`${rows.length} on this page`} moreHref={nextHref} firstHref={firstHref} />
    </>
  );
}
