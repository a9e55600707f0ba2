import { setTimeout as sleep } from "node:timers/promises";
import { isDeepStrictEqual } from "node:util";
import {
  ask,
  askAll,
  expectOk,
  readyCheckout,
  until,
  type Cart,
  type Checkout,
  type Placed,
} from "../support/shop-client.ts";
import { fill, type Operation } from "./operations.ts";
import { catalogueSamples } from "./catalogue-samples.ts";
import { DRAFT_LIST, draftEntries, NOBODY, priceSamples } from "./price-samples.ts";
import { deskSamples } from "./desk-samples.ts";

export type Headers = Readonly<Record<string, string>>;

/** A small world that bad requests are thrown at: what is true in it must still be true afterwards. */
export type World = {
  readonly origin: string;
  readonly staff: Headers;
  readonly sku: string;
  readonly cart: Cart;
  readonly checkout: Checkout;
  /** Waits for its buyer on the payment page, so nothing moves it but a payment. */
  readonly pending: Placed;
  /** Of another buyer. */
  readonly other: Placed;
  /** Values for the names in a path that lead somewhere. */
  readonly known: Readonly<Record<string, string>>;
  /** A right body per operation that takes JSON, by the operation's name. */
  readonly samples: Readonly<Record<string, unknown>>;
  /** Everything that a bad request could have changed. */
  snapshot(): Promise<unknown>;
};

const HANDLE = "heron";
const SETTLE_MS = 20_000;
/** Longer than what carts show of stock may lag behind: two seconds of memory, and the projection of a level. */
const STILL_MS = 3_500;

type ProductAnswer = { readonly variants: readonly { readonly sku: string }[] };
type List = { readonly items: readonly Readonly<Record<string, unknown>>[] };

/** Fills a demo shop's cart and checkout, and places two orders of different buyers. */
export async function createWorld(origin: string, adminToken: string): Promise<World> {
  const staff = { authorization: `Bearer ${adminToken}` };
  const product = await expectOk<ProductAnswer>(origin, { path: `/api/products/${HANDLE}` });
  const sku = product.variants[0]?.sku ?? "";
  const open = await readyCheckout(origin, [{ sku, quantity: 2 }], "open@buyer.example");
  const cartId = (await expectOk<{ cartId: string }>(origin, { path: `/api/checkouts/${open.id}` })).cartId;
  const cart = await expectOk<Cart>(origin, { path: `/api/carts/${cartId}` });
  const pending = await order(origin, sku, { kind: "redirect" });
  const other = await order(origin, sku, { kind: "token", token: "tok_decline" }).catch(() => pending);
  await until(
    () => askAll(origin, { path: "/admin/api/orders", headers: staff }),
    (rows) => rows.length >= 2,
    SETTLE_MS,
  );
  const variantId = await draftList(origin, staff, sku);
  const world: World = {
    origin,
    staff,
    sku,
    cart,
    checkout: open,
    pending,
    other,
    known: {
      cartId: cart.id,
      lineId: cart.lines[0]?.id ?? "",
      checkoutId: open.id,
      orderId: pending.orderId,
      handle: HANDLE,
      sku,
      id: "imp_01m829t64tgkykjyn9fgjqctsz",
      name: "heron.svg",
      entity: "product",
      key: HANDLE,
      locale: "de",
      methodId: await firstMethod(origin, staff),
      country: "DE",
      marketId: "home",
      mapping: "supplier",
      listId: "matrix",
      variantId,
      collection: await firstCollection(origin),
      ...NAMES,
    },
    samples: await samplesFor(origin, staff, {
      sku,
      cartId: cart.id,
      variantId,
      lineId: cart.lines[0]?.id ?? "",
    }),
    snapshot: async () => ({
      facts: await Promise.all(
        factsOf(sku, cart.id, pending.orderId).map(async (path) => [path, await read(origin, staff, path)]),
      ),
      checkout: withoutVersion(await read(origin, staff, `/api/checkouts/${open.id}`)),
    }),
  };
  await comeToRest(world);
  return world;
}

