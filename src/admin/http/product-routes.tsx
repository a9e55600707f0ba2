import { Hono } from "hono";
import { htmlPage, type WebEnv } from "#web";
import { NotHerePage } from "../pages/not-here-page.tsx";
import { ProductDetailPage, ProductListPage } from "../pages/product-pages.tsx";
import { PRODUCT_STATUSES } from "../pages/words.ts";
import { cursored, paged, queryWord, type PortsOf } from "./support.ts";

/** Products for staff: the list and one product. */
export function createProductPages(ports: PortsOf): Hono<WebEnv> {
  const app = new Hono<WebEnv>();
  app.get("/products", async (c) => {
    const { catalog, timeZone } = ports(c);
    const status = queryWord(c, "status", PRODUCT_STATUSES);
    const answer = await catalog.products({ ...cursored(c), ...(status ? { status } : {}) });
    return htmlPage(c, <ProductListPage {...paged(c, answer)} status={status} timeZone={timeZone} />);
  });
  app.get("/products/:handle", async (c) => {
    const product = await ports(c).catalog.product(c.req.param("handle"));
    if (product.ok) return htmlPage(c, <ProductDetailPage product={product.value} />);
    if (product.refusal.code === "product_moved")
      return c.redirect(`/admin/products/${encodeURIComponent(product.refusal.movedTo)}`, 301);
    return htmlPage(c, <NotHerePage what="product" backHref="/admin/products" />, 404);
  });
  return app;
}
