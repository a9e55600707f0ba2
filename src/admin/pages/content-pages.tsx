import type { ContentError, HomeBlock, TextPage, TextPageInput } from "#content";
import { DataTable, ErrorSummary, Field, Notice } from "#web";
import { AdminPage } from "./admin-page.tsx";

/** A block as its fields hold it; without a kind it is an empty place. */
export type BlockForm = Omit<HomeBlock, "kind"> & { readonly kind: HomeBlock["kind"] | "" };

export const EMPTY_BLOCK: BlockForm = {
  kind: "",
  title: "",
  text: "",
  href: "",
  label: "",
  collection: "",
  pictureUrl: "",
  pictureAlt: "",
};

const KIND_OPTIONS = [
  { value: "", label: "No block" },
  { value: "hero", label: "Hero: large picture and heading" },
  { value: "kinds", label: "Kinds of goods" },
  { value: "new", label: "New goods" },
  { value: "collection", label: "A collection's goods" },
  { value: "text", label: "Text with a picture" },
  { value: "seed", label: "From seed to print" },
];

const MAX_TITLE_CHARACTERS = 120;

/** Everything that staff write for the shop. */
export const ContentListPage = ({ pages }: { readonly pages: readonly TextPage[] }) => (
  <AdminPage title="Texts" section="/admin/content">
    <h1>Texts</h1>
    <p>
      <a href="/admin/content/home">The home page</a>
    </p>
    <div class="desk-head">
      <h2>Pages</h2>
      <p>
        <a href="/admin/content/pages/new">New page</a>
      </p>
    </div>
    {pages.length === 0 ? (
      <p class="hint">None yet: About us and Delivery and returns show the shop's own words.</p>
    ) : (
      <DataTable
        caption="Pages of text"
        isCaptionHidden
        columns={[{ label: "Title" }, { label: "Address" }]}
        rows={pages.map(({ handle, title }) => [
          <a href={`/admin/content/pages/${handle}`}>{title}</a>,
          <a href={`/pages/${handle}`}>/pages/{handle}</a>,
        ])}
      />
    )}
  </AdminPage>
);

const Saved = ({ isSaved }: { readonly isSaved: boolean }) =>
  isSaved ? (
    <Notice tone="good" role="status">
      <p>Saved. The shop shows it within half a minute.</p>
    </Notice>
  ) : null;

export type HomeBlocksModel = {
  readonly blocks: readonly BlockForm[];
  readonly version: number;
  readonly errors: readonly ContentError[];
  readonly isSaved: boolean;
};

/** The home page block by block; the number before each says its place. */
export const HomeBlocksPage = ({ blocks, version, errors, isSaved }: HomeBlocksModel) => (
  <AdminPage title={`${errors.length > 0 ? "Error: " : ""}Home page`} section="/admin/content">
    <ErrorSummary errors={errors} />
    <h1>Home page</h1>
    <Saved isSaved={isSaved} />
    <p class="hint">
      It begins with one hero. Numbers change the order, "No block" takes one out. Before the first save the
      shop's own blocks stand.
    </p>
    <form method="post" action="/admin/content/home" novalidate>
      <input type="hidden" name="version" value={String(version)} />
      {blocks.map((block, index) => (
        <BlockFields block={block} index={index} errors={errors} />
      ))}
      <p>
        <button class="button" type="submit">
          Save
        </button>
      </p>
    </form>
  </AdminPage>
);

type BlockProps = {
  readonly block: BlockForm;
  readonly index: number;
  readonly errors: readonly ContentError[];
};

const BlockFields = ({ block, index, errors }: BlockProps) => {
  const field = (name: string) => ({
    name: `${name}-${index}`,
    error: errors.find((error) => error.field === `${name}-${index}`)?.message,
  });
  return (
    <fieldset class="desk-form content-block">
      <legend>Block {index + 1}</legend>
      <div class="field-row">
        <Field {...field("kind")} label="Kind" value={block.kind} options={KIND_OPTIONS} />
        <Field
          {...field("place")}
          label="Place"
          value={String(index + 1)}
          inputmode="numeric"
          width="short"
          maxLength={3}
        />
      </div>
      <Field {...field("title")} label="Title" value={block.title} maxLength={MAX_TITLE_CHARACTERS} />
      <Field {...field("text")} label="Text" value={block.text} rows={3} maxLength={1_000} />
      <div class="field-row">
        <Field {...field("href")} label="Link to" value={block.href} />
        <Field {...field("label")} label="Words of the link" value={block.label} />
      </div>
      <Field {...field("collection")} label="Handle of a collection" value={block.collection} />
      <div class="field-row">
        <Field
          {...field("pictureUrl")}
          label="Picture"
          hint="A path from the page Pictures."
          value={block.pictureUrl}
        />
        <Field {...field("pictureAlt")} label="What it shows" value={block.pictureAlt} />
      </div>
    </fieldset>
  );
};

export type TextPageModel = {
  readonly page: TextPageInput;
  readonly version: number;
  readonly errors: readonly ContentError[];
  readonly isSaved: boolean;
};

/** One page of text. */
export const TextPageEditor = ({ page, version, errors, isSaved }: TextPageModel) => {
  const errorOf = (field: string) => errors.find((error) => error.field === field)?.message;
  const title = version === 0 ? "New page" : page.title;
  return (
    <AdminPage title={`${errors.length > 0 ? "Error: " : ""}${title}`} section="/admin/content">
      <ErrorSummary errors={errors} />
      <h1>{title}</h1>
      <Saved isSaved={isSaved} />
      <form class="desk-form" method="post" action="/admin/content/pages" novalidate>
        <input type="hidden" name="version" value={String(version)} />
        <Field
          name="handle"
          label="Address"
          hint="What stands behind /pages/, in small letters, digits and hyphens; it never changes."
          value={page.handle}
          error={errorOf("handle")}
          isReadOnly={version > 0}
          autocapitalize="none"
          width="medium"
        />
        <Field
          name="title"
          label="Title"
          value={page.title}
          error={errorOf("title")}
          maxLength={MAX_TITLE_CHARACTERS}
        />
        <Field
          name="description"
          label="For search engines"
          value={page.description}
          error={errorOf("description")}
          maxLength={300}
          need="optional"
        />
        <Field
          name="bodyHtml"
          label="Text"
          hint="HTML: paragraphs, h2 headings, lists, links, tables. From four headings on, a list of them stands on top."
          value={page.bodyHtml}
          error={errorOf("bodyHtml")}
          rows={18}
          maxLength={24_000}
        />
        <p>
          <button class="button" type="submit">
            Save
          </button>
        </p>
      </form>
      {version > 0 && (
        <p>
          <a href={`/pages/${page.handle}`}>See it in the shop</a>
        </p>
      )}
    </AdminPage>
  );
};