/** Waits until the orders above have reached everything that shows them. */
async function comeToRest({ snapshot }: World): Promise<void> {
  let before = await snapshot();
  await until(
    async () => {
      await sleep(STILL_MS);
      const [was, is] = [before, await snapshot()];
      before = is;
      return isDeepStrictEqual(was, is);
    },
    (isStill) => isStill,
    4 * SETTLE_MS,
  );
}

/** What a path may name and nothing has; `code` is right for a coupon and for a location. */
const NAMES = {
  announcementId: "matrix",
  location: "main",
  code: "2026",
  transferId: "none",
  editId: "none",
  returnId: "none",
  noteId: "none",
  draftId: "none",
  customerId: NOBODY,
};

/** Everything that is read before and after. */
const factsOf = (sku: string, cartId: string, orderId: string): readonly string[] => [
  `/api/carts/${cartId}`,
  `/admin/api/stock/${sku}`,
  `/admin/api/stock/${sku}/journal`,
  `/admin/api/orders/${orderId}`,
  `/admin/api/orders/${orderId}/ledger`,
  "/admin/api/delivery-methods",
  "/admin/api/tax-rates",
  "/admin/api/tax-rules",
  "/admin/api/tax-settings",
  "/admin/api/tax-countries/DE",
  "/admin/api/facets",
  "/admin/api/customers?limit=100",
  "/admin/api/markets",
  "/admin/api/price-lists",
  "/admin/api/price-lists/matrix/entries",
  "/admin/api/imports",
  "/admin/api/products?limit=100",
  "/admin/api/product-types",
  `/admin/api/translations/product/${HANDLE}`,
  "/admin/api/words/de",
  "/admin/api/content/home",
  "/admin/api/orders?limit=100",
  "/admin/api/locations",
  "/admin/api/transfers?limit=100",
  "/admin/api/coupons?limit=100",
  "/admin/api/gift-cards?limit=100",
  "/admin/api/store-credit?limit=100",
  "/admin/api/draft-orders?limit=100",
];

