import { CatalogueViews } from "./catalogue-views.tsx";
import type { Difference } from "./difference-table.tsx";
import type { EditorForm } from "./editor-field.tsx";
import { EditorPage } from "./editor-page.tsx";
import { FieldTable } from "./product-editor-tables.tsx";

export const FACET_ORDERS = [
  { value: "count", label: "Most products first" },
  { value: "natural", label: "By size and number" },
] as const;
const SHOWN = [
  { value: "yes", label: "Shown" },
  { value: "no", label: "Hidden" },
];

export type FacetModel = {
  readonly form: EditorForm;
  /** Rows of the table, with the empty ones at its end. */
  readonly count: number;
  readonly differences?: readonly Difference[] | undefined;
  readonly isSaved: boolean;
};

/** The filters of lists and of search, as one table. */
export const FacetPage = ({ form, count, ...shown }: FacetModel) => (
  <EditorPage
    title="Filters of lists"
    section="/admin/products"
    form={form}
    savedNote="Lists follow within seconds."
    above={<CatalogueViews here="/admin/facets" />}
    {...shown}
  >
    <p>
      While this table is empty, the catalogue decides: stock, offers, every option, kind and maker. Prices
      are always a filter.
    </p>
    <p class="hint" id="facet-sources">
      Where values come from, with commas between: option: Size – attribute: material – tag: colour: (tags
      that begin so) – vendor – kind – stock – offers. Several are spellings of one thing: option: Colour,
      option: Color.
    </p>
    <FieldTable
      form={form}
      count={count}
      name="facet"
      thing="Filter"
      caption="In the order in which they stand. Empty a row to take one out."
      columns={[
        { part: "place", label: "Place", size: 3, inputmode: "numeric" },
        { part: "label", label: "Name", size: 16 },
        { part: "key", label: "Key in addresses", size: 12 },
        { part: "sources", label: "Values from", size: 32 },
        { part: "valueOrder", label: "Order of values", options: FACET_ORDERS },
        { part: "isActive", label: "In lists", options: SHOWN },
      ]}
    />
  </EditorPage>
);
