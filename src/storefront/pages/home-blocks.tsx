import type { HomeBlock } from "#content";
import type { CollectionView, ProductCard } from "#catalog";
import { CardGrid, Icon, Picture, useSpeech, type PictureModel, type Speech } from "#web";
import { inSentence } from "./in-sentence.ts";
import { SeedBand } from "./seed-band.tsx";

/** The goods that the blocks of one home page show. */
export type HomeGoods = {
  /** Collections with a picture, at most four: the kinds of goods. */
  readonly kinds: readonly CollectionView[];
  readonly newest: readonly ProductCard[];
  /** Where all new goods stand; absent when the shop has no such collection. */
  readonly newHref: string | undefined;
  /** Stands in a hero that names no picture. */
  readonly picture: PictureModel | undefined;
  /** By handle: those that blocks name. */
  readonly strips: ReadonlyMap<string, readonly ProductCard[]>;
};

const block = (kind: HomeBlock["kind"], words: Partial<HomeBlock>): HomeBlock => ({
  kind,
  title: "",
  text: "",
  href: "",
  label: "",
  collection: "",
  pictureUrl: "",
  pictureAlt: "",
  ...words,
});

/** The home page before staff write their own. */
export const ownBlocks = ({ say }: Speech): readonly HomeBlock[] => [
  block("hero", { title: say("home.title"), text: say("home.text") }),
  block("kinds", { title: say("home.kinds") }),
  block("new", { title: say("home.new") }),
  block("seed", {}),
];

/** Pictures of blocks are cut by the style sheet; these sizes hold their place. */
const HERO_SIZE = { width: 1_500, height: 1_200 };

/** The picture that a block names, else what the goods offer. */
export const heroPicture = (hero: HomeBlock, goods: HomeGoods): PictureModel | undefined =>
  hero.pictureUrl === "" ? goods.picture : { url: hero.pictureUrl, alt: hero.pictureAlt, ...HERO_SIZE };

type BlockProps = { readonly block: HomeBlock; readonly index: number; readonly goods: HomeGoods };

/** One block of the home page; one that has nothing to show is left out. */
export const Block = (props: BlockProps) => {
  const { block, index, goods } = props;
  const id = `block-${index + 1}`;
  const speech = useSpeech();
  switch (block.kind) {
    case "hero":
      return <Hero {...props} />;
    case "kinds":
      return <Kinds id={id} title={block.title} kinds={goods.kinds} />;
    case "new":
      return <Strip id={id} block={moreOf(speech, block, goods.newHref)} cards={goods.newest} />;
    case "collection":
      return (
        <Strip
          id={id}
          block={moreOf(speech, block, `/collections/${block.collection}`)}
          cards={goods.strips.get(block.collection) ?? []}
        />
      );
    case "text":
      return <Text id={id} block={block} />;
    case "seed":
      return <SeedBand />;
  }
};

/** A strip that names no link of its own leads to all of its goods. */
const moreOf = ({ say }: Speech, block: HomeBlock, href: string | undefined): HomeBlock =>
  block.href !== "" || href === undefined
    ? block
    : { ...block, href, label: say(block.kind === "new" ? "home.see_new" : "home.see_all") };

const Hero = ({ block, goods }: BlockProps) => {
  const { say, locale } = useSpeech();
  const [first] = goods.kinds;
  const href = block.href || (first ? `/collections/${encodeURIComponent(first.handle)}` : "");
  const label =
    block.href === "" ? say("home.see", { collection: inSentence(first?.title ?? "", locale) }) : block.label;
  return (
    <section class="hero" aria-labelledby="hero">
      <Picture
        picture={heroPicture(block, goods)}
        isFirst={true}
        sizes="(width >= 56em) 58vw, 100vw"
        class="hero-picture"
      />
      <div class="hero-text">
        <h1 id="hero">{block.title}</h1>
        {block.text !== "" && <p class="lead">{block.text}</p>}
        {href !== "" && (
          <a class="button" href={href}>
            {label}
          </a>
        )}
      </div>
    </section>
  );
};

type KindsProps = { readonly id: string; readonly title: string; readonly kinds: readonly CollectionView[] };

const Kinds = ({ id, title, kinds }: KindsProps) =>
  kinds.length === 0 ? null : (
    <section class="section" aria-labelledby={id}>
      <div class="section-head">
        <h2 id={id}>{title}</h2>
      </div>
      <div class="kinds">
        {kinds.map((kind) => (
          <div class="kind">
            <Picture picture={kind.picture} alt="" sizes="(width >= 56em) 25vw, 50vw" class="kind-picture" />
            <h3>
              <a href={`/collections/${encodeURIComponent(kind.handle)}`}>{kind.title}</a>
            </h3>
            <p class="hint">{useSpeech().say("list.pieces", { count: kind.productCount })}</p>
          </div>
        ))}
      </div>
    </section>
  );

type StripProps = {
  readonly id: string;
  readonly block: HomeBlock;
  readonly cards: readonly ProductCard[];
};

const Strip = ({ id, block, cards }: StripProps) =>
  cards.length === 0 ? null : (
    <section class="section" aria-labelledby={id}>
      <div class="section-head">
        <h2 id={id}>{block.title}</h2>
        {block.href !== "" && (
          <a class="more-link" href={block.href}>
            {block.label} <Icon name="arrow" isDirectional={true} />
          </a>
        )}
      </div>
      {block.text !== "" && <p class="list-intro">{block.text}</p>}
      <CardGrid cards={cards} />
    </section>
  );

const Text = ({ id, block }: { readonly id: string; readonly block: HomeBlock }) => (
  <section class="section story" aria-labelledby={id}>
    {block.pictureUrl !== "" && (
      <Picture
        picture={{ url: block.pictureUrl, alt: block.pictureAlt, ...HERO_SIZE }}
        sizes="(width >= 56em) 50vw, 100vw"
        class="story-picture"
      />
    )}
    <div class="stack">
      <h2 id={id}>{block.title}</h2>
      {block.text.split(/\n{2,}/).map((paragraph) => (
        <p>{paragraph}</p>
      ))}
      {block.href !== "" && (
        <p>
          <a class="button button-quiet" href={block.href}>
            {block.label}
          </a>
        </p>
      )}
    </div>
  </section>
);
