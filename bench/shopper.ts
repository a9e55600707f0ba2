import { randomUUID } from "node:crypto";

/** What one shopper has done so far; each step needs what the steps before it have left. */
export type Visit = { cartId: string; checkout: string; methodId: string; orderId: string };

/** One step of a purchase, by the name that the report prints. */
export type Step = { readonly name: string; readonly run: (visit: Visit) => Promise<void> };

/** Talks to the shop API as one shopper, and fails loudly: a benchmark of error pages is worth nothing. */
export type Shopper = {
  createCart(): Promise<string>;
  addToCart(cartId: string, sku: string): Promise<void>;
  /** From an empty cart to a confirmed order, in the order in which a shopper takes the steps. */
  steps(sku: string): readonly Step[];
  /** All steps; gives the id of the confirmed order. */
  buy(sku: string): Promise<string>;
  /** The same purchase in as few calls as a storefront needs that shows every choice: four. */
  buyBriefly(sku: string): Promise<string>;
  /** The same without a cart before it, for somebody who buys one thing at once: three. */
  buyAtOnce(sku: string): Promise<string>;
  /** The same for a buyer whose address and way of delivery are known from before: two calls. */
  buyAgain(sku: string): Promise<string>;
};

export const newVisit = (): Visit => ({ cartId: "", checkout: "", methodId: "", orderId: "" });

const ADDRESS = { fullName: "Bea Bench", line1: "Lindenallee 1", city: "Berlin", postalCode: "10115" };
const DETAILS = { email: "bea@example.com", country: "DE", address: ADDRESS };
const PAYMENT = { kind: "token", token: "tok_approve" };
const POLL_MS = 25;
const MAX_POLLS = 400;
/** A quick carrier may already have the parcel when we ask. */
const CONFIRMED = new Set(["confirmed", "fulfilling", "shipped", "delivered", "closed"]);

type Json = Readonly<Record<string, unknown>>;
type Call = {
  readonly method: string;
  readonly path: string;
  readonly body?: Json;
  readonly headers?: HeadersInit;
};

export function createShopper(origin: string): Shopper {
  const send = sender(origin);
  let knownWay: string | undefined;
  const shopper: Shopper = {
    createCart: async () => textOf(await send("POST", "/api/carts", {}), "id"),
    addToCart: async (cartId, sku) => {
      await send("POST", `/api/carts/${cartId}/lines`, { sku, quantity: 1 });
    },
    steps: (sku) => stepsOf(origin, shopper, sku),
    buy: async (sku) => {
      const visit = newVisit();
      for (const step of shopper.steps(sku)) await step.run(visit);
      return visit.orderId;
    },
    buyBriefly: async (sku) => {
      const cart = await send("POST", "/api/carts", { lines: [{ sku, quantity: 1 }] });
      const opened = await send("POST", "/api/checkouts", { cartId: textOf(cart, "id"), ...DETAILS });
      return chooseAndPay(origin, opened);
    },
    buyAtOnce: async (sku) => chooseAndPay(origin, await openAtOnce(origin, sku, DETAILS)),
    buyAgain: async (sku) => {
      knownWay ??= firstWay((await openAtOnce(origin, sku, DETAILS))["deliveryOptions"]);
      return pay(origin, pathOf(await openAtOnce(origin, sku, { ...DETAILS, deliveryMethodId: knownWay })));
    },
  };
  return shopper;
}

const sender =
  (origin: string) =>
  (method: string, path: string, body: Json): Promise<Json> =>
    call(origin, { method, path, body });

function stepsOf(origin: string, shopper: Shopper, sku: string): readonly Step[] {
  const send = sender(origin);
  return [
    {
      name: "new cart",
      run: async (visit) => {
        visit.cartId = await shopper.createCart();
      },
    },
    { name: "add a line", run: (visit) => shopper.addToCart(visit.cartId, sku) },
    {
      name: "open the checkout",
      run: async (visit) => {
        const opened = await send("POST", "/api/checkouts", { cartId: visit.cartId });
        visit.checkout = pathOf(opened);
      },
    },
    {
      name: "email and address",
      run: async (visit) => {
        await send("PATCH", visit.checkout, DETAILS);
      },
    },
    {
      name: "ways of delivery",
      run: async (visit) => {
        const { items } = await call(origin, { method: "GET", path: `${visit.checkout}/delivery-options` });
        visit.methodId = firstWay(items);
      },
    },
    {
      name: "choose delivery",
      run: async (visit) => {
        await send("PATCH", visit.checkout, { deliveryMethodId: visit.methodId });
      },
    },
    {
      name: "place and pay, confirmed",
      run: async (visit) => {
        visit.orderId = await pay(origin, visit.checkout);
      },
    },
  ];
}

/** A checkout of one line with what is known of the buyer. */
const openAtOnce = (origin: string, sku: string, details: Json): Promise<Json> =>
  sender(origin)("POST", "/api/checkouts", { lines: [{ sku, quantity: 1 }], ...details });

/** The way of delivery out of those that the checkout offers, and the order. */
async function chooseAndPay(origin: string, opened: Json): Promise<string> {
  const checkout = pathOf(opened);
  await sender(origin)("PATCH", checkout, { deliveryMethodId: firstWay(opened["deliveryOptions"]) });
  return pay(origin, checkout);
}

const pathOf = (checkout: Json): string => `/api/checkouts/${textOf(checkout, "id")}`;

async function pay(origin: string, checkout: string): Promise<string> {
  const placed = await sender(origin)("POST", `${checkout}/place`, { payment: PAYMENT });
  await confirmed(origin, placed);
  return textOf(placed, "orderId");
}

function firstWay(options: unknown): string {
  const [option] = options as readonly Json[];
  if (!option) throw new Error("There is no way of delivery to Germany.");
  return textOf(option, "id");
}

/** The reply of `place` may come before the capture: then the order is asked until it is done. */
async function confirmed(origin: string, placed: Json): Promise<void> {
  const path = `/api/orders/${textOf(placed, "orderId")}`;
  const headers = { authorization: `Bearer ${textOf(placed, "accessKey")}` };
  let status = textOf(placed, "status");
  for (let polls = 0; !CONFIRMED.has(status); polls += 1) {
    if (polls > MAX_POLLS) throw new Error(`The order is still ${status}.`);
    await new Promise((settle) => setTimeout(settle, POLL_MS));
    status = textOf(await call(origin, { method: "GET", path, headers }), "status");
  }
}

function textOf(value: Json, name: string): string {
  const text = value[name];
  if (typeof text !== "string")
    throw new Error(`The answer has no ${name}: ${JSON.stringify(value).slice(0, 300)}`);
  return text;
}

async function call(origin: string, { method, path, body, headers }: Call): Promise<Json> {
  const response = await fetch(`${origin}${path}`, {
    method,
    headers: {
      accept: "application/json",
      ...(body === undefined ? {} : { "content-type": "application/json", "idempotency-key": randomUUID() }),
      ...headers,
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  const text = await response.text();
  if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${text.slice(0, 300)}`);
  return JSON.parse(text) as Json;
}
