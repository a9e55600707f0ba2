import { Hono, type Context, type Env } from "hono";
import { getCookie, setCookie } from "hono/cookie";
import { isPreviewKey, PREVIEW_TTL_MS, type CatalogStaffReader } from "#catalog";
import { htmlPage, PRIVATE_NO_STORE } from "#web";
import { chooseVariant, type ProductChoice } from "../pages/product-choice.ts";
import { ProductPage } from "../pages/product-page.tsx";
import { createFrame, type FrameOptions } from "./frame.ts";
import { answerNotFound } from "./not-found.tsx";

export type PreviewOptions<E extends Env> = FrameOptions<E> & {
  readonly staffReader: (c: Context<E>) => CatalogStaffReader;
  readonly secret: (c: Context<E>) => string;
};

const COOKIE = "preview";

/**
 * GET /preview/{handle}: a product as its page will be, whatever its status, for whoever has a link that staff made.
 * Private and never kept. The key leaves the address on the first visit, for a cookie that only this page gets.
 */
export function createPreviewPages<E extends Env>(options: PreviewOptions<E>): Hono<E> {
  const app = new Hono<E>();
  const frame = createFrame(options);
  const notFound = answerNotFound(frame);
  app.get("/preview/:handle", async (c) => {
    const handle = c.req.param("handle");
    const path = `/preview/${encodeURIComponent(handle)}`;
    const shown = c.req.query("key");
    const key = shown ?? getCookie(c, COOKIE) ?? "";
    c.header("cache-control", PRIVATE_NO_STORE);
    c.header("x-robots-tag", "noindex");
    if (!(await isPreviewKey(options.secret(c), { handle, key, nowMs: Date.now() }))) return notFound(c);
    if (shown !== undefined) {
      setCookie(c, COOKIE, key, {
        path,
        httpOnly: true,
        sameSite: "Lax",
        secure: new URL(c.req.url).protocol === "https:",
        maxAge: PREVIEW_TTL_MS / 1000,
      });
      return c.redirect(path, 303);
    }
    const product = await options.staffReader(c).product(handle);
    if (!product.ok) return notFound(c);
    const { origin, country, chrome } = await frame(c);
    const choice = staying(chooseVariant(product.value, c.req.query()), handle);
    const view = { product: product.value, choice, companions: [], similar: [], origin, country };
    return htmlPage(c, <ProductPage {...view} chrome={{ ...chrome, announcement: PREVIEW_WORDS }} />);
  });
  return app;
}

const PREVIEW_WORDS = "Preview: shoppers do not see this page.";

/** Links of the options lead to the preview again. */
const staying = (choice: ProductChoice, handle: string): ProductChoice => ({
  ...choice,
  options: choice.options.map((option) => ({
    ...option,
    links: option.links.map((link) => ({
      ...link,
      href: link.href.replace(
        `/products/${encodeURIComponent(handle)}`,
        () => `/preview/${encodeURIComponent(handle)}`,
      ),
    })),
  })),
});
