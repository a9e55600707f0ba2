import { ATTRIBUTE_KINDS, type ProductTypeView } from "#catalog";
import { DataTable, Empty } from "#web";
import { AdminPage } from "./admin-page.tsx";
import { CatalogueViews } from "./catalogue-views.tsx";
import type { Difference } from "./difference-table.tsx";
import { EditorField, type EditorForm } from "./editor-field.tsx";
import { EditorPage } from "./editor-page.tsx";
import { FieldTable } from "./product-editor-tables.tsx";

const SECTION = "/admin/products";

/** All product types with their attributes. */
export const TypeListPage = ({ types }: { readonly types: readonly ProductTypeView[] }) => (
  <AdminPage title="Product types" section={SECTION}>
    <div class="desk-head">
      <h1>Product types</h1>
      <a href="/admin/product-types/new">New type</a>
    </div>
    <CatalogueViews here="/admin/product-types" />
    {types.length === 0 ? (
      <Empty title="No product types" action={{ href: "/admin/product-types/new", label: "Make the first" }}>
        A type says which facts all products of a kind have, so that shoppers can filter by them.
      </Empty>
    ) : (
      <DataTable
        caption="Product types"
        isCaptionHidden
        columns={[{ label: "Type" }, { label: "Key" }, { label: "Attributes" }, { label: "Filters" }]}
        rows={types.map(({ key, name, attributes }) => [
          <a href={`/admin/product-types/${key}`}>{name}</a>,
          key,
          attributes.map(({ label }) => label).join(", ") || "–",
          attributes.flatMap(({ isFacet, label }) => (isFacet ? [label] : [])).join(", ") || "–",
        ])}
      />
    )}
  </AdminPage>
);

export type TypeEditorModel = EditorForm & {
  readonly typeKey?: string | undefined;
  /** Rows of the table, with the empty ones at its end. */
  readonly count: number;
  readonly differences?: readonly Difference[] | undefined;
  readonly isSaved: boolean;
};

const KIND_WORDS = { text: "Text", number: "Number", boolean: "Yes or no", choice: "Choice", date: "Day" };
const KINDS = ATTRIBUTE_KINDS.map((kind) => ({ value: kind, label: KIND_WORDS[kind] }));
const YES = [
  { value: "", label: "No" },
  { value: "yes", label: "Yes" },
];

/** One product type as a form. */
export const TypeEditorPage = (model: TypeEditorModel) => {
  const { typeKey, values } = model;
  return (
    <EditorPage
      title={typeKey === undefined ? "New product type" : values["name"] || typeKey}
      section={SECTION}
      form={model}
      isSaved={model.isSaved}
      differences={model.differences}
      ways={typeKey !== undefined && <a href={`/admin/translations/product_type/${typeKey}`}>Languages</a>}
      actions={
        typeKey !== undefined && (
          <button class="button button-quiet" type="submit" name="do" value="delete">
            Delete this type
          </button>
        )
      }
    >
      {typeKey === undefined && (
        <EditorField
          form={model}
          name="key"
          label="Key"
          need="required"
          hint="Small letters, such as print."
        />
      )}
      <EditorField form={model} name="name" label="Name" need="required" maxLength={120} />
      <FieldTable
        form={model}
        count={model.count}
        name="attribute"
        thing="Attribute"
        caption="Attributes, in the order they are shown. Empty key and name to take one out."
        columns={[
          { part: "key", label: "Key", size: 12 },
          { part: "label", label: "Name", size: 16 },
          { part: "kind", label: "Kind", options: KINDS },
          { part: "unit", label: "Unit of a number", size: 6 },
          { part: "choices", label: "Choices, with commas between", size: 28 },
          { part: "isRequired", label: "Required", options: YES },
          { part: "isFacet", label: "Filter", options: YES },
        ]}
      />
    </EditorPage>
  );
};
