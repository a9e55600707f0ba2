import type { EntryView, StoredPriceList } from "#pricing";
import { DataTable, formatMinor, Pager } from "#web";
import { EditorField, type EditorForm } from "./editor-field.tsx";
import { percentOf } from "./price-words.ts";

export type EntriesModel = {
  readonly stored: StoredPriceList;
  readonly rows: readonly EntryView[];
  readonly entryForm: EditorForm;
  /** ISO 4217 of the amounts. */
  readonly currency: string;
  readonly nextHref: string | undefined;
  readonly firstHref: string | undefined;
};

/** One page of the prices of a list, each with a button that takes it out. */
export const Entries = ({ rows, currency, stored, nextHref, firstHref }: EntriesModel) => (
  <>
    {rows.length === 0 ? (
      <p>No variant has a price of its own on this page of the list.</p>
    ) : (
      <DataTable
        caption="Prices of this list"
        isCaptionHidden
        columns={[
          { label: "Variant" },
          { label: "SKU" },
          { label: "From units", isNumeric: true },
          { label: "Price", isNumeric: true },
          { label: "Before", isNumeric: true },
          { label: "Take out" },
        ]}
        rows={rows.map(({ variantId, title, sku, minQuantity, price }) => [
          title || variantId,
          sku || "–",
          minQuantity,
          price.kind === "fixed"
            ? formatMinor(price.amountMinor, currency)
            : `${percentOf(price.percentOffPpm)} off`,
          price.kind === "fixed" && price.compareAtMinor !== undefined
            ? formatMinor(price.compareAtMinor, currency)
            : "–",
          <form method="post">
            <input type="hidden" name="variantId" value={variantId} />
            <input type="hidden" name="minQuantity" value={String(minQuantity)} />
            <button
              class="button button-quiet"
              type="submit"
              name="do"
              value="remove"
              aria-label={`Remove ${sku || variantId} from ${minQuantity}`}
            >
              Remove
            </button>
          </form>,
        ])}
      />
    )}
    <Pager
      shown={`${rows.length} of ${stored.entryCount} on this page`}
      moreHref={nextHref}
      firstHref={firstHref}
    />
  </>
);

/** A form that puts a price in. */
export const AddEntry = ({ entryForm, currency }: EntriesModel) => (
  <section>
    <h2 id="put">Add or replace a price</h2>
    <form class="desk-form" method="post" novalidate>
      <EditorField form={entryForm} name="sku" label="SKU" need="required" width="medium" />
      <EditorField
        form={entryForm}
        name="minQuantity"
        label="From units"
        hint="1 is every purchase."
        inputmode="numeric"
        width="short"
      />
      <EditorField form={entryForm} name="amount" label={`Price in ${currency}`} width="short" />
      <EditorField
        form={entryForm}
        name="before"
        label={`Price before, in ${currency}`}
        need="optional"
        width="short"
      />
      <EditorField form={entryForm} name="percent" label="Or percent off" need="optional" width="short" />
      <p>
        <button class="button" type="submit" name="do" value="add">
          Put it in
        </button>
      </p>
    </form>
  </section>
);
