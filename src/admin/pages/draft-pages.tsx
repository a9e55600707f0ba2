import type { PricedStaffDraft } from "#checkout";
import { staffTitleOf } from "#orders";
import type { Market } from "#pricing";
import { DataTable, ErrorSummary, Field, formatMinor, Notice, type SummaryError } from "#web";
import { AddressFields } from "./address-fields.tsx";
import { AdminPage, Word } from "./admin-page.tsx";
import { DRAFT_STATUS_WORDS } from "./draft-list-page.tsx";
import { SectionViews } from "./section-views.tsx";

/** Rows for goods on the form. */
export const DRAFT_ROWS = 6;

export type DraftFormModel = {
  /** Absent for a new one. */
  readonly priced?: PricedStaffDraft;
  readonly values: Readonly<Record<string, string>>;
  readonly errors: readonly SummaryError[];
  readonly currency: string;
  /** Whose prices and tax hold; absent in a shop of one market. */
  readonly market?: Market;
  /** Those that a new draft may be written in. */
  readonly markets?: readonly Market[];
  readonly country: string;
  readonly countries: readonly { readonly value: string; readonly label: string }[];
  readonly notice?: string;
  /** How the buyer may pay. */
  readonly payments?: readonly { readonly value: string; readonly label: string }[];
};

/** One draft: what it costs on the right, what it says on the left. */
export const DraftPage = (model: DraftFormModel) => {
  const { priced, errors, notice, payments = [] } = model;
  const isOpen = priced === undefined || priced.draft.status === "open";
  return (
    <AdminPage title={priced ? "Draft order" : "Write an order"} section="/admin/orders">
      <div class="desk-head">
        <h1>{priced ? `Draft order ${priced.draft.draftId.slice(-8).toUpperCase()}` : "Write an order"}</h1>
        <a href="/admin/drafts">All drafts</a>
      </div>
      <MarketFact {...model} />
      <ErrorSummary errors={errors} />
      {notice && (
        <Notice tone="good" role="status">
          <p>{notice}</p>
        </Notice>
      )}
      <div class="desk-columns">
        {isOpen ? <DraftForm {...model} /> : <Ended priced={priced} />}
        {priced && (
          <aside class="desk-stack" aria-label="What it costs">
            <Totals priced={priced} />
            {isOpen && <PlaceForm priced={priced} payments={payments} />}
          </aside>
        )}
      </div>
    </AdminPage>
  );
};

/** In which market it is written; a new one may be begun in another, a begun one stays. */
const MarketFact = ({ market, markets }: DraftFormModel) =>
  market &&
  (markets ? (
    <SectionViews
      label="Market"
      views={markets.map((one) => ({
        href: `/admin/drafts/new?market=${one.marketId}`,
        label: `${one.name}, ${one.currency}`,
      }))}
      here={`/admin/drafts/new?market=${market.marketId}`}
    />
  ) : (
    <p>
      Prices and tax of {market.name}, in {market.currency}.
    </p>
  ));

const Ended = ({ priced }: { readonly priced: PricedStaffDraft }) => (
  <section>
    <p>
      <Word tone={DRAFT_STATUS_WORDS[priced.draft.status].tone}>
        {DRAFT_STATUS_WORDS[priced.draft.status].word}
      </Word>
    </p>
    {priced.draft.orderId && (
      <p>
        <a href={`/admin/orders/${priced.draft.orderId}`}>Open the order</a>
      </p>
    )}
  </section>
);

const DraftForm = ({ priced, market, values, errors, country, countries, currency }: DraftFormModel) => {
  const errorOf = (name: string): string | undefined => errors.find((error) => error.field === name)?.message;
  const byField = Object.fromEntries(
    errors.map(({ field, message }) => [field.replace("address-", ""), message]),
  );
  return (
    <form
      class="desk-form"
      method="post"
      action={priced ? `/admin/drafts/${priced.draft.draftId}` : "/admin/drafts"}
      novalidate
    >
      {priced && <input type="hidden" name="version" value={String(priced.draft.version)} />}
      {!priced && market && <input type="hidden" name="market" value={market.marketId} />}
      <Goods values={values} errorOf={errorOf} currency={currency} />
      <fieldset>
        <legend>Buyer</legend>
        <Field
          name="email"
          label="E-mail"
          type="email"
          value={values["email"]}
          error={errorOf("email")}
          maxLength={254}
        />
        <Field name="country" label="Country" options={countries} value={country} width="medium" />
        <AddressFields country={country} value={addressOf(values)} errors={byField} />
      </fieldset>
      <fieldset>
        <legend>Discount</legend>
        <Field name="discountLabel" label="What for" value={values["discountLabel"]} maxLength={80} />
        <Field
          name="discountAmount"
          label={`Amount in ${currency}`}
          width="short"
          value={values["discountAmount"]}
          error={errorOf("discountAmount")}
          maxLength={16}
        />
      </fieldset>
      <Field name="note" label="Note for colleagues" rows={2} value={values["note"]} maxLength={2_000} />
      <p>
        <button class="button" type="submit">
          {priced ? "Save" : "Save and see what it costs"}
        </button>
      </p>
    </form>
  );
};

