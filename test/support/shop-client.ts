import { setTimeout as sleep } from "node:timers/promises";

// A shop's API as its clients see it: plain requests, plain JSON.

/** Milliseconds after which an answer no longer comes. */
const REQUEST_TIMEOUT_MS = 20_000;

export type Money = { readonly currency: string; readonly amountMinor: number };

export type Answer<T> = {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
  /** The JSON in the body; what `T` promises is the caller's trust in the document. */
  readonly body: T;
};

export type Ask = {
  readonly method?: string;
  readonly path: string;
  /** Sent as JSON. */
  readonly json?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
};

/** Sends one request to `origin`. Throws when no answer comes; any status is an answer. */
export async function ask<T>(
  origin: string,
  { method = "GET", path, json, headers = {} }: Ask,
): Promise<Answer<T>> {
  const response = await fetch(`${origin}${path}`, {
    method,
    redirect: "manual",
    signal: AbortSignal.timeout(REQUEST_TIMEOUT_MS),
    headers: { ...(json === undefined ? {} : { "content-type": "application/json" }), ...headers },
    ...(json === undefined ? {} : { body: JSON.stringify(json) }),
  });
  const text = await response.text();
  return { status: response.status, headers: response.headers, text, body: parse(text) as T };
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** All items of a list, page after page. */
export async function askAll<T>(origin: string, request: Ask, limit = 100): Promise<readonly T[]> {
  const items: T[] = [];
  let cursor = "";
  for (;;) {
    const mark = request.path.includes("?") ? "&" : "?";
    const path = `${request.path}${mark}limit=${limit}${cursor}`;
    const { status, body, text } = await ask<{ items: T[]; nextCursor?: string }>(origin, {
      ...request,
      path,
    });
    if (status !== 200) throw new Error(`${path} answered ${status}: ${text}`);
    items.push(...body.items);
    if (body.nextCursor === undefined) return items;
    cursor = `&cursor=${encodeURIComponent(body.nextCursor)}`;
  }
}

export type Cart = {
  readonly id: string;
  readonly version: number;
  readonly lines: readonly { readonly id: string; readonly sku: string; readonly quantity: number }[];
};
export type Checkout = {
  readonly id: string;
  readonly status: string;
  readonly version: number;
  readonly total: Money;
  readonly missing: readonly string[];
  readonly orderId?: string;
};
export type Placed = {
  readonly orderId: string;
  readonly orderNumber: string;
  readonly status: string;
  readonly accessKey: string;
};
export type Problem = { readonly type: string; readonly status: number; readonly detail: string };

export type Wish = { readonly sku: string; readonly quantity: number };

/** Any buyer; the e-mail address tells one order from another. */
const ADDRESS = { fullName: "Ada Buyer", line1: "Torstraße 1", city: "Berlin", postalCode: "10119" };

/** Fills a cart and brings its checkout to where only paying is missing. Throws on any answer but success. */
export async function readyCheckout(
  origin: string,
  wishes: readonly Wish[],
  email: string,
): Promise<Checkout> {
  const cart = await expectOk<Cart>(origin, { method: "POST", path: "/api/carts", json: {} });
  for (const wish of wishes)
    await expectOk(origin, { method: "POST", path: `/api/carts/${cart.id}/lines`, json: wish });
  const opened = await expectOk<Checkout>(origin, {
    method: "POST",
    path: "/api/checkouts",
    json: { cartId: cart.id },
  });
  const path = `/api/checkouts/${opened.id}`;
  const ways = await expectOk<{ items: { id: string }[] }>(origin, { path: `${path}/delivery-options` });
  return expectOk(origin, {
    method: "PATCH",
    path,
    json: { email, address: ADDRESS, deliveryMethodId: ways.items[0]?.id },
  });
}

/** An answer outside 200 to 299 where the test can only go on with success. */
export class UnexpectedAnswer extends Error {
  readonly status: number;
  constructor(request: Ask, answer: Answer<unknown>) {
    super(
      `${request.method ?? "GET"} ${request.path} answered ${answer.status}: ${answer.text.slice(0, 400)}`,
    );
    this.status = answer.status;
  }
}

/** The body of a successful answer. */
export async function expectOk<T>(origin: string, request: Ask): Promise<T> {
  const answer = await ask<T>(origin, request);
  if (answer.status < 200 || answer.status > 299) throw new UnexpectedAnswer(request, answer);
  return answer.body;
}

/** Asks until `isDone` says so or the time is over; gives the last value either way. */
export async function until<T>(
  read: () => Promise<T>,
  isDone: (value: T) => boolean,
  timeoutMs: number,
): Promise<T> {
  const deadline = Date.now() + timeoutMs;
  for (;;) {
    const value = await read();
    if (isDone(value) || Date.now() > deadline) return value;
    await sleep(250);
  }
}
