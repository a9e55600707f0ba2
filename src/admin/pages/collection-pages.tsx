import type { RulePreview, StaffCollectionRow } from "#catalog";
import { epochMs } from "#kernel";
import { DataTable, Empty, ErrorSummary, formatInstant, Notice, Pager } from "#web";
import { AdminPage, Word } from "./admin-page.tsx";
import { CatalogueViews } from "./catalogue-views.tsx";
import { DifferenceTable, type Difference } from "./difference-table.tsx";
import { EditorField, type EditorForm } from "./editor-field.tsx";
import { FieldTable } from "./product-editor-tables.tsx";

const SECTION = "/admin/products";

export type CollectionListModel = {
  readonly rows: readonly StaffCollectionRow[];
  readonly nextHref?: string | undefined;
  readonly firstHref?: string | undefined;
  readonly timeZone: string;
};

/** Collections in the shop's order. */
export const CollectionListPage = ({ rows, nextHref, firstHref, timeZone }: CollectionListModel) => (
  <AdminPage title="Collections" section={SECTION}>
    <div class="desk-head">
      <h1>Collections</h1>
      <a href="/admin/collections/new">New collection</a>
    </div>
    <CatalogueViews here="/admin/collections" />
    {rows.length === 0 ? (
      <Empty title="No collections" action={{ href: "/admin/collections/new", label: "Make the first" }}>
        A collection is a page of products, picked by hand or by a rule.
      </Empty>
    ) : (
      <>
        <DataTable
          caption="Collections in the shop's order"
          isCaptionHidden
          columns={[
            { label: "Collection" },
            { label: "Kept" },
            { label: "Products", isNumeric: true },
            { label: "Place", isNumeric: true },
            { label: "Changed", isWhole: true },
          ]}
          rows={rows.map((row) => [
            <a href={`/admin/collections/${encodeURIComponent(row.handle)}`}>
              <bdi>{row.title}</bdi>
            </a>,
            <Word tone={row.hasRule ? "plain" : "quiet"}>{row.hasRule ? "By rule" : "By hand"}</Word>,
            row.productCount,
            row.position,
            formatInstant(epochMs(row.updatedAtMs), timeZone),
          ])}
        />
        <Pager shown={`${rows.length} on this page`} moreHref={nextHref} firstHref={firstHref} />
      </>
    )}
  </AdminPage>
);

export type CollectionEditorModel = EditorForm & {
  readonly handle?: string | undefined;
  readonly count: number;
  readonly currency: string;
  readonly preview?: RulePreview | undefined;
  readonly differences?: readonly Difference[] | undefined;
  readonly isRuleRunning?: boolean | undefined;
  readonly isSaved: boolean;
};

/** One collection as a form: its words, its rule, and what a person picked. */
export const CollectionEditorPage = (model: CollectionEditorModel) => {
  const { handle, values, mistakes = [], differences = [] } = model;
  const name = handle === undefined ? "New collection" : values["title"] || handle;
  return (
    <AdminPage title={mistakes.length > 0 ? `Error: ${name}` : name} section={SECTION}>
      <ErrorSummary errors={mistakes} />
      <div class="desk-head">
        <h1>
          <bdi>{name}</bdi>
        </h1>
        {handle !== undefined && (
          <nav class="desk-views" aria-label="About this collection">
            <a href={`/collections/${encodeURIComponent(handle)}`}>See it in the shop</a>
            <a href={`/admin/translations/collection/${encodeURIComponent(handle)}`}>Languages</a>
          </nav>
        )}
      </div>
      {model.isSaved && <Notice tone="good">Saved.</Notice>}
      {model.isRuleRunning && (
        <Notice tone="note">The rule is still going through the products; look again in a minute.</Notice>
      )}
      {differences.length > 0 && <DifferenceTable differences={differences} />}
      <form class="editor" method="post" novalidate>
        <input type="hidden" name="version" value={values["version"] ?? "0"} />
        <CollectionWords {...model} />
        <RulePart {...model} />
        <PicksPart {...model} />
        <div class="editor-save">
          <button class="button" type="submit" name="do" value="save">
            {differences.length > 0 ? "Save mine over theirs" : "Save"}
          </button>
          <a href="/admin/collections">Leave without saving</a>
        </div>
      </form>
    </AdminPage>
  );
};

