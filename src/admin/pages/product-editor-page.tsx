import type { AttributeDefinition, ProductTypeView } from "#catalog";
import { ErrorSummary, Field, Notice } from "#web";
import { AdminPage } from "./admin-page.tsx";
import { DifferenceTable, type Difference } from "./difference-table.tsx";
import { FactTable, PictureTable, VariantTable } from "./product-editor-tables.tsx";
import { TypedFields } from "./typed-fields.tsx";
import { EditorField, errorOf, type EditorForm } from "./editor-field.tsx";

export type { Difference } from "./difference-table.tsx";

export type ProductEditorModel = EditorForm & {
  readonly handle?: string | undefined;
  readonly types: readonly ProductTypeView[];
  /** Of the chosen type. */
  readonly attributes: readonly AttributeDefinition[];
  readonly rows: { readonly variants: number; readonly pictures: number; readonly facts: number };
  readonly differences?: readonly Difference[] | undefined;
  readonly currency: string;
  readonly timeZone: string;
  readonly isSaved: boolean;
};

const STATUSES = [
  { value: "draft", label: "Draft: only staff see it" },
  { value: "active", label: "Active: sold from its day on" },
  { value: "archived", label: "Archived: its page says that it is gone" },
];

/** A product as one form, in the order of PAGES: text, pictures, options, variants, prices, sorting, publication, SEO. */
export const ProductEditorPage = (model: ProductEditorModel) => {
  const { handle, values, mistakes = [], differences = [] } = model;
  const name = handle === undefined ? "New product" : values["title"] || handle;
  const title = mistakes.length > 0 ? `Error: ${name}` : name;
  return (
    <AdminPage title={title} section="/admin/products">
      <ErrorSummary errors={mistakes} />
      <div class="desk-head">
        <h1>
          <bdi>{name}</bdi>
        </h1>
        {handle !== undefined && <Ways handle={handle} />}
      </div>
      {model.isSaved && <Notice tone="good">Saved.</Notice>}
      {differences.length > 0 && <DifferenceTable differences={differences} />}
      <form class="editor" method="post" novalidate>
        <input type="hidden" name="version" value={values["version"] ?? "0"} />
        <Words {...model} />
        <Goods {...model} />
        <Sorting {...model} />
        <Publishing {...model} />
        <div class="editor-save">
          <button class="button" type="submit" name="do" value="save">
            {differences.length > 0 ? "Save mine over theirs" : "Save"}
          </button>
          {handle !== undefined && (
            <a href={`/admin/products/${encodeURIComponent(handle)}`}>Leave without saving</a>
          )}
        </div>
      </form>
    </AdminPage>
  );
};

const Ways = ({ handle }: { readonly handle: string }) => (
  <nav class="desk-views" aria-label="About this product">
    <a href={`/admin/products/${encodeURIComponent(handle)}`}>Stock and prices</a>
    <a href={`/admin/translations/product/${encodeURIComponent(handle)}`}>Languages</a>
    <a href={`/admin/products/${encodeURIComponent(handle)}/preview`}>See it as a page</a>
  </nav>
);

const Words = (model: ProductEditorModel) => (
  <section class="editor-part" aria-labelledby="part-words">
    <h2 id="part-words">Words</h2>
    <EditorField form={model} name="title" label="Title" need="required" maxLength={255} />
    <EditorField
      form={model}
      name="handle"
      label="Handle"
      need="required"
      hint="The last part of its address, such as heron-print. Another one leaves a redirect behind."
      maxLength={255}
    />
    <EditorField
      form={model}
      name="descriptionHtml"
      label="Description"
      hint="Text or HTML; scripts and styles are taken out."
      rows={8}
    />
  </section>
);

const Goods = (model: ProductEditorModel) => (
  <>
    <section class="editor-part" aria-labelledby="part-pictures">
      <h2 id="part-pictures">Pictures</h2>
      <PictureTable form={model} count={model.rows.pictures} />
    </section>
    <section class="editor-part" aria-labelledby="part-variants">
      <h2 id="part-variants">Options and variants</h2>
      <div class="editor-columns">
        {[0, 1, 2].map((index) => (
          <EditorField
            form={model}
            name={`option.${index}`}
            label={`Option ${index + 1}`}
            need="optional"
            width="medium"
            maxLength={255}
          />
        ))}
      </div>
      <VariantTable form={model} count={model.rows.variants} currency={model.currency} />
      <p>
        <button class="button button-quiet" type="submit" name="do" value="rows">
          More empty lines
        </button>
      </p>
    </section>
  </>
);

const Sorting = (model: ProductEditorModel) => (
  <section class="editor-part" aria-labelledby="part-sorting">
    <h2 id="part-sorting">What it is</h2>
    <div class="field-row">
      <Field
        name="typeKey"
        label="Product type"
        value={model.values["typeKey"]}
        error={errorOf(model, "typeKey")}
        options={[
          { value: "", label: "None: facts of its own only" },
          ...model.types.map(({ key, name }) => ({ value: key, label: name })),
        ]}
      />
      <button class="button button-quiet" type="submit" name="do" value="type">
        Show its fields
      </button>
    </div>
    <TypedFields form={model} attributes={model.attributes} />
    <FactTable form={model} count={model.rows.facts} />
    <div class="editor-columns">
      <EditorField form={model} name="vendor" label="Vendor" maxLength={255} />
      <EditorField
        form={model}
        name="productType"
        label="Filed under"
        hint="Words, such as Print."
        maxLength={255}
      />
    </div>
    <EditorField form={model} name="tags" label="Tags" hint="One per line." rows={3} />
    <EditorField
      form={model}
      name="collections"
      label="Collections kept by hand"
      hint="One handle per line. Those with a rule take it by themselves."
      rows={3}
    />
    <h3>What goes with it</h3>
    <div class="editor-columns">
      {RELATIONS.map(({ kind, label }) => (
        <EditorField
          form={model}
          name={`relation.${kind}`}
          label={label}
          hint="One handle per line, in order."
          rows={3}
        />
      ))}
    </div>
  </section>
);

const RELATIONS = [
  { kind: "accessory", label: "Accessories" },
  { kind: "part_of_set", label: "Parts of the same set" },
  { kind: "replacement", label: "Replacements" },
  { kind: "goes_with", label: "Goes with" },
] as const;

const Publishing = (model: ProductEditorModel) => (
  <>
    <section class="editor-part" aria-labelledby="part-publishing">
      <h2 id="part-publishing">Publication</h2>
      <EditorField form={model} name="status" label="Status" options={STATUSES} width="medium" />
      <div class="editor-columns">
        <EditorField
          form={model}
          name="publishAt"
          label="Shown from"
          need="optional"
          hint={`Such as 2026-12-24 09:00, ${model.timeZone}.`}
          width="medium"
        />
        <EditorField
          form={model}
          name="unpublishAt"
          label="Shown until"
          need="optional"
          hint="Then it is gone from the shop."
          width="medium"
        />
      </div>
      <EditorField
        form={model}
        name="channels"
        label="Channels"
        hint="Such as web, pos, marketplace. The shop itself is web."
      />
    </section>
    <section class="editor-part" aria-labelledby="part-seo">
      <h2 id="part-seo">For search engines</h2>
      <EditorField form={model} name="seoTitle" label="Title" need="optional" maxLength={255} />
      <EditorField form={model} name="seoDescription" label="Description" need="optional" rows={2} />
    </section>
  </>
);
