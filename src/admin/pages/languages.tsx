import { Field } from "#web";

export type LanguagesProps = {
  /** Of the page; a language is its query. */
  readonly path: string;
  readonly languages: readonly { readonly locale: string; readonly note?: string }[];
  /** The one that is open; nothing for the shop's own. */
  readonly here?: string | undefined;
  /** The page is there in the shop's own words, too. */
  readonly hasOwn?: boolean;
  /** What the field says beside its example. */
  readonly hint?: string;
};

/** The languages that something is written in, and a field that opens the page in another one. */
export const Languages = ({ path, languages, here, hasOwn = false, hint }: LanguagesProps) => (
  <>
    <nav class="desk-views" aria-label="Languages">
      {hasOwn && (
        <a href={path} aria-current={here === undefined ? "true" : undefined}>
          The shop's own
        </a>
      )}
      {languages.map(({ locale, note }) => (
        <a href={`${path}?locale=${locale}`} aria-current={locale === here ? "true" : undefined}>
          {note === undefined ? locale : `${locale} ${note}`}
        </a>
      ))}
    </nav>
    <form class="desk-filters" method="get" action={path}>
      <Field
        name="locale"
        id="other-locale"
        label="Another language"
        hint={hint === undefined ? "Such as de or de-CH." : `Such as de or de-CH. ${hint}`}
        width="short"
      />
      <button class="button button-quiet" type="submit">
        Open it
      </button>
    </form>
  </>
);
