import type { Availability } from "#catalog";
import type { JournalEntry, Location, OpenStock, StockLevel } from "#inventory";
import { Choice, DataTable, Empty, ErrorSummary, Field, Notice, Pager, formatInstant } from "#web";
import type { StockListRow } from "../app/ports.ts";
import { AdminPage, Word } from "./admin-page.tsx";
import { Journal, nameOf, OpenUnits } from "./stock-parts.tsx";
import { AVAILABILITY_WORDS, policyWords } from "./words.ts";

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
      { label: "SKU" },
      { label: "Shoppers see" },
      { label: "On hand", isNumeric: true },
      { label: "Held", isNumeric: true },
      { label: "Available", isNumeric: true },
      { label: "Changed" },
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

export type AdjustForm = {
  readonly kind: string;
  readonly location: string;
  readonly quantity: string;
  readonly reason: string;
  /** Of the form that was sent; a reload cannot count twice. */
  readonly adjustmentId: string;
};

export type StockPageModel = {
  readonly level: StockLevel;
  readonly locations: readonly Location[];
  readonly open: OpenStock;
  readonly journal: readonly JournalEntry[];
  readonly moreHref?: string | undefined;
  readonly form: AdjustForm;
  readonly errors: readonly { readonly field: string; readonly message: string }[];
  readonly notice?: string | undefined;
  readonly timeZone: string;
};

const KINDS = [
  { value: "received", label: "Received: units came in" },
  { value: "counted", label: "Counted: this many are on the shelf" },
  { value: "adjusted", label: "Adjusted: more or fewer, signed" },
  { value: "returned", label: "Returned: came back in good shape" },
  { value: "damaged", label: "Damaged: from the shelf to the damaged ones" },
  { value: "repaired", label: "Repaired: damaged ones can be sold again" },
  { value: "scrapped", label: "Scrapped: damaged ones are gone" },
] as const;

/** One SKU from its own object: where its units are, what is open, a form to change them, and every movement. */
export const StockPage = (model: StockPageModel) => {
  const { level, locations, open, errors, notice, timeZone } = model;
  return (
    <AdminPage title={`${errors.length > 0 ? "Error: " : ""}Stock of ${level.sku}`} section="/admin/stock">
      <ErrorSummary errors={errors} />
      <div class="desk-head">
        <h1>
          Stock of <bdi>{level.sku}</bdi>
        </h1>
        <p>
          <a href={`/admin/transfers/new?sku=${encodeURIComponent(level.sku)}`}>Send to another location</a>
        </p>
      </div>
      {notice && (
        <Notice tone="good" role="status">
          <p>{notice}</p>
        </Notice>
      )}
      <div class="desk-columns">
        <div class="desk-stack">
          <section>
            <h2>Where the units are</h2>
            <Places level={level} locations={locations} />
            <p class="hint">{policyWords(level.policy)}.</p>
          </section>
          <OpenUnits open={open} locations={locations} timeZone={timeZone} />
          <Journal {...model} />
        </div>
        <aside aria-label="Change the stock">
          <h2>Change the stock</h2>
          <AdjustmentForm {...model} />
        </aside>
      </div>
    </AdminPage>
  );
};

const Places = ({ level, locations }: Pick<StockPageModel, "level" | "locations">) => (
  <DataTable
    caption="Units by location"
    isCaptionHidden
    columns={[
      { label: "Location" },
      { label: "On hand", isNumeric: true },
      { label: "Held", isNumeric: true },
      { label: "Kept back", isNumeric: true },
      { label: "Available", isNumeric: true },
      { label: "Damaged", isNumeric: true },
      { label: "On the way", isNumeric: true },
      { label: "Announced", isNumeric: true },
    ]}
    rows={[
      ...level.locations.map((at) => [
        <>
          {nameOf(locations, at.location)}
          {!at.servesOrders && " (no orders)"}
        </>,
        ...countsOf(at),
      ]),
      ...(level.locations.length === 1 ? [] : [["All locations", ...countsOf(level)]]),
    ]}
  />
);

const countsOf = (units: Omit<StockLevel["locations"][number], "location" | "servesOrders">) => [
  units.onHand,
  units.held,
  units.safety,
  units.available,
  units.damaged,
  units.inTransit,
  units.incoming,
];

const AdjustmentForm = ({ level, locations, form, errors }: StockPageModel) => {
  const errorOf = (field: string): string | undefined =>
    errors.find((error) => error.field === field)?.message;
  return (
    <form class="desk-form" method="post" action={`/admin/stock/${encodeURIComponent(level.sku)}`} novalidate>
      <input type="hidden" name="adjustmentId" value={form.adjustmentId} />
      <Choice name="kind" legend="What happened" value={form.kind} options={KINDS} />
      {locations.length > 1 && (
        <Field
          name="location"
          label="Where"
          value={form.location}
          error={errorOf("location")}
          options={locations.map(({ code, name }) => ({ value: code, label: name }))}
        />
      )}
      <Field
        name="quantity"
        label="Units"
        inputmode="text"
        width="short"
        value={form.quantity}
        error={errorOf("quantity")}
        need="required"
        maxLength={9}
      />
      <Field
        name="reason"
        label="Reason"
        value={form.reason}
        error={errorOf("reason")}
        need="required"
        maxLength={200}
      />
      <p>
        <button class="button" type="submit">
          Record it
        </button>
      </p>
    </form>
  );
};
