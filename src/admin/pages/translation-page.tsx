import type { TranslationSheet } from "#catalog";
import { directionOf } from "#kernel";
import { ErrorSummary, Field, Notice } from "#web";
import { AdminPage } from "./admin-page.tsx";
import { Languages } from "./languages.tsx";

export type TranslationPageModel = {
  readonly sheet: TranslationSheet;
  readonly path: string;
  /** Empty while no language is chosen. */
  readonly locale: string;
  readonly version: number;
  readonly texts: Readonly<Record<string, string>>;
  readonly mistakes: readonly { readonly field: string; readonly message: string }[];
  readonly isSaved: boolean;
};

const BACK = {
  product: { href: (key: string) => `/admin/products/${encodeURIComponent(key)}/edit`, word: "product" },
  collection: { href: (key: string) => `/admin/collections/${encodeURIComponent(key)}`, word: "collection" },
  product_type: { href: (key: string) => `/admin/product-types/${key}`, word: "product type" },
} as const;

const WORDS: Readonly<Record<string, string>> = {
  title: "Title",
  name: "Name",
  descriptionHtml: "Description",
  seoTitle: "Title for search engines",
  seoDescription: "Description for search engines",
};

/** `option/Size/A4` is "Option Size: A4". */
const labelOf = (field: string): string => {
  const known = WORDS[field];
  if (known !== undefined) return known;
  const [kind = "", name = "", ...rest] = field.split("/");
  const start = `${kind === "option" ? "Option" : "Attribute"} ${name}`;
  return rest.length === 0 ? start : `${start}: ${rest.join("/")}`;
};

/** A thing's texts in the shop's language, each above the field for its translation; an empty field falls back. */
export const TranslationPage = (model: TranslationPageModel) => {
  const { sheet, locale, mistakes, path } = model;
  const back = BACK[sheet.entity];
  const name = sheet.own["title"] ?? sheet.own["name"] ?? sheet.key;
  return (
    <AdminPage title={mistakes.length > 0 ? "Error: Languages" : "Languages"} section="/admin/products">
      <ErrorSummary errors={mistakes} />
      <div class="desk-head">
        <h1>
          <bdi>{name}</bdi> in other languages
        </h1>
        <a href={back.href(sheet.key)}>Back to the {back.word}</a>
      </div>
      {model.isSaved && <Notice tone="good">Saved.</Notice>}
      <Languages
        path={path}
        languages={sheet.translations.map((translation) => ({
          locale: translation.locale,
          note: `(${Object.keys(translation.fields).length} of ${Object.keys(sheet.own).length})`,
        }))}
        here={locale}
      />
      {locale !== "" && <Texts {...model} />}
    </AdminPage>
  );
};

const Texts = ({ sheet, locale, version, texts, mistakes }: TranslationPageModel) => (
  <form class="editor" method="post" novalidate>
    <h2 id="locale">{locale}</h2>
    <input type="hidden" name="locale" value={locale} />
    <input type="hidden" name="version" value={String(version)} />
    {Object.entries(sheet.own).map(([field, own]) => (
      <div class="editor-translated" dir={directionOf(locale)} lang={locale}>
        <Field
          name={`text.${field}`}
          label={labelOf(field)}
          value={texts[field]}
          hint={
            <span lang="" dir="auto">
              {own === "" ? "(nothing)" : own}
            </span>
          }
          error={mistakes.find((mistake) => mistake.field === `text.${field}`)?.message}
          {...(field === "descriptionHtml" ? { rows: 6 } : {})}
        />
      </div>
    ))}
    <div class="editor-save">
      <button class="button" type="submit">
        Save {locale}
      </button>
    </div>
  </form>
);
