import type { SharedWords } from "#catalog";
import { Field } from "#web";
import { CatalogueViews } from "./catalogue-views.tsx";
import type { Difference } from "./difference-table.tsx";
import type { EditorForm } from "./editor-field.tsx";
import { EditorPage } from "./editor-page.tsx";
import { AdminPage } from "./admin-page.tsx";
import { FieldTable } from "./product-editor-tables.tsx";

export type WordModel = {
  readonly shared: SharedWords;
  readonly form: EditorForm;
  readonly count: number;
  readonly differences?: readonly Difference[] | undefined;
  readonly isSaved: boolean;
};

const TITLE = "Words in other languages";

const Languages = ({ locales, here }: { readonly locales: readonly string[]; readonly here?: string }) => (
  <>
    <nav class="desk-views" aria-label="Languages">
      {locales.map((locale) => (
        <a href={`/admin/words?locale=${locale}`} aria-current={locale === here ? "true" : undefined}>
          {locale}
        </a>
      ))}
    </nav>
    <form class="desk-filters" method="get">
      <Field
        name="locale"
        id="other-locale"
        label="Another language"
        hint="Such as de or de-CH."
        width="short"
      />
      <button class="button button-quiet" type="submit">
        Open it
      </button>
    </form>
  </>
);

/** Before a language is chosen. */
export const WordLanguagesPage = ({ locales }: { readonly locales: readonly string[] }) => (
  <AdminPage title={TITLE} section="/admin/products">
    <div class="desk-head">
      <h1>{TITLE}</h1>
    </div>
    <CatalogueViews here="/admin/words" />
    <p>
      What options, their values, kinds and filters are called in another language, once for the whole shop.
    </p>
    <Languages locales={locales} />
  </AdminPage>
);

/** The words of one language as a table; those that the latest products have without one wait at its end. */
export const WordPage = ({ shared, form, count, ...shown }: WordModel) => (
  <EditorPage
    title={`${TITLE}: ${shared.locale}`}
    section="/admin/products"
    form={form}
    savedNote="Filters and choosers follow within seconds."
    above={
      <>
        <CatalogueViews here="/admin/words" />
        <Languages locales={shared.locales} here={shared.locale} />
      </>
    }
    {...shown}
  >
    <p>
      Colour, Oak, Print: what options, their values, kinds and filters are called. A product's own
      translation goes before this. A row without a translation is left out.
    </p>
    <FieldTable
      form={form}
      count={count}
      name="word"
      thing="Word"
      caption="Words of the shop, and what they are called"
      columns={[
        { part: "own", label: "In the shop", size: 28 },
        { part: "text", label: shared.locale, size: 28 },
      ]}
    />
  </EditorPage>
);
