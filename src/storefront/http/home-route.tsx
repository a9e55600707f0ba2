import type { Context, Env } from "hono";
import { LISTS_TAG, type CatalogReader, type CollectionView, type ProductCard } from "#catalog";
import { CONTENT_TAG, type HomeBlock } from "#content";
import { htmlPage, speechOf } from "#web";
import { CARDS_PER_STRIP } from "../limits.ts";
import { ownBlocks, type HomeGoods } from "../pages/home-blocks.tsx";
import { HomePage } from "../pages/home-page.tsx";
import { markPublic, type CatalogPagesOptions, type Routing } from "./routing.ts";

/** Handle of the collection that home shows apart; its picture is the large one. */
const NEW = "new";
const KINDS = 4;

/** GET / */
export function addHomeRoute<E extends Env>({ app, options, frame }: Routing<E>): void {
  app.get("/", async (c) => {
    const [{ reader, origin, country, chrome, collections }, blocks] = await Promise.all([
      frame(c),
      blocksOf(options, c),
    ]);
    const goods = await readGoods(reader, collections, blocks);
    markPublic(c, [LISTS_TAG, CONTENT_TAG]);
    return htmlPage(
      c,
      <HomePage blocks={blocks} goods={goods} origin={origin} country={country} chrome={chrome} />,
    );
  });
}

/** What staff have written; when it cannot be read, the shop's own blocks stand, so that the shop has a front. */
async function blocksOf<E extends Env>(
  options: CatalogPagesOptions<E>,
  c: Context<E>,
): Promise<readonly HomeBlock[]> {
  try {
    return (await options.content?.(c).home(speechOf(c).locale))?.blocks ?? ownBlocks(speechOf(c));
  } catch {
    return ownBlocks(speechOf(c));
  }
}

async function readGoods(
  reader: CatalogReader,
  collections: readonly CollectionView[],
  blocks: readonly HomeBlock[],
): Promise<HomeGoods> {
  const fresh = collections.find((collection) => collection.handle === NEW);
  const named = new Set(
    blocks.flatMap(({ kind, collection }) => (kind === "collection" ? [collection] : [])),
  );
  const strip = async (collection: string): Promise<readonly ProductCard[]> => {
    const page = await reader.products({ collection, sort: "featured", limit: CARDS_PER_STRIP });
    return page.ok ? page.value.items : [];
  };
  const [newest, featured, ...strips] = await Promise.all([
    fresh
      ? reader.products({ collection: NEW, sort: "featured", limit: CARDS_PER_STRIP })
      : reader.products({ sort: "newest", limit: CARDS_PER_STRIP }),
    reader.products({ sort: "featured", limit: 1 }),
    ...[...named].map(async (handle) => [handle, await strip(handle)] as const),
  ]);
  return {
    picture: fresh?.picture ?? (featured.ok ? featured.value.items[0]?.picture : undefined),
    kinds: collections.filter((collection) => collection.handle !== NEW).slice(0, KINDS),
    newest: newest.ok ? newest.value.items : [],
    newHref: fresh ? `/collections/${NEW}` : undefined,
    strips: new Map(strips),
  };
}
