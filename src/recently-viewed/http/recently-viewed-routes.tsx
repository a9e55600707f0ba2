import { Hono, type Context } from "hono";
import type { ProductCard } from "#catalog";
import { isId, type ProductId } from "#kernel";
import { answerProblem, htmlPage, readForm, type WebEnv } from "#web";
import type { RecentlyViewed } from "../contract.ts";
import { MAX_SHOWN } from "../limits.ts";
import { RecentlyViewedPage } from "../pages/recently-viewed-page.tsx";
import { forgetVisitor, keepVisitor, visitorOf } from "./visitor-cookie.ts";

export type RecentlyViewedOptions = {
  /** Both reached per request, because bindings belong to it. */
  readonly memory: (c: Context) => RecentlyViewed;
  /** Cards in the order of the ids; products that are not for sale are left out. */
  readonly cards: (c: Context, productIds: readonly ProductId[]) => Promise<readonly ProductCard[]>;
};

const PATH = "/recently-viewed";

/**
 * `GET /recently-viewed` shows what this browser looked at lately, without the product named by `except`; its part `seen`
 * is what other pages fetch. `POST` notes a product, or forgets all of them. Private, and never an error.
 */
export function createRecentlyViewedPages({ memory, cards }: RecentlyViewedOptions): Hono<WebEnv> {
  const app = new Hono<WebEnv>();
  app.get(PATH, async (c) => {
    const visitor = visitorOf(c);
    const except = c.req.query("except");
    const seen = visitor === undefined ? [] : await memory(c).list(visitor);
    const shown = seen.filter((productId) => productId !== except).slice(0, MAX_SHOWN);
    return htmlPage(c, <RecentlyViewedPage cards={await cardsOf(c, cards, shown)} />);
  });
  app.post(PATH, async (c) => {
    const form = await readForm(c);
    if (!form.ok) return answerProblem(c, form.refusal.problem);
    const { productId, forget } = form.value;
    if (forget !== undefined) {
      const visitor = visitorOf(c);
      if (visitor !== undefined) await memory(c).forget(visitor);
      forgetVisitor(c);
      return c.redirect(PATH, 303);
    }
    if (!isId("prd", productId)) return c.redirect(PATH, 303);
    // Who asks browsers to send "do not sell or share" is not remembered either (Global Privacy Control).
    if (c.req.header("sec-gpc") !== "1") await memory(c).note(keepVisitor(c), productId);
    return c.redirect(`${PATH}?except=${encodeURIComponent(productId)}`, 303);
  });
  return app;
}

/** A catalogue that does not answer leaves the strip out. */
async function cardsOf(
  c: Context,
  cards: RecentlyViewedOptions["cards"],
  productIds: readonly ProductId[],
): Promise<readonly ProductCard[]> {
  try {
    return await cards(c, productIds);
  } catch {
    return [];
  }
}
