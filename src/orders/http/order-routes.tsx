import { Hono, type Context } from "hono";
import { epochMs } from "#kernel";
import type { OrderView, ReturnRequest } from "../contract.ts";
import {
  answerProblem,
  HOME_PLACE,
  htmlPage,
  readForm,
  speechOf,
  type ShopPlace,
  type FormFields,
  type WebEnv,
} from "#web";
import { OrderNotShownPage, OrderPage } from "../pages/order-page.tsx";
import {
  callOf,
  keyOf,
  orderIdOf,
  orderProblem,
  readOrder,
  rememberKey,
  type OrderHttpPorts,
} from "./order-access.ts";

/** Header in which an order object expects the key of a live socket. */
const ORDER_KEY_HEADER = "x-order-key";

/** The order page, live, and the way back from the payment page. Every answer is private and tells no referrer. */
export function createOrderPages(portsOf: (c: Context) => OrderHttpPorts) {
  const app = new Hono<WebEnv>();

  app.get("/orders/:orderId", async (c) => {
    guard(c);
    const ports = portsOf(c);
    const order = await readOrder(c, ports);
    if (!order.ok) return htmlPage(c, <OrderNotShownPage />, 404);
    const key = c.req.query("key");
    if (key !== undefined) {
      // The key leaves the address at once: traces, logs and history keep addresses.
      rememberKey(c, order.value.orderId, key);
      return c.redirect(`/orders/${order.value.orderId}`, 303);
    }
    standInOrder(c, order.value);
    return htmlPage(c, <OrderPage order={order.value} at={epochMs(Date.now())} timeZone={ports.timeZone} />);
  });

  app.get("/orders/:orderId/return", async (c) => {
    guard(c);
    const ports = portsOf(c);
    const order = await readOrder(c, ports);
    // Without the key nobody is asked to ask the provider; its webhook tells the order anyway.
    if (order.ok) await ports.orders.getByName(order.value.orderId).settle(callOf(c));
    await ports.afterReturn?.();
    return c.redirect(`/orders/${orderIdOf(c) ?? "unknown"}`, 303);
  });

  app.post("/orders/:orderId/cancel", async (c) => {
    guard(c);
    const ports = portsOf(c);
    const order = await readOrder(c, ports);
    if (!order.ok) return htmlPage(c, <OrderNotShownPage />, 404);
    // A refusal (it was paid a moment ago) shows on the page that follows.
    await ports.orders.getByName(order.value.orderId).cancel({ reason: "buyer", by: "customer" }, callOf(c));
    return c.redirect(`/orders/${order.value.orderId}`, 303);
  });

  addReturns(app, portsOf);

  app.get("/orders/:orderId/live", async (c) => {
    const orderId = orderIdOf(c);
    const key = keyOf(c);
    const isSocket = c.req.header("upgrade")?.toLowerCase() === "websocket";
    if (!orderId || key === undefined) return c.body(null, 404);
    if (!isSocket) return c.body(null, 426, { upgrade: "websocket" });
    const headers = new Headers({ upgrade: "websocket", [ORDER_KEY_HEADER]: key });
    return portsOf(c).live(orderId, new Request(new URL(c.req.path, c.req.url), { headers }));
  });

  return app;
}

/** An order speaks the language that it was placed in, wherever its link is opened. */
function standInOrder(c: Context, { draft: { locale } }: OrderView): void {
  const place = (c.get("place") as ShopPlace | undefined) ?? HOME_PLACE;
  c.set("place", { ...place, locale } satisfies ShopPlace);
}

function guard(c: Context): void {
  c.header("referrer-policy", "no-referrer");
  c.header("x-robots-tag", "noindex");
}

function addReturns(app: Hono<WebEnv>, portsOf: (c: Context) => OrderHttpPorts): void {
  app.post("/orders/:orderId/returns", async (c) => {
    guard(c);
    const ports = portsOf(c);
    const form = await readForm(c);
    if (!form.ok) return answerProblem(c, form.refusal.problem);
    const order = await readOrder(c, ports);
    if (!order.ok) return htmlPage(c, <OrderNotShownPage />, 404);
    const { orderId } = order.value;
    const asked = await ports.orders.getByName(orderId).requestReturn(returnOf(form.value), callOf(c));
    if (asked.ok) return c.redirect(`/orders/${orderId}#returns`, 303);
    standInOrder(c, order.value);
    const { say, language } = speechOf(c);
    const detail = language === "en" ? orderProblem(asked.refusal).detail : say("return.refused");
    const props = { order: order.value, at: epochMs(Date.now()), timeZone: ports.timeZone };
    return htmlPage(c, <OrderPage {...props} returnProblem={detail} />, 422);
  });
}

const UNITS = "units-";
const MAX_REASON_CHARACTERS = 500;
const MAX_LINES = 100;

/** The wish of a form; numbers that are none stay in it, so that the order refuses them by name. */
function returnOf(form: FormFields): ReturnRequest {
  const lines = Object.entries(form)
    .filter(([name, value]) => name.startsWith(UNITS) && value !== undefined && !/^0*$/.test(value.trim()))
    .slice(0, MAX_LINES)
    .map(([name, value]) => ({ lineId: name.slice(UNITS.length), quantity: Number(value) }));
  const id = /^page-\d{1,9}$/.exec(form["returnId"] ?? "")?.[0] ?? "page-0";
  const reason = (form["reason"] ?? "").trim().slice(0, MAX_REASON_CHARACTERS);
  return {
    returnId: id,
    by: "customer",
    wish: "refund",
    reason: reason === "" ? "none given" : reason,
    lines,
  };
}
