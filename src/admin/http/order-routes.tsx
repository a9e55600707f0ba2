import { Hono, type Context } from "hono";
import { epochMs, isId, mintId, type OrderId } from "#kernel";
import { htmlPage, type WebEnv } from "#web";
import { NotHerePage } from "../pages/not-here-page.tsx";
import { OrderListPage } from "../pages/order-list-page.tsx";
import { OrderPage, type OrderPageModel } from "../pages/order-page.tsx";
import { ORDER_STATUSES } from "../pages/words.ts";
import { createOrderDeskRoutes } from "./order-desk-routes.tsx";
import { cursored, paged, queryText, queryWord, type PortsOf } from "./support.ts";

type Notice = NonNullable<OrderPageModel["notice"]>;

/** Orders for staff: the list, one order, calling an unpaid one off. */
export function createOrderPages(ports: PortsOf): Hono<WebEnv> {
  const app = new Hono<WebEnv>();
  app.get("/orders", async (c) => {
    const { orders, timeZone } = ports(c);
    const status = queryWord(c, "status", ORDER_STATUSES);
    const search = queryText(c, "q");
    const tag = queryText(c, "tag");
    const hasOpenReturn = c.req.query("returns") === "open";
    const answer = await orders.list({
      ...cursored(c),
      ...(status ? { status } : {}),
      ...(search ? { search } : {}),
      ...(tag ? { tag } : {}),
      ...(hasOpenReturn ? { hasOpenReturn } : {}),
    });
    const filters = { status, search, tag, hasOpenReturn };
    return htmlPage(c, <OrderListPage {...paged(c, answer)} {...filters} timeZone={timeZone} />);
  });
  app.get("/orders/:id", async (c) => {
    const id = c.req.param("id");
    return isId("ord", id) ? showOrder(c, ports, { id }) : notHere(c);
  });
  app.route(
    "/",
    createOrderDeskRoutes(ports, (c, id, notice) =>
      showOrder(c, ports, { id, ...(notice ? { notice } : {}) }),
    ),
  );
  return app;
}

const notHere = (c: Context<WebEnv>) =>
  htmlPage(c, <NotHerePage what="order" backHref="/admin/orders" />, 404);

async function showOrder(
  c: Context<WebEnv>,
  ports: PortsOf,
  shown: { readonly id: OrderId; readonly notice?: Notice },
): Promise<Response> {
  const { orders, mails, timeZone } = ports(c);
  const [order, ledger, sent] = await Promise.all([
    orders.view(shown.id),
    orders.ledger(shown.id),
    mails.ofOrder(shown.id),
  ]);
  if (!order.ok) return notHere(c);
  const notice = shown.notice ? { notice: shown.notice } : {};
  return htmlPage(
    c,
    <OrderPage
      order={order.value}
      ledger={ledger}
      mails={sent}
      timeZone={timeZone}
      formId={mintId("req", epochMs(Date.now()))}
      {...notice}
    />,
    shown.notice ? 409 : 200,
  );
}
