import type { CollectionView, ProductCard } from "#catalog";
import { CardGrid, Icon, Page, Picture, plural, type PictureModel, type ShopChrome } from "#web";
import { JsonLd, OpenGraph, absolute } from "./head-data.tsx";
import { shopData } from "./product-data.ts";
import { SeedBand } from "./seed-band.tsx";

export type HomePageView = {
  readonly hero: PictureModel | undefined;
  /** Collections with a picture, at most four: the kinds of goods. */
  readonly kinds: readonly CollectionView[];
  readonly newest: readonly ProductCard[];
  /** Where all new goods stand; absent when the shop has no such collection. */
  readonly newHref: string | undefined;
  readonly origin: string;
  /** ISO 3166-1 alpha-2: where the shop is at home. */
  readonly country: string;
  readonly chrome: ShopChrome;
};

const COUNT_WORDS = ["No", "One", "Two", "Three", "Four"];
const DESCRIPTION =
  "Prints, cloth, tiles and notebooks. Each pattern is drawn by a short rule and started by one number.";

/** The range and the character of the shop in one screen. */
export const HomePage = ({ hero, kinds, newest, newHref, origin, country, chrome }: HomePageView) => {
  const [first] = kinds;
  return (
    <Page
      title={chrome.name}
      description={DESCRIPTION}
      canonical={`${origin}/`}
      kind="home"
      script="home"
      chrome={chrome}
      path="/"
      head={
        <>
          <OpenGraph
            title={chrome.name}
            description={DESCRIPTION}
            url={`${origin}/`}
            kind="website"
            siteName={chrome.name}
            image={hero && absolute(origin, hero.url)}
            imageAlt={hero?.alt}
          />
          <JsonLd data={shopData(chrome.name, origin, country)} />
        </>
      }
    >
      <section class="hero" aria-labelledby="hero">
        <Picture picture={hero} isFirst={true} class="hero-picture" />
        <div class="hero-text">
          <h1 id="hero">Patterns drawn by rule</h1>
          <p class="lead">{DESCRIPTION}</p>
          {first && (
            <a class="button" href={`/collections/${encodeURIComponent(first.handle)}`}>
              See {first.title.toLowerCase()}
            </a>
          )}
        </div>
      </section>
      <Kinds kinds={kinds} />
      {newest.length > 0 && (
        <section class="section" aria-labelledby="new">
          <div class="section-head">
            <h2 id="new">New this season</h2>
            {newHref && (
              <a class="more-link" href={newHref}>
                See all that is new <Icon name="arrow" isDirectional={true} />
              </a>
            )}
          </div>
          <CardGrid cards={newest} />
        </section>
      )}
      <SeedBand />
      <seen-lately />
    </Page>
  );
};

const Kinds = ({ kinds }: { readonly kinds: readonly CollectionView[] }) =>
  kinds.length === 0 ? null : (
    <section class="section" aria-labelledby="kinds">
      <div class="section-head">
        <h2 id="kinds">{COUNT_WORDS[kinds.length]} kinds</h2>
      </div>
      <div class="kinds">
        {kinds.map((kind) => (
          <Kind kind={kind} />
        ))}
      </div>
    </section>
  );

const Kind = ({ kind }: { readonly kind: CollectionView }) => (
  <div class="kind">
    <Picture picture={kind.picture} alt="" class="kind-picture" />
    <h3>
      <a href={`/collections/${encodeURIComponent(kind.handle)}`}>{kind.title}</a>
    </h3>
    <p class="hint">{plural(kind.productCount, { one: "piece", other: "pieces" })}</p>
  </div>
);