const CollectionWords = (model: CollectionEditorModel) => (
  <section class="editor-part" aria-labelledby="part-words">
    <h2 id="part-words">Words</h2>
    <EditorField form={model} name="title" label="Title" need="required" maxLength={255} />
    <EditorField
      form={model}
      name="handle"
      label="Handle"
      need="required"
      hint="The last part of its address. Another one leaves a redirect behind."
    />
    <EditorField form={model} name="descriptionHtml" label="Description" rows={4} />
    <EditorField
      form={model}
      name="position"
      label="Place among the collections"
      hint="Smaller numbers come first."
      width="short"
      inputmode="numeric"
    />
    <div class="field-row">
      <EditorField form={model} name="pictureUrl" label="Picture" need="optional" hint="Its address." />
      <EditorField form={model} name="pictureAlt" label="What it shows" need="optional" />
      <EditorField form={model} name="pictureWidth" label="Width" width="short" inputmode="numeric" />
      <EditorField form={model} name="pictureHeight" label="Height" width="short" inputmode="numeric" />
    </div>
    <EditorField form={model} name="seoTitle" label="Title for search engines" need="optional" />
    <EditorField
      form={model}
      name="seoDescription"
      label="Description for search engines"
      need="optional"
      rows={2}
    />
  </section>
);

const MATCHES = [
  { value: "", label: "By hand: only what is picked below, or names it" },
  { value: "all", label: "By rule: products that meet all conditions" },
  { value: "any", label: "By rule: products that meet any condition" },
];
const CONDITIONS = [
  { value: "", label: "–" },
  { value: "tag", label: "Has the tag" },
  { value: "type", label: "Is of the type" },
  { value: "vendor", label: "Is from the vendor" },
  { value: "attribute", label: "Has the attribute" },
  { value: "price", label: "Costs" },
  { value: "sale", label: "Is on sale" },
  { value: "in_stock", label: "Is in stock" },
  { value: "new", label: "Is new within days" },
  { value: "title", label: "Has in its title" },
];

const RulePart = (model: CollectionEditorModel) => (
  <section class="editor-part" aria-labelledby="part-rule">
    <h2 id="part-rule">What is in it</h2>
    <EditorField form={model} name="match" label="Kept" options={MATCHES} />
    <FieldTable
      form={model}
      count={model.count}
      name="condition"
      thing="Condition"
      caption={`Conditions of the rule. An attribute reads: paper, or paper = cotton. Prices in ${model.currency}.`}
      columns={[
        { part: "kind", label: "The product", options: CONDITIONS },
        { part: "text", label: "This", size: 24 },
        { part: "minimum", label: "From", size: 8 },
        { part: "maximum", label: "To", size: 8 },
      ]}
    />
    <p>
      <button class="button button-quiet" type="submit" name="do" value="preview">
        Preview the rule
      </button>
    </p>
    {model.preview && <Preview preview={model.preview} />}
  </section>
);

const Preview = ({ preview: { count, isCountExact, first } }: { readonly preview: RulePreview }) => (
  <Notice tone="note" role="status">
    <p>
      {isCountExact ? "" : "At least "}
      {count === 1 ? "1 product meets the rule now." : `${count} products meet the rule now.`} Nothing is
      saved yet.
    </p>
    <ol>
      {first.map(({ handle, title }) => (
        <li>
          <a href={`/admin/products/${encodeURIComponent(handle)}`}>
            <bdi>{title}</bdi>
          </a>
        </li>
      ))}
    </ol>
  </Notice>
);

const PicksPart = (model: CollectionEditorModel) => (
  <section class="editor-part" aria-labelledby="part-picks">
    <h2 id="part-picks">Picked by hand</h2>
    <EditorField
      form={model}
      name="picks"
      label="In it, in this order"
      hint="One handle per line. They come before the others, whatever the rule says."
      rows={6}
    />
    <EditorField
      form={model}
      name="exclusions"
      label="Left out"
      hint="One handle per line. The rule does not take them."
      rows={3}
    />
  </section>
);
