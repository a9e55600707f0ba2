import type { CollectionView } from "#catalog";
import { CardGrid, Page, useSpeech, type ShopChrome, type ProductCardModel } from "#web";
import { Collections, SearchForm } from "./search-page.tsx";

export type NotFoundView = {
  /** Words from the address, to start a search with. */
  readonly words: string;
  readonly collections: readonly CollectionView[];
  readonly chrome: ShopChrome;
};

/** Nothing is here: a search with the words of the address, and four collections. */
export const NotFoundPage = ({ words, collections, chrome }: NotFoundView) => {
  const { say } = useSpeech();
  return (
    <Page title={say("absent.title")} isIndexed={false} kind="absent" chrome={chrome}>
      <div class="plain">
        <h1>{say("absent.heading")}</h1>
        <p class="lead">{say("absent.text")}</p>
        <SearchForm query={words} id="q" />
        <Collections collections={collections} title={say("search.look_through")} />
      </div>
    </Page>
  );
};

export type GoneView = {
  readonly title: string;
  readonly related: readonly ProductCardModel[];
  readonly collections: readonly CollectionView[];
  readonly chrome: ShopChrome;
};

/** A product that was withdrawn: said plainly, with relatives that can be had. */
export const GonePage = ({ title, related, collections, chrome }: GoneView) => {
  const { say, parts } = useSpeech();
  return (
    <Page title={say("absent.gone", { title })} isIndexed={false} kind="absent" chrome={chrome}>
      <div class="plain">
        <h1>{parts("absent.gone", { title: <span dir="auto">{title}</span> })}</h1>
        <p class="lead">{say("absent.gone_text")}</p>
        <Collections collections={collections} title={say("absent.look_through")} />
      </div>
      {related.length > 0 && (
        <section class="section" aria-labelledby="related">
          <div class="section-head">
            <h2 id="related">{say("absent.near")}</h2>
          </div>
          <CardGrid cards={related} />
        </section>
      )}
    </Page>
  );
};

/** Words of an address for the search field: `/products/blue-heron_print` is `blue heron print`. */
export function wordsOfPath(path: string): string {
  const last = path.split("/").filter(Boolean).at(-1) ?? "";
  let text = last;
  try {
    text = decodeURIComponent(last);
  } catch {
    // A broken escape stays as it was typed.
  }
  return text
    .replace(/[^\p{Letter}\p{Number}]+/gu, " ")
    .trim()
    .slice(0, 60);
}
