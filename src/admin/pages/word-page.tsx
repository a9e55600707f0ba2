import type { SharedWords } from "#catalog";
import { CatalogueViews } from "./catalogue-views.tsx";
import type { Difference } from "./difference-table.tsx";
import type { EditorForm } from "./editor-field.tsx";
import { EditorPage } from "./editor-page.tsx";
import { AdminPage } from "./admin-page.tsx";
import { Languages } from "./languages.tsx";
import { FieldTable } from "./product-editor-tables.tsx";

export type WordModel = {
  readonly shared: SharedWords;
  readonly form: EditorForm;
  readonly count: number;
  readonly differences?: readonly Difference[] | undefined;
  readonly isSaved: boolean;
};

const TITLE = "Words in other languages";

const PATH = "/admin/words";

/** Before a language is chosen. */
export const WordLanguagesPage = ({ locales }: { readonly locales: readonly string[] }) => (
  <AdminPage title={TITLE} section="/admin/products">
    <div class="desk-head">
      <h1>{TITLE}</h1>
    </div>
    <CatalogueViews here={PATH} />
    <p>
      What options, their values, kinds and filters are called in another language, once for the whole shop.
    </p>
    <Languages path={PATH} languages={locales.map((locale) => ({ locale }))} />
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
        <CatalogueViews here={PATH} />
        <Languages
          path={PATH}
          languages={shared.locales.map((locale) => ({ locale }))}
          here={shared.locale}
        />
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
