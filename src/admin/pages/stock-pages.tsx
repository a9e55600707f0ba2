import type { Availability } from "#catalog";
import type { StockListRow } from "../app/ports.ts";
import type { JournalEntry, StockLevel } from "#inventory";
import { Choice, DataTable, Empty, ErrorSummary, Field, Notice, Pager, formatInstant } from "#web";
import { AdminPage, Word } from "./admin-page.tsx";
import { AVAILABILITY_WORDS, MOVEMENT_WORDS, policyWords } from "./words.ts";

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
  readonly quantity: string;
  readonly reason: string;
  /** Of the form that was sent; a reload cannot count twice. */
  readonly adjustmentId: string;
};

export type StockPageModel = {
  readonly level: StockLevel;
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
  { value: "damaged", label: "Damaged: taken off the shelf" },
] as const;

const signed = (value: number): string => (value > 0 ? `+${value}` : String(value));

/** One SKU from its own object: where its units are, a form to change them, and every movement. */
export const StockPage = ({ level, journal, moreHref, form, errors, notice, timeZone }: StockPageModel) => (
  <AdminPage title={`${errors.length > 0 ? "Error: " : ""}Stock of ${level.sku}`} section="/admin/stock">
    <ErrorSummary errors={errors} />
    <div class="desk-head">
      <h1>
        Stock of <bdi>{level.sku}</bdi>
      </h1>
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
          <DataTable
            caption="Units by location"
            isCaptionHidden
            columns={[
              { label: "Location" },
              { label: "On hand", isNumeric: true },
              { label: "Held", isNumeric: true },
              { label: "Available", isNumeric: true },
            ]}
            rows={[["Main", level.onHand, level.held, level.available]]}
          />
          <p class="hint">{policyWords(level.policy)}.</p>
        </section>
        <Journal journal={journal} moreHref={moreHref} timeZone={timeZone} />
      </div>
      <aside aria-label="Change the stock">
        <h2>Change the stock</h2>
        <AdjustmentForm sku={level.sku} form={form} errors={errors} />
      </aside>
    </div>
  </AdminPage>
);

const Journal = ({
  journal,
  moreHref,
  timeZone,
}: {
  readonly journal: readonly JournalEntry[];
  readonly moreHref: string | undefined;
  readonly timeZone: string;
}) => (
  <section>
    <h2>Journal</h2>
    {journal.length === 0 ? (
      <p class="hint">Nothing has moved yet.</p>
    ) : (
      <DataTable
        caption="Movements, newest first"
        isCaptionHidden
        columns={[
          { label: "No.", isNumeric: true },
          { label: "When" },
          { label: "What" },
          { label: "On hand", isNumeric: true },
          { label: "Held", isNumeric: true },
          { label: "Why" },
          { label: "Reference" },
        ]}
        rows={journal.map((entry) => [
          entry.sequence,
          formatInstant(entry.occurredAt, timeZone),
          MOVEMENT_WORDS[entry.kind],
          `${entry.onHandChange === 0 ? "" : `${signed(entry.onHandChange)} → `}${entry.onHandAfter}`,
          `${entry.heldChange === 0 ? "" : `${signed(entry.heldChange)} → `}${entry.heldAfter}`,
          `${entry.reason} (${entry.actor})`,
          entry.reference.startsWith("ord_") ? (
            <a href={`/admin/orders/${entry.reference}`}>the order</a>
          ) : (
            <bdi>{entry.reference}</bdi>
          ),
        ])}
      />
    )}
    {moreHref && <Pager shown={`${journal.length} movements`} moreHref={moreHref} />}
  </section>
);

const AdjustmentForm = ({
  sku,
  form,
  errors,
}: {
  readonly sku: string;
  readonly form: AdjustForm;
  readonly errors: StockPageModel["errors"];
}) => {
  const errorOf = (field: string): string | undefined =>
    errors.find((error) => error.field === field)?.message;
  return (
    <form class="desk-form" method="post" action={`/admin/stock/${encodeURIComponent(sku)}`} novalidate>
      <input type="hidden" name="adjustmentId" value={form.adjustmentId} />
      <Choice name="kind" legend="What happened" value={form.kind} options={KINDS} />
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
