import { Hono, type Context } from "hono";
import { safeNextPath, type StaffAuth } from "#staff";
import { answerProblem, htmlPage, readForm, type WebEnv } from "#web";
import { NotHerePage } from "../pages/not-here-page.tsx";
import { OverviewPage } from "../pages/overview-page.tsx";
import { SignInPage } from "../pages/sign-in-page.tsx";
import { createContentPages } from "./content-routes.tsx";
import { createCustomerPages } from "./customer-routes.tsx";
import { createDraftPages } from "./draft-routes.tsx";
import { createEditOrderPages } from "./edit-order-routes.tsx";
import { createFacetPages } from "./facet-routes.tsx";
import { createExportPages } from "./export-routes.tsx";
import { createImportPages } from "./import-routes.tsx";
import { createMailPages } from "./mail-routes.tsx";
import { createMappingPages } from "./mapping-routes.tsx";
import { createMarketPages } from "./market-routes.tsx";
import { createMediaPages } from "./media-routes.tsx";
import { createOrderPages } from "./order-routes.tsx";
import { createCollectionPages } from "./collection-routes.tsx";
import { createTranslationPages } from "./translation-routes.tsx";
import { createWordPages } from "./word-routes.tsx";
import { createTypePages } from "./type-routes.tsx";
import { createPriceListPages } from "./price-list-routes.tsx";
import { createProductEditor } from "./product-editor-routes.tsx";
import { createProductPages } from "./product-routes.tsx";
import { createSearchPages } from "./search-routes.tsx";
import { createStockPages } from "./stock-routes.tsx";
import type { PortsOf } from "./support.ts";
import { createTaxPages } from "./tax-routes.tsx";
import { createVoucherPages } from "./voucher-routes.tsx";
import { createWebhookPages } from "./webhook-routes.tsx";

export type AdminPagesOptions = { readonly ports: PortsOf; readonly auth: (c: Context<WebEnv>) => StaffAuth };

const NEWEST_ORDERS = 10;
/** How far a number on the overview counts before it says "and more". */
const ATTENTION_LIMIT = 50;

/** The pages of the back office, mounted under /admin; everything but the sign-in asks who is there. */
export function createAdminPages({ ports, auth }: AdminPagesOptions): Hono<WebEnv> {
  const app = new Hono<WebEnv>();
  app.get("/sign-in", (c) => htmlPage(c, <SignInPage next={safeNextPath(c.req.query("next"))} />));
  app.post("/sign-in", async (c) => {
    const form = await readForm(c);
    if (!form.ok) return answerProblem(c, form.refusal.problem);
    const next = safeNextPath(form.value["next"]);
    const isRight = await auth(c).signIn(c, form.value["password"] ?? "");
    return isRight
      ? c.redirect(next, 303)
      : htmlPage(
          c,
          <SignInPage next={next} error="Enter the sign-in word that was printed when the shop started." />,
          422,
        );
  });
  app.use("*", (c, next) => auth(c).require()(c, next));
  app.post("/sign-out", (c) => {
    auth(c).signOut(c);
    return c.redirect("/admin/sign-in", 303);
  });
  app.get("/", (c) => showOverview(c, ports));
  app.route("/", createOrderPages(ports));
  app.route("/", createEditOrderPages(ports));
  app.route("/", createDraftPages(ports));
  app.route("/", createProductEditor(ports));
  app.route("/", createCollectionPages(ports));
  app.route("/", createTypePages(ports));
  app.route("/", createTranslationPages(ports));
  app.route("/", createProductPages(ports));
  app.route("/", createStockPages(ports));
  app.route("/", createVoucherPages(ports));
  app.route("/", createPriceListPages(ports));
  app.route("/", createMarketPages(ports));
  app.route("/", createTaxPages(ports));
  app.route("/", createCustomerPages(ports));
  app.route("/", createFacetPages(ports));
  app.route("/", createWordPages(ports));
  app.route("/", createSearchPages(ports));
  app.route("/", createMediaPages(ports));
  app.route("/", createContentPages(ports));
  app.route("/", createMailPages(ports));
  app.route("/", createWebhookPages(ports));
  app.route("/", createMappingPages(ports));
  app.route("/", createExportPages(ports));
  app.route("/", createImportPages(ports));
  app.all("*", (c) => htmlPage(c, <NotHerePage what="page" backHref="/admin" />, 404));
  return app;
}

async function showOverview(c: Context<WebEnv>, ports: PortsOf): Promise<Response> {
  const { orders, stockLevels, deadLetters, timeZone } = ports(c);
  const limit = ATTENTION_LIMIT;
  const [newest, unknown, waiting, soldOut, letters] = await Promise.all([
    orders.list({ limit: NEWEST_ORDERS }),
    orders.list({ status: "payment_unknown", limit }),
    orders.list({ status: "needs_attention", limit }),
    stockLevels.list({ availability: "sold_out", limit }),
    deadLetters.list({ limit }),
  ]);
  const tile = (label: string, href: string, list: typeof newest | typeof soldOut | typeof letters) => ({
    label,
    href,
    count: list.ok ? list.value.items.length : 0,
    isMore: list.ok && list.value.nextCursor !== undefined,
  });
  const attention = [
    tile("payments unknown", "/admin/orders?status=payment_unknown", unknown),
    tile("orders need a person", "/admin/orders?status=needs_attention", waiting),
    tile("SKUs sold out", "/admin/stock?availability=sold_out", soldOut),
    tile("dead letters", "/admin/dead-letters", letters),
  ];
  return htmlPage(
    c,
    <OverviewPage orders={newest.ok ? newest.value.items : []} attention={attention} timeZone={timeZone} />,
  );
}
