import type { Env } from "hono";
import { LISTS_TAG } from "#catalog";
import { htmlPage } from "#web";
import { CARDS_PER_STRIP } from "../limits.ts";
import { HomePage } from "../pages/home-page.tsx";
import { markPublic, type Routing } from "./routing.ts";

/** Handle of the collection that home shows apart; its picture is the large one. */
const NEW = "new";
const KINDS = 4;

/** GET / */
export function addHomeRoute<E extends Env>({ app, frame }: Routing<E>): void {
  app.get("/", async (c) => {
    const { reader, origin, country, chrome, collections } = await frame(c);
    const fresh = collections.find((collection) => collection.handle === NEW);
    const [newest, featured] = await Promise.all([
      fresh
        ? reader.products({ collection: NEW, sort: "featured", limit: CARDS_PER_STRIP })
        : reader.products({ sort: "newest", limit: CARDS_PER_STRIP }),
      reader.products({ sort: "featured", limit: 1 }),
    ]);
    markPublic(c, [LISTS_TAG]);
    const view = {
      hero: fresh?.picture ?? (featured.ok ? featured.value.items[0]?.picture : undefined),
      kinds: collections.filter((collection) => collection.handle !== NEW).slice(0, KINDS),
      newest: newest.ok ? newest.value.items : [],
      newHref: fresh ? `/collections/${NEW}` : undefined,
    };
    return htmlPage(c, <HomePage {...view} origin={origin} country={country} chrome={chrome} />);
  });
}
