import type { Env } from "hono";
import { htmlPage } from "#web";
import { CARDS_PER_STRIP } from "../limits.ts";
import { HomePage } from "../pages/home-page.tsx";
import { markPublic, type Routing } from "./routing.ts";

const NEW = "new";
const KINDS = 4;

/** GET / */
export function addHomeRoute<E extends Env>({ app, frame }: Routing<E>): void {
  app.get("/", async (c) => {
    const { reader, origin, chrome, collections } = await frame(c);
    const isNew = collections.some((collection) => collection.handle === NEW);
    const [newest, featured] = await Promise.all([
      isNew
        ? reader.products({ collection: NEW, sort: "featured", limit: CARDS_PER_STRIP })
        : reader.products({ sort: "newest", limit: CARDS_PER_STRIP }),
      reader.products({ sort: "featured", limit: 1 }),
    ]);
    markPublic(c, ["home"]);
    const view = {
      hero: featured.ok ? featured.value.items[0]?.picture : undefined,
      kinds: collections.filter((collection) => collection.handle !== NEW).slice(0, KINDS),
      newest: newest.ok ? newest.value.items : [],
      newHref: isNew ? `/collections/${NEW}` : undefined,
    };
    return htmlPage(c, <HomePage {...view} origin={origin} chrome={chrome} />);
  });
}
