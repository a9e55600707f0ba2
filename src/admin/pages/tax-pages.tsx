import type { TaxClass, TaxRate, TaxSettings } from "#pricing";
import { DataTable } from "#web";
import { AdminPage } from "./admin-page.tsx";
import type { Difference } from "./difference-table.tsx";
import { EditorField, type EditorForm } from "./editor-field.tsx";
import { EditorPage } from "./editor-page.tsx";
import { PriceViews } from "./price-views.tsx";
import { percentOf } from "./price-words.ts";
import { FieldTable } from "./product-editor-tables.tsx";

const SECTION = "/admin/price-lists";
const PATH = "/admin/taxes";

export const TAX_CLASS_WORDS: Readonly<Record<TaxClass, string>> = {
  standard: "Standard",
  reduced: "Reduced",
  zero: "Zero",
};
const CLASSES = (["standard", "reduced", "zero"] as const).map((value) => ({
  value,
  label: TAX_CLASS_WORDS[value],
}));
const YES_NO = [
  { value: "yes", label: "Yes" },
  { value: "no", label: "No" },
];

export type TaxZone = {
  readonly country: string;
  readonly name: string;
  readonly rates: readonly TaxRate[];
  readonly ruleCount: number;
};

export type TaxListModel = {
  readonly zones: readonly TaxZone[];
  readonly settings: TaxSettings | undefined;
  readonly countryName: (code: string) => string;
  /** What was typed as the country to open, when it is none. */
  readonly wrongCountry: string | undefined;
};

/** All countries that the shop taxes, and how it stands to the EU. */
export const TaxListPage = ({ zones, settings, countryName, wrongCountry }: TaxListModel) => (
  <AdminPage title="Taxes" section={SECTION}>
    <div class="desk-head">
      <h1>Taxes</h1>
      <a href={`${PATH}/settings`}>Selling across borders</a>
    </div>
    <PriceViews here="/admin/taxes" />
    <p>
      {settings
        ? `Sold from ${countryName(settings.originCountry)}; within the EU ${settings.isAboveThreshold ? "the buyer's" : "your own"} country's rates hold.`
        : "Nobody has said yet where the shop sells from: the buyer's country's rates hold everywhere."}
    </p>
    <DataTable
      caption="Countries with tax"
      isCaptionHidden
      columns={[
        { label: "Country" },
        ...CLASSES.map(({ label }) => ({ label, isNumeric: true })),
        { label: "States and later rates", isNumeric: true },
      ]}
      rows={zones.map(({ country, name, rates, ruleCount }) => [
        <a href={`${PATH}/countries/${country}`}>{name}</a>,
        ...CLASSES.map(({ value }) => {
          const rate = rates.find(({ taxClass }) => taxClass === value);
          return rate ? percentOf(rate.ratePpm) : "–";
        }),
        ruleCount,
      ])}
    />
    <section class="desk-stack" aria-label="Another country">
      <p>A country that is not here has no tax.</p>
      <form class="desk-form" method="get" action={PATH}>
        <EditorField
          form={{
            values: { country: wrongCountry ?? "" },
            ...(wrongCountry === undefined
              ? {}
              : { mistakes: [{ field: "country", message: "Enter two letters, such as FR." }] }),
          }}
          name="country"
          label="Another country"
          hint="Two letters, such as FR."
          width="short"
          maxLength={2}
        />
        <p>
          <button class="button button-quiet" type="submit">
            Open its taxes
          </button>
        </p>
      </form>
    </section>
  </AdminPage>
);

type EditorModel = {
  readonly form: EditorForm;
  readonly differences?: readonly Difference[] | undefined;
  readonly isSaved: boolean;
};

const SAVED_NOTE = "The till has it at once, pages within seconds.";
const back = <a href={PATH}>All countries</a>;

/** Rates and rules of one country. */
export const TaxCountryPage = ({
  name,
  count,
  regions,
  timeZone,
  form,
  ...shown
}: EditorModel & {
  readonly name: string;
  /** Rows of the table, with the empty ones at its end. */
  readonly count: number;
  /** Whether this country has states that a rule can name. */
  readonly regions: boolean;
  readonly timeZone: string;
}) => (
  <EditorPage
    title={`Taxes in ${name}`}
    section={SECTION}
    form={form}
    savedNote={SAVED_NOTE}
    ways={back}
    {...shown}
  >
    <section class="editor-part" aria-labelledby="part-rates">
      <h2 id="part-rates">Rates</h2>
      <div class="field-row">
        {CLASSES.map(({ value, label }) => (
          <EditorField
            form={form}
            name={value}
            label={`${label}, percent`}
            need="optional"
            width="short"
            maxLength={8}
          />
        ))}
      </div>
      <p class="hint">Goods of a class without a rate have no tax here. Delivery is taxed as standard.</p>
    </section>
    <section class="editor-part" aria-labelledby="part-rules">
      <h2 id="part-rules">States, and rates that begin later</h2>
      <FieldTable
        form={form}
        count={count}
        name="rule"
        thing="Rule"
        caption={`They go before the rates above; the newest that has begun holds. Days begin at midnight in ${timeZone}. Empty the percent of a row to take it out.`}
        columns={[
          { part: "region", label: regions ? "State" : "State (none here)", size: 4 },
          { part: "taxClass", label: "Class", options: CLASSES },
          { part: "percent", label: "Percent", size: 7 },
          { part: "validFrom", label: "From (2027-01-01)", size: 16 },
          { part: "taxesDelivery", label: "Delivery taxed", options: YES_NO },
        ]}
      />
    </section>
  </EditorPage>
);

/** How the shop stands to the rules for selling across borders. */
export const TaxSettingsPage = ({
  form,
  currency,
  ...shown
}: EditorModel & { readonly currency: string }) => (
  <EditorPage
    title="Selling across borders"
    section={SECTION}
    form={form}
    savedNote={SAVED_NOTE}
    ways={back}
    {...shown}
  >
    <EditorField
      form={form}
      name="originCountry"
      label="The shop sells from"
      need="required"
      hint="Two letters, such as DE."
      width="short"
      maxLength={2}
    />
    <EditorField
      form={form}
      name="isAboveThreshold"
      label="Sales into other EU countries"
      options={[
        { value: "no", label: "My own rates: below 10,000 EUR a year" },
        { value: "yes", label: "Theirs: above it, or One Stop Shop" },
      ]}
    />
    <EditorField
      form={form}
      name="isIossRegistered"
      label="Parcels into the EU, for a shop outside it"
      options={[
        { value: "no", label: "The buyer pays tax where they enter" },
        { value: "yes", label: "I collect it by the Import One Stop Shop" },
      ]}
    />
    <EditorField
      form={form}
      name="importLimit"
      label={`Up to goods worth, in ${currency}`}
      hint="What 150 EUR are. Above it the buyer pays where the parcel enters."
      width="short"
      maxLength={16}
    />
  </EditorPage>
);
