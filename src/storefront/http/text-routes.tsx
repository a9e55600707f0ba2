import type { Context, Env } from "hono";
import { CONTENT_TAG, type TextPage } from "#content";
import { htmlPage, speechOf } from "#web";
import { AboutPage, DeliveryReturnsPage, WrittenPage } from "../pages/text-pages.tsx";
import { markPublic, type CatalogPagesOptions, type Routing } from "./routing.ts";

/** Pages that a shop has before staff write their own. */
const OWN_PAGES = { about: AboutPage, "delivery-returns": DeliveryReturnsPage } as const;
const isOwn = (handle: string): handle is keyof typeof OWN_PAGES => Object.hasOwn(OWN_PAGES, handle);

/** GET /pages/{handle}: what staff have written, else the shop's own words. */
export function addTextRoutes<E extends Env>({ app, options, frame, notFound }: Routing<E>): void {
  app.get("/pages/:handle", async (c) => {
    const handle = c.req.param("handle");
    const written = await writtenPage(options, c, handle);
    if (!written && !isOwn(handle)) return notFound(c);
    const { origin, chrome } = await frame(c);
    markPublic(c, [CONTENT_TAG]);
    if (written) return htmlPage(c, <WrittenPage page={written} chrome={chrome} origin={origin} />);
    const OwnPage = isOwn(handle) ? OWN_PAGES[handle] : AboutPage;
    return htmlPage(c, <OwnPage chrome={chrome} origin={origin} />);
  });
}

async function writtenPage<E extends Env>(
  options: CatalogPagesOptions<E>,
  c: Context<E>,
  handle: string,
): Promise<TextPage | undefined> {
  return options.content?.(c).page(handle, speechOf(c).locale);
}