/** A path of the operation that leads somewhere; the ids of vouchers have a shape of their own. */
export function pathFor({ known }: Pick<World, "known">, { path }: Operation): string {
  if (/\/(?:gift-cards|store-credit)\//.test(path)) return fill(path, { ...known, id: "0".repeat(32) });
  const { collection = "" } = known;
  return fill(path, path.startsWith("/api/collections/") ? { ...known, handle: collection } : known);
}

const firstCollection = async (origin: string): Promise<string> =>
  String((await expectOk<List>(origin, { path: "/api/collections" })).items[0]?.["handle"]);

const read = async (origin: string, headers: Headers, path: string): Promise<unknown> =>
  (await ask(origin, { path, headers })).body;

/** A refused order claims the checkout for a moment and gives it back, which are two versions. */
const withoutVersion = (checkout: unknown): unknown => ({ ...(checkout as object), version: undefined });

async function order(origin: string, sku: string, payment: object): Promise<Placed> {
  const { id } = await readyCheckout(origin, [{ sku, quantity: 1 }], "other@buyer.example");
  return expectOk(origin, {
    method: "POST",
    path: `/api/checkouts/${id}/place`,
    json: { payment },
    headers: { "idempotency-key": `world-${id}` },
  });
}

const firstMethod = async (origin: string, staff: Headers): Promise<string> =>
  String(
    (await expectOk<List>(origin, { path: "/admin/api/delivery-methods", headers: staff })).items[0]?.[
      "methodId"
    ],
  );

type Known = {
  readonly sku: string;
  readonly cartId: string;
  readonly variantId: string;
  readonly lineId: string;
};

async function samplesFor(
  origin: string,
  staff: Headers,
  { sku, cartId, variantId, lineId }: Known,
): Promise<Record<string, unknown>> {
  const methods = await expectOk<List>(origin, { path: "/admin/api/delivery-methods", headers: staff });
  const { methodId, ...method } = methods.items[0] ?? {};
  return {
    "POST /api/carts": { currency: "EUR", country: "DE", lines: [{ sku, quantity: 1 }] },
    "PUT /api/carts/{cartId}/market": { market: "home" },
    "POST /api/carts/{cartId}/lines": { sku, quantity: 1 },
    "PATCH /api/carts/{cartId}/lines/{lineId}": { quantity: 1 },
    "POST /api/checkouts": {
      cartId,
      cartVersion: 1,
      email: "opened@buyer.example",
      country: "DE",
      address: { fullName: "A", line1: "B 1", city: "C", postalCode: "10119" },
    },
    "PATCH /api/checkouts/{checkoutId}": {
      email: "changed@buyer.example",
      wantsNews: true,
      country: "DE",
      address: { fullName: "A", line1: "B 1", city: "C", postalCode: "10119" },
      deliveryMethodId: methodId,
    },
    "POST /api/checkouts/{checkoutId}/place": {
      payment: { kind: "token", token: "tok_approve" },
      expectedTotal: { currency: "EUR", amountMinor: 1 },
    },
    "POST /admin/api/orders/{orderId}/cancel": { reason: "test" },
    "PUT /admin/api/facets": SIZE_FACET,
    ...catalogueSamples(sku),
    "PUT /admin/api/import-mappings/{mapping}": SUPPLIER_MAPPING,
    ...deskSamples({ sku, variantId, lineId, methodId: String(methodId) }),
    "PUT /admin/api/stock/{sku}/policy": { kind: "backorder", limit: 5, expectedAt: "2027-01-01" },
    "POST /admin/api/stock/{sku}/adjustments": {
      adjustmentId: "bad-input",
      kind: "received",
      quantity: 1,
      reason: "test",
      reference: "r",
      expectedVersion: 1,
    },
    "PUT /admin/api/delivery-methods/{methodId}": method,
    ...priceSamples(sku),
    "PATCH /admin/api/media/{name}": { alt: "A heron", focalX: 50, focalY: 20 },
    "POST /api/events": { events: [{ kind: "view", handle: HANDLE, after: [] }] },
    "PUT /admin/api/search/synonyms/{id}": { kind: "same", terms: ["couch", "sofa"] },
  };
}

const SIZE_FACET = {
  items: [
    {
      key: "size",
      label: "Size",
      sources: [{ kind: "option", name: "Size" }],
      position: 1,
      isActive: true,
      valueOrder: "natural",
    },
  ],
};

const SUPPLIER_MAPPING = {
  rows: "each-row",
  currency: "EUR",
  decimalSign: ".",
  rules: [
    { field: "title", columns: ["Name"], readAs: "text", whenWrong: "reject" },
    { field: "price", columns: ["Cost"], readAs: "price", whenWrong: "reject" },
  ],
};

/** A price list with one price, which no operation with a bad request may change. */
async function draftList(origin: string, headers: Headers, sku: string): Promise<string> {
  const path = "/admin/api/price-lists/matrix";
  await expectOk(origin, { method: "PUT", path, headers, json: DRAFT_LIST });
  await expectOk(origin, { method: "PUT", path: `${path}/entries`, headers, json: draftEntries(sku) });
  const { items } = await expectOk<List>(origin, { path: `${path}/entries`, headers });
  return String(items[0]?.["variantId"]);
}

/** What an operation needs beside its body: the staff's token, and a key where one is required. */
export const headersFor = ({ staff }: World, operation: Operation): Headers => ({
  ...(operation.isAdmin ? staff : {}),
  ...(operation.path.endsWith("/place") ? { "idempotency-key": `bad-${Math.random()}` } : {}),
});
