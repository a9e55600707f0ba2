import { Cell, type EditorForm } from "./editor-field.tsx";

type TableProps = {
  readonly form: EditorForm;
  /** Rows with something in them, and the empty ones after them. */
  readonly count: number;
};
type Column = {
  readonly part: string;
  readonly label: string;
  readonly size?: number;
  readonly inputmode?: "numeric";
  readonly options?: readonly { readonly value: string; readonly label: string }[];
};

/** A table of fields: one row per thing, one column per fact; empty rows at its end add to it. */
export const FieldTable = ({
  form,
  count,
  name,
  thing,
  columns,
  caption,
}: TableProps & {
  readonly name: string;
  readonly thing: string;
  readonly caption: string;
  readonly columns: readonly Column[];
}) => (
  <div class="editor-table" role="region" aria-label={caption} tabindex={0}>
    <table>
      <caption>{caption}</caption>
      <thead>
        <tr>
          <th scope="col">No.</th>
          {columns.map(({ label }) => (
            <th scope="col">{label}</th>
          ))}
        </tr>
      </thead>
      <tbody>
        {Array.from({ length: count }, (_, row) => (
          <tr>
            <th scope="row">{row + 1}</th>
            {columns.map(({ part, label, ...column }) => (
              <td>
                <Cell
                  form={form}
                  name={`${name}.${row}.${part}`}
                  label={`${thing} ${row + 1}, ${label.toLowerCase()}`}
                  {...column}
                />
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  </div>
);

/** Pictures in their order: a smaller place number moves one up, an empty address takes it out. */
export const PictureTable = ({ form, count }: TableProps) => (
  <FieldTable
    form={form}
    count={count}
    name="picture"
    thing="Picture"
    caption="In their order. Change a place to move one; empty its address to take it out."
    columns={[
      { part: "place", label: "Place", size: 3, inputmode: "numeric" },
      { part: "url", label: "Address", size: 24 },
      { part: "alt", label: "What it shows", size: 28 },
      { part: "width", label: "Width", size: 5, inputmode: "numeric" },
      { part: "height", label: "Height", size: 5, inputmode: "numeric" },
      { part: "focalX", label: "Focus across, %", size: 4, inputmode: "numeric" },
      { part: "focalY", label: "Focus down, %", size: 4, inputmode: "numeric" },
    ]}
  />
);

const TAX_CLASSES = [
  { value: "standard", label: "Standard" },
  { value: "reduced", label: "Reduced" },
  { value: "zero", label: "Zero" },
];
const SHIPPING = [
  { value: "yes", label: "Sent" },
  { value: "", label: "Not sent" },
];

/** Variants, one per row; a row without SKU, values and price is no variant. */
export const VariantTable = ({ form, count, currency }: TableProps & { readonly currency: string }) => {
  const options = [0, 1, 2].filter((index) => index === 0 || (form.values[`option.${index}`] ?? "") !== "");
  return (
    <FieldTable
      form={form}
      count={count}
      name="variant"
      thing="Variant"
      caption={`Prices in ${currency}. Empty a row to take a variant out; ids of the others stay.`}
      columns={[
        { part: "sku", label: "SKU", size: 14 },
        ...options.map((index) => ({
          part: `value${index}`,
          label: form.values[`option.${index}`] || `Option ${index + 1}`,
          size: 10,
        })),
        { part: "price", label: "Price", size: 7 },
        { part: "compareAt", label: "Was", size: 7 },
        { part: "lowest", label: "Lowest in 30 days", size: 7 },
        { part: "weight", label: "Weight, g", size: 6, inputmode: "numeric" },
        { part: "picture", label: "Picture no.", size: 3, inputmode: "numeric" },
        { part: "taxClass", label: "Tax", options: TAX_CLASSES },
        { part: "ships", label: "Delivery", options: SHIPPING },
        { part: "barcode", label: "Barcode", size: 14 },
      ]}
    />
  );
};

/** Facts of its own, beside those of its type. */
export const FactTable = ({ form, count }: TableProps) => (
  <FieldTable
    form={form}
    count={count}
    name="fact"
    thing="Fact"
    caption="Facts of its own"
    columns={[
      { part: "name", label: "Fact", size: 18 },
      { part: "value", label: "Value", size: 32 },
    ]}
  />
);