type GoodsProps = {
  readonly values: Readonly<Record<string, string>>;
  readonly errorOf: (name: string) => string | undefined;
  readonly currency: string;
};

const Goods = ({ values, errorOf, currency }: GoodsProps) => (
  <fieldset>
    <legend>Items</legend>
    {Array.from({ length: DRAFT_ROWS }, (_, row) => (
      <div class="field-row">
        <Field
          name={`sku-${row}`}
          label="SKU"
          value={values[`sku-${row}`]}
          error={errorOf(`sku-${row}`)}
          maxLength={64}
        />
        <Field
          name={`units-${row}`}
          label="Units"
          inputmode="numeric"
          width="short"
          value={values[`units-${row}`]}
          error={errorOf(`units-${row}`)}
          maxLength={5}
        />
        <Field
          name={`price-${row}`}
          label={`Agreed price, ${currency}`}
          width="short"
          value={values[`price-${row}`]}
          error={errorOf(`price-${row}`)}
          maxLength={16}
        />
      </div>
    ))}
  </fieldset>
);

const addressOf = (values: Readonly<Record<string, string>>): Record<string, string> =>
  Object.fromEntries(
    Object.entries(values).flatMap(([name, value]) =>
      name.startsWith("address-") ? [[name.slice("address-".length), value]] : [],
    ),
  );

const Totals = ({ priced }: { readonly priced: PricedStaffDraft }) => {
  const { order, unknownLineIds } = priced;
  const amount = (minor: number): string => formatMinor(minor, order.currency);
  return (
    <section>
      <h2>What it costs now</h2>
      <DataTable
        caption="Items of this draft"
        isCaptionHidden
        columns={[
          { label: "Item" },
          { label: "Units", isNumeric: true },
          { label: "Total", isNumeric: true },
        ]}
        rows={order.lines.map((line) => [
          <bdi>{staffTitleOf(line)}</bdi>,
          line.quantity,
          amount(line.totalMinor),
        ])}
      />
      {unknownLineIds.length > 0 && (
        <p class="field-error">{unknownLineIds.length} items are not sold any more.</p>
      )}
      <dl class="desk-facts">
        {order.discountMinor > 0 && (
          <>
            <dt>{order.discounts[0]?.label}</dt>
            <dd>−{amount(order.discountMinor)}</dd>
          </>
        )}
        <dt>{order.delivery.name || "Delivery"}</dt>
        <dd>{amount(order.deliveryMinor)}</dd>
        <dt>Total</dt>
        <dd>
          <b>{amount(order.totalMinor)}</b>, of which {order.isTaxAdded === true ? "tax" : "VAT"}{" "}
          {amount(order.taxMinor)}
        </dd>
      </dl>
    </section>
  );
};

const MISSING_WORDS = {
  lines: "items",
  email: "an e-mail address",
  address: "an address",
  delivery: "a way of delivery",
} as const;

type PlaceFormProps = {
  readonly priced: PricedStaffDraft;
  readonly payments: NonNullable<DraftFormModel["payments"]>;
};

const PlaceForm = ({ priced, payments }: PlaceFormProps) => {
  const { draft, missing, options } = priced;
  const action = `/admin/drafts/${draft.draftId}`;
  if (missing.length > 0)
    return (
      <p class="hint">
        Before it can be ordered it needs {missing.map((part) => MISSING_WORDS[part]).join(", ")}.
      </p>
    );
  return (
    <>
      <form class="desk-form" method="post" action={`${action}/place`}>
        <input type="hidden" name="version" value={String(draft.version)} />
        <Field
          name="deliveryMethodId"
          label="Way of delivery"
          options={options.map((option) => ({ value: option.methodId, label: option.name }))}
          value={draft.document.deliveryMethodId ?? priced.order.delivery.methodId}
        />
        <Field name="payment" label="The buyer pays by" options={payments} />
        <p>
          <button class="button" type="submit">
            Place the order
          </button>
        </p>
      </form>
      <form method="post" action={`${action}/cancel`}>
        <input type="hidden" name="version" value={String(draft.version)} />
        <button class="button button-quiet" type="submit">
          Give this draft up
        </button>
      </form>
    </>
  );
};
