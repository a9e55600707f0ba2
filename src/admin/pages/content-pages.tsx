import type { ContentError, HomeBlock, TextPageInput, TextPageLink } from "#content";
import { DataTable, ErrorSummary, Field, Notice } from "#web";
import { AdminPage } from "./admin-page.tsx";
import { Languages } from "./languages.tsx";

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
export const ContentListPage = ({ pages }: { readonly pages: readonly TextPageLink[] }) => (
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

/** Which language is being written; without one, the shop's own. */
export type ContentLanguage = {
  readonly locale?: string | undefined;
  readonly languages: readonly string[];
};

/** The languages of a text, and a way to write it in another one. */
const TextLanguages = ({ path, locale, languages }: ContentLanguage & { readonly path: string }) => (
  <Languages
    path={path}
    languages={[...new Set([...languages, ...(locale === undefined ? [] : [locale])])].map((one) => ({
      locale: one,
    }))}
    here={locale}
    hasOwn
    hint="What is not written there shows the closest one."
  />
);

const Saved = ({ isSaved }: { readonly isSaved: boolean }) =>
  isSaved ? (
    <Notice tone="good" role="status">
      <p>Saved. The shop shows it within half a minute.</p>
    </Notice>
  ) : null;

export type HomeBlocksModel = ContentLanguage & {
  readonly blocks: readonly BlockForm[];
  readonly version: number;
  readonly errors: readonly ContentError[];
  readonly isSaved: boolean;
};

/** The home page block by block; the number before each says its place. */
export const HomeBlocksPage = ({ blocks, version, errors, isSaved, locale, languages }: HomeBlocksModel) => (
  <AdminPage title={`${errors.length > 0 ? "Error: " : ""}Home page`} section="/admin/content">
    <ErrorSummary errors={errors} />
    <h1>Home page</h1>
    <Saved isSaved={isSaved} />
    <p class="hint">
      It begins with one hero. Numbers change the order, "No block" takes one out. Before the first save the
      shop's own blocks stand.
    </p>
    <TextLanguages path="/admin/content/home" locale={locale} languages={languages} />
    <form method="post" action="/admin/content/home" novalidate>
      <input type="hidden" name="version" value={String(version)} />
      <input type="hidden" name="locale" value={locale ?? ""} />
      {blocks.map((block, index) => (
        <BlockFields block={block} index={index} errors={errors} locale={locale} />
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
  readonly locale: string | undefined;
  readonly block: BlockForm;
  readonly index: number;
  readonly errors: readonly ContentError[];
};

const BlockFields = ({ block, index, errors, locale }: BlockProps) => {
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
      <Field
        {...field("title")}
        language={locale}
        label="Title"
        value={block.title}
        maxLength={MAX_TITLE_CHARACTERS}
      />
      <Field
        {...field("text")}
        language={locale}
        label="Text"
        value={block.text}
        rows={3}
        maxLength={1_000}
      />
      <div class="field-row">
        <Field {...field("href")} label="Link to" value={block.href} />
        <Field {...field("label")} language={locale} label="Words of the link" value={block.label} />
      </div>
      <Field {...field("collection")} label="Handle of a collection" value={block.collection} />
      <div class="field-row">
        <Field
          {...field("pictureUrl")}
          label="Picture"
          hint="A path from the page Pictures."
          value={block.pictureUrl}
        />
        <Field {...field("pictureAlt")} language={locale} label="What it shows" value={block.pictureAlt} />
      </div>
    </fieldset>
  );
};

export type TextPageModel = ContentLanguage & {
  readonly page: TextPageInput;
  readonly version: number;
  readonly errors: readonly ContentError[];
  readonly isSaved: boolean;
};

/** One page of text. */
export const TextPageEditor = ({ page, version, errors, isSaved, locale, languages }: TextPageModel) => {
  const isNew = version === 0 && locale === undefined;
  const title = isNew ? "New page" : page.title || page.handle;
  return (
    <AdminPage title={`${errors.length > 0 ? "Error: " : ""}${title}`} section="/admin/content">
      <ErrorSummary errors={errors} />
      <h1>{title}</h1>
      <Saved isSaved={isSaved} />
      {!isNew && (
        <TextLanguages path={`/admin/content/pages/${page.handle}`} locale={locale} languages={languages} />
      )}
      <form class="desk-form" method="post" action="/admin/content/pages" novalidate>
        <input type="hidden" name="version" value={String(version)} />
        <input type="hidden" name="locale" value={locale ?? ""} />
        <TextPageFields page={page} isNew={isNew} errors={errors} locale={locale} />
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

type TextPageFieldsProps = Pick<TextPageModel, "page" | "errors" | "locale"> & { readonly isNew: boolean };

const TextPageFields = ({ page, errors, isNew, locale }: TextPageFieldsProps) => {
  const errorOf = (field: string) => errors.find((error) => error.field === field)?.message;
  return (
    <>
      <Field
        name="handle"
        label="Address"
        hint="What stands behind /pages/, in small letters, digits and hyphens; it never changes."
        value={page.handle}
        error={errorOf("handle")}
        isReadOnly={!isNew}
        autocapitalize="none"
        width="medium"
      />
      <Field
        name="title"
        language={locale}
        label="Title"
        value={page.title}
        error={errorOf("title")}
        maxLength={MAX_TITLE_CHARACTERS}
      />
      <Field
        name="description"
        language={locale}
        label="For search engines"
        value={page.description}
        error={errorOf("description")}
        maxLength={300}
        need="optional"
      />
      <Field
        name="bodyHtml"
        language={locale}
        label="Text"
        hint="HTML: paragraphs, h2 headings, lists, links, tables. From four headings on, a list of them stands on top."
        value={page.bodyHtml}
        error={errorOf("bodyHtml")}
        rows={18}
        maxLength={24_000}
      />
    </>
  );
};
