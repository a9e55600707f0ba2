import type { Market } from "#pricing";
import { DataTable } from "#web";
import { AdminPage } from "./admin-page.tsx";
import type { Difference } from "./difference-table.tsx";
import { EditorField, type EditorForm } from "./editor-field.tsx";
import { EditorPage } from "./editor-page.tsx";
import { PriceViews } from "./price-views.tsx";
import { rateOf } from "./price-words.ts";

const SECTION = "/admin/price-lists";
const PATH = "/admin/markets";

/** All markets, the default one first. */
export const MarketListPage = ({
  markets,
  shopCurrency,
}: {
  readonly markets: readonly Market[];
  readonly shopCurrency: string;
}) => (
  <AdminPage title="Markets" section={SECTION}>
    <div class="desk-head">
      <h1>Markets</h1>
      <a class="button" href={`${PATH}/new`}>
        New market
      </a>
    </div>
    <PriceViews here="/admin/markets" />
    <DataTable
      caption="Markets"
      isCaptionHidden
      columns={[
        { label: "Market" },
        { label: "Address" },
        { label: "Countries" },
        { label: "Languages" },
        { label: "Currency" },
        { label: `Rate to ${shopCurrency}`, isNumeric: true },
        { label: "Tax" },
      ]}
      rows={markets.map((market) => [
        <a href={`${PATH}/${market.marketId}`}>{market.name}</a>,
        market.isDefault ? "/" : `/${market.pathPrefix}-…/`,
        market.isDefault ? "All others" : market.countries.join(", "),
        market.locales.join(", "),
        market.currency,
        rateOf(market.exchangeRatePpm),
        market.pricesIncludeTax ? "In the prices" : "Added to them",
      ])}
    />
  </AdminPage>
);

export type MarketModel = {
  /** Absent for a new one. */
  readonly marketId: string | undefined;
  readonly form: EditorForm;
  readonly shopCurrency: string;
  readonly differences?: readonly Difference[] | undefined;
  readonly isSaved: boolean;
};

/** One market as a form. */
export const MarketPage = (model: MarketModel) => {
  const { form, marketId } = model;
  return (
    <EditorPage
      title={marketId === undefined ? "New market" : form.values["name"] || marketId}
      section={SECTION}
      form={form}
      isSaved={model.isSaved}
      savedNote="Prices follow at once in a small shop, within minutes in a large one."
      differences={model.differences}
      saveLabel={marketId === undefined ? "Create it" : "Save"}
    >
      {marketId === undefined && (
        <EditorField
          form={form}
          name="marketId"
          label="Key"
          need="required"
          hint="Small letters, digits and dashes, such as ch. It stays."
          width="short"
        />
      )}
      <EditorField form={form} name="name" label="Name" need="required" maxLength={60} width="medium" />
      <PlaceFields form={form} />
      <MoneyFields {...model} />
    </EditorPage>
  );
};

const PlaceFields = ({ form }: { readonly form: EditorForm }) => (
  <>
    <EditorField
      form={form}
      name="countries"
      label="Countries"
      hint="Such as CH, LI. Empty for the default market, which takes every other."
    />
    <EditorField
      form={form}
      name="pathPrefix"
      label="First word of its addresses"
      hint="Two small letters, such as ch. Empty for the default market."
      width="short"
    />
    <EditorField
      form={form}
      name="locales"
      label="Languages"
      hint="Such as de-CH, fr-CH. Each language once."
    />
    <EditorField
      form={form}
      name="defaultLocale"
      label="Language it begins with"
      hint="One of them, such as de-CH."
      width="short"
    />
  </>
);

const TAX = [
  { value: "yes", label: "Prices contain tax" },
  { value: "no", label: "Tax is added to prices" },
];

const MoneyFields = ({ form, marketId, shopCurrency }: MarketModel) => (
  <>
    <EditorField
      form={form}
      name="currency"
      label="Currency"
      hint={
        marketId === undefined ? "Such as CHF. It stays." : "It stays; another currency is another market."
      }
      width="short"
      isReadOnly={marketId !== undefined}
    />
    <EditorField
      form={form}
      name="exchangeRate"
      label="Exchange rate"
      hint={`What 1 ${shopCurrency} costs in its currency, such as 0.95.`}
      width="short"
    />
    <EditorField
      form={form}
      name="stepMinor"
      label="Round to steps of"
      hint="In the smallest unit: 1 does not round, 5 is the Swiss five centimes."
      inputmode="numeric"
      width="short"
    />
    <EditorField
      form={form}
      name="endingMinor"
      label="With the ending"
      hint="Smaller than the step: 99 with 100 makes prices like 19.99."
      inputmode="numeric"
      width="short"
    />
    <EditorField form={form} name="pricesIncludeTax" label="Tax" options={TAX} width="medium" />
  </>
);
