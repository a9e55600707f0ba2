import type { Availability } from "#catalog";
import { DataTable, Empty, Field, formatInstant, Pager } from "#web";
import type { StockListRow } from "../app/ports.ts";
import { AdminPage, Word } from "./admin-page.tsx";
import { AVAILABILITY_WORDS } from "./words.ts";

export type StockListModel = {
  readonly rows: readonly StockListRow[];
  readonly search?: string | undefined;
  readonly availability?: Availability | undefined;
  readonly nextHref?: string | undefined;
  readonly firstHref?: string | undefined;
  readonly timeZone: string;
};

const VIEWS: readonly { readonly label: string; readonly availability?: Availability }[] = [
  { label: "All" },
  { label: "Low", availability: "low" },
  { label: "Sold out", availability: "sold_out" },
  { label: "Backorder", availability: "backorder" },
  { label: "Preorder", availability: "preorder" },
];

/** Levels as the stock objects last told them. */
export const StockListPage = ({
  rows,
  search,
  availability,
  nextHref,
  firstHref,
  timeZone,
}: StockListModel) => (
  <AdminPage title="Stock" section="/admin/stock">
    <div class="desk-head">
      <h1>Stock</h1>
      <p>
        <a href="/admin/transfers">Transfers</a> · <a href="/admin/locations">Locations</a>
      </p>
    </div>
    <nav class="desk-views" aria-label="Saved views">
      {VIEWS.map((view) => (
        <a
          href={view.availability ? `/admin/stock?availability=${view.availability}` : "/admin/stock"}
          aria-current={view.availability === availability && search === undefined ? "true" : undefined}
        >
          {view.label}
        </a>
      ))}
    </nav>
    <form class="desk-filters" method="get" action="/admin/stock" role="search">
      <Field name="q" label="SKU begins with" type="search" value={search} width="medium" maxLength={64} />
      <button class="button button-quiet" type="submit">
        Find
      </button>
    </form>
    {rows.length === 0 ? (
      <Empty title="No SKU here" action={{ href: "/admin/stock", label: "All stock" }}>
        Nothing matches this view.
      </Empty>
    ) : (
      <>
        <StockTable rows={rows} timeZone={timeZone} />
        <Pager shown={`${rows.length} on this page`} moreHref={nextHref} firstHref={firstHref} />
      </>
    )}
  </AdminPage>
);

const StockTable = ({ rows, timeZone }: Pick<StockListModel, "rows" | "timeZone">) => (
  <DataTable
    caption="Stock by SKU"
    isCaptionHidden
    columns={[
      { label: "SKU", isWhole: true },
      { label: "Shoppers see" },
      { label: "On hand", isNumeric: true },
      { label: "Held", isNumeric: true },
      { label: "Available", isNumeric: true },
      { label: "Changed", isWhole: true },
    ]}
    rows={rows.map((row) => [
      <a href={`/admin/stock/${encodeURIComponent(row.sku)}`}>
        <bdi>{row.sku}</bdi>
      </a>,
      <Word tone={AVAILABILITY_WORDS[row.availability].tone}>
        {AVAILABILITY_WORDS[row.availability].word}
      </Word>,
      row.onHand,
      row.held,
      row.available,
      formatInstant(row.updatedAt, timeZone),
    ])}
  />
);
