import { FILTER_PREFIX, PRICE_FROM, PRICE_TO, shortDecimal, type Facet, type FacetValue } from "#browse";
import { useSpeech } from "#web";
import type { ListAddress } from "./list-address.ts";

/** The form that everything of a list belongs to; the sort order stands elsewhere and names it. */
export const FILTER_FORM_ID = "filters";
/** Values of a facet that are in view at once; the others are one step away. */
const VALUES_IN_VIEW = 8;

export type FacetFormProps = {
  readonly address: ListAddress;
  readonly facets: readonly Facet[];
  readonly price: { readonly minMinor: number; readonly maxMinor: number } | undefined;
  readonly chosen: number;
};

/**
 * Filters as a GET form that needs no script: beside the list on wide screens, behind a button on narrow ones. Values without a
 * product are text, because choosing them leads nowhere.
 */
export const FacetForm = ({ address, facets, price, chosen }: FacetFormProps) => {
  const { say } = useSpeech();
  return (
    <details class="filter-box">
      <summary class="button button-quiet">
        {say("filter.open")}
        <span data-part="chosen">{chosen > 0 ? ` (${chosen})` : ""}</span>
      </summary>
      <form
        id={FILTER_FORM_ID}
        class="filters"
        action={address.path}
        method="get"
        aria-label={say("filter.label")}
        novalidate
      >
        {address.kept.map(([name, value]) => (
          <input type="hidden" name={name} value={value} />
        ))}
        <div data-part="facets" class="facets">
          {facets.map((facet) => (
            <FacetSet facet={facet} />
          ))}
          {price && <PriceSet address={address} price={price} />}
        </div>
        <p class="filter-foot">
          <button class="button" type="submit">
            {say("shell.apply")}
          </button>
        </p>
      </form>
    </details>
  );
};

const FacetSet = ({ facet }: { readonly facet: Facet }) => {
  const { say } = useSpeech();
  const shown = facet.values.filter(({ isSelected }, index) => isSelected || index < VALUES_IN_VIEW);
  const more = facet.values.filter((value) => !shown.includes(value));
  return (
    <fieldset class="facet">
      <legend dir="auto">{facet.label}</legend>
      <Values facet={facet} values={shown} />
      {more.length > 0 && (
        <details class="facet-more" id={`more-${facet.key}`}>
          <summary>{say("filter.more", { count: more.length + facet.hiddenValues })}</summary>
          <Values facet={facet} values={more} />
          {facet.hiddenValues > 0 && (
            <p class="hint">{say("filter.most_frequent", { count: facet.values.length })}</p>
          )}
        </details>
      )}
    </fieldset>
  );
};

const Values = ({ facet, values }: { readonly facet: Facet; readonly values: readonly FacetValue[] }) => (
  <ul>
    {values.map((value) => (
      <li>
        <Value facet={facet} value={value} />
      </li>
    ))}
  </ul>
);

const Value = ({ facet, value }: { readonly facet: Facet; readonly value: FacetValue }) => {
  if (value.count === 0 && !value.isSelected) {
    return (
      <p class="facet-value facet-none">
        <span dir="auto">{value.label}</span> <span class="facet-count">0</span>
      </p>
    );
  }
  return (
    <label class="facet-value" for={`f-${facet.key}-${value.value}`}>
      <input
        id={`f-${facet.key}-${value.value}`}
        type="checkbox"
        name={FILTER_PREFIX + facet.key}
        value={value.value}
        checked={value.isSelected}
      />
      <span dir="auto">{value.label}</span> <span class="facet-count">{value.count}</span>
    </label>
  );
};

const PriceSet = ({
  address: { filters, currency },
  price,
}: {
  readonly address: ListAddress;
  readonly price: { readonly minMinor: number; readonly maxMinor: number };
}) => {
  const { say, moneyShort } = useSpeech();
  const amount = (minor: number | undefined): string =>
    minor === undefined ? "" : shortDecimal(minor, currency);
  return (
    <fieldset class="facet">
      <legend>{say("filter.price")}</legend>
      <p class="hint" id="price-hint">
        {say("filter.range", {
          from: moneyShort(price.minMinor, currency),
          to: moneyShort(price.maxMinor, currency),
        })}
      </p>
      <div class="facet-range">
        <label for="price-from">{say("filter.from")}</label>
        <input
          id="price-from"
          name={PRICE_FROM}
          value={amount(filters.priceFromMinor)}
          inputmode="decimal"
          autocomplete="off"
          aria-describedby="price-hint"
        />
        <label for="price-to">{say("filter.to")}</label>
        <input
          id="price-to"
          name={PRICE_TO}
          value={amount(filters.priceToMinor)}
          inputmode="decimal"
          autocomplete="off"
          aria-describedby="price-hint"
        />
      </div>
    </fieldset>
  );
};
