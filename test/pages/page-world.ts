import { expectOk, readyCheckout, until, type Placed } from "../support/shop-client.ts";
import type { RunningShop } from "../../scripts/lib/shop.ts";

// What a shop must have seen before every page of the lists has something to show.

/** Values for the names in braces. */
export type PageWorld = Readonly<Record<string, string>>;

/** A path of a list, in this world. */
export const pathIn = (world: PageWorld, path: string): string =>
  path.replace(/\{([a-z-]+)\}/g, (_, name: string) => {
    const value = world[name];
    if (value === undefined) throw new Error(`Nobody made {${name}}.`);
    return value;
  });

const SKU = "KE-PR-HERON-A3-BLACK";
const CARD = { kind: "token", token: "tok_approve" };
const ADDRESS = { fullName: "Mira Sand", line1: "Hafenweg 2", postalCode: "28195", city: "Bremen" };
/** Milliseconds that parcels and projections may take; the carrier of the tests scans every second. */
const ARRIVAL_MS = 60_000;

type Row = Readonly<Record<string, unknown>>;
type List = { readonly items: readonly Row[] };

const adminCall = (
  shop: RunningShop,
  path: string,
  { method = "GET", body }: { method?: string; body?: unknown } = {},
) =>
  expectOk<unknown>(shop.url, {
    method,
    path: `/admin/api${path}`,
    headers: { authorization: `Bearer ${shop.adminToken}` },
    ...(body === undefined ? {} : { json: body }),
  });

/** Lets buyers and staff of a demo shop do a little of everything; takes some seconds. */
export async function fillPages(shop: RunningShop): Promise<PageWorld> {
  const cookie = await staffCookie(shop);
  const [orders, written, papers, files] = await Promise.all([
    placeOrders(shop),
    writeGoods(shop, cookie),
    writePapers(shop),
    moveFiles(shop, cookie),
  ]);
  const list = async (path: string): Promise<Row | undefined> =>
    ((await adminCall(shop, path)) as List).items[0];
  const mail = /\/admin\/mail\/([^"/?]+)"/.exec(await page(shop, cookie, "/admin/mail"))?.[1];
  return {
    ...orders,
    ...written,
    ...papers,
    ...files,
    "price-list": String((await list("/price-lists?limit=1"))?.["listId"]),
    mail: mail ?? "none",
  };
}

async function staffCookie(shop: RunningShop): Promise<string> {
  const answer = await post(shop, "/admin/sign-in", {
    cookie: "",
    fields: { password: shop.adminPassword, next: "/admin" },
  });
  return answer.headers.get("set-cookie")?.split(";")[0] ?? "";
}

type Form = { readonly cookie: string; readonly fields: Readonly<Record<string, string | Blob>> };

/** Sends a form as a browser would, and does not follow where it leads. */
const post = (shop: RunningShop, path: string, { cookie, fields }: Form) => {
  const isFile = Object.values(fields).some((value) => typeof value !== "string");
  const body = isFile ? new FormData() : new URLSearchParams();
  for (const [name, value] of Object.entries(fields)) body.append(name, value as string);
  return fetch(`${shop.url}${path}`, {
    method: "POST",
    redirect: "manual",
    headers: { cookie, origin: shop.url, "sec-fetch-site": "same-origin" },
    body,
  });
};

const page = async (shop: RunningShop, cookie: string, path: string): Promise<string> =>
  (await fetch(`${shop.url}${path}`, { headers: { cookie } })).text();

async function place(shop: RunningShop, payment: object): Promise<Placed> {
  const { id } = await readyCheckout(shop.url, [{ sku: SKU, quantity: 1 }], "pages@example.com");
  return expectOk(shop.url, {
    method: "POST",
    path: `/api/checkouts/${id}/place`,
    json: { payment },
    headers: { "idempotency-key": `pages-${id}` },
  });
}

const statusOf = async (shop: RunningShop, { orderId }: Placed): Promise<unknown> =>
  ((await adminCall(shop, `/orders/${orderId}`)) as Row)["status"];

const whenStatus = (shop: RunningShop, order: Placed, status: string): Promise<unknown> =>
  until(
    () => statusOf(shop, order),
    (now) => now === status,
    ARRIVAL_MS,
  );

/** Orders that have come to rest in different ways. */
async function placeOrders(shop: RunningShop): Promise<PageWorld> {
  const [unpaid, transfer, cancelled, delivered, returned, refunded] = await Promise.all([
    place(shop, { kind: "redirect" }),
    place(shop, { kind: "manual", method: "bank_transfer" }),
    place(shop, { kind: "redirect" }),
    place(shop, CARD),
    place(shop, CARD),
    place(shop, CARD),
  ]);
  const desk = (order: Placed, path: string, body: object): Promise<unknown> =>
    adminCall(shop, `/orders/${order.orderId}/${path}`, { method: "POST", body });
  await desk(cancelled, "cancel", { reason: "Asked on the phone" });
  await Promise.all([delivered, returned, refunded].map((order) => whenStatus(shop, order, "delivered")));
  await desk(refunded, "refunds", {
    refundId: "pages",
    amount: { currency: "EUR", amountMinor: 1_000 },
    reason: "Dented corner",
    from: "payment",
  });
  const { lines } = (await adminCall(shop, `/orders/${returned.orderId}`)) as { lines: Row[] };
  await desk(returned, "returns", {
    returnId: "pages",
    wish: "refund",
    reason: "Too large for the wall",
    lines: [{ lineId: String(lines[0]?.["lineId"] ?? lines[0]?.["id"]), quantity: 1 }],
  });
  const named = { unpaid, transfer, cancelled, delivered, returned, refunded };
  return Object.fromEntries(
    Object.entries(named).flatMap(([name, { orderId, accessKey }]) => [
      [`order-${name}`, orderId],
      [`key-${name}`, accessKey],
    ]),
  );
}

/** A page, a product that is gone and one that is not there yet. */
async function writeGoods(shop: RunningShop, cookie: string): Promise<PageWorld> {
  const fields = {
    handle: "care",
    title: "How to care for linen",
    description: "What linen likes, and what it does not.",
    bodyHtml:
      "<h2>Before the first wash</h2><p>Rinse it cold.</p><h2>Washing</h2><p>Thirty degrees, with its like.</p>",
    version: "0",
  };
  await post(shop, "/admin/content/pages", { cookie, fields });
  const product = {
    title: "A print that is gone",
    status: "archived",
    descriptionHtml: "<p>Once there were thirty.</p>",
    vendor: "Kerbside Editions",
    productType: "Print",
    tags: [],
    options: [],
    variants: [
      {
        sku: "PAGES-GONE",
        optionValues: [],
        priceMinor: 3_000,
        weightGrams: 100,
        taxClass: "standard",
        requiresShipping: true,
      },
    ],
    pictures: [],
    attributes: [],
    collections: ["prints"],
  };
  await adminCall(shop, "/products/pages-gone", { method: "PUT", body: product });
  const preview = await fetch(`${shop.url}/admin/products/heron-by-night/preview`, {
    headers: { cookie },
    redirect: "manual",
  });
  const link = new URL(preview.headers.get("location") ?? "/", shop.url);
  return {
    "written-page": "care",
    withdrawn: "pages-gone",
    "draft-product": link.pathname.split("/").at(-1) ?? "",
    "preview-key": link.searchParams.get("key") ?? "",
  };
}

/** A draft, a transfer, a customer. */
async function writePapers(shop: RunningShop): Promise<PageWorld> {
  const product = (await adminCall(shop, "/products/heron")) as { variants: Row[] };
  const variantId = product.variants.find(({ sku }) => sku === SKU)?.["id"];
  const draft = (await adminCall(shop, "/draft-orders", {
    method: "POST",
    body: {
      currency: "EUR",
      country: "DE",
      email: "phone@example.com",
      address: ADDRESS,
      deliveryMethodId: "standard-de",
      lines: [{ variantId, quantity: 2 }],
      note: "Ordered on the phone",
    },
  })) as Row;
  await adminCall(shop, "/locations/north", {
    method: "PUT",
    body: { name: "North shelf", address: "Kai 3", priority: 2, isActive: true, shipsOrders: true },
  });
  const transfer = (await adminCall(shop, "/transfers", {
    method: "POST",
    body: { from: "main", to: "north", note: "For the fair", lines: [{ sku: SKU, quantity: 2 }] },
  })) as Row;
  const customer = (await adminCall(shop, "/customers", {
    method: "POST",
    body: {
      email: "trader@example.com",
      customerGroup: "trade",
      taxStatus: "business",
      taxId: "ATU12345678",
      note: "Buys for three shops",
    },
  })) as Row;
  return {
    draft: String(draft["id"] ?? draft["draftId"]),
    transfer: String(transfer["id"] ?? transfer["transferId"]),
    customer: String(customer["customerId"] ?? customer["id"]),
  };
}

const GOODS = `Handle,Title,Variant SKU,Variant Price
pages-good,Good,PAGES-GOOD,12.00
pages-bad,Bad,PAGES-BAD,not a price
`;
const SUPPLIER = `Artikel;Preis;Menge
Vase grün;12,50;4
Schale;zwölf;2
`;

/** The smallest PNG that there is. */
const PIXEL = Buffer.from(
  "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==",
  "base64",
);

/** A picture, an import that refused a row, a file of a supplier at its mapping, and an export. */
async function moveFiles(shop: RunningShop, cookie: string): Promise<PageWorld> {
  const upload = async (name: string, text: string, reading: string): Promise<string> => {
    const file = new File([text], name, { type: "text/csv" });
    const answer = await post(shop, "/admin/imports", { cookie, fields: { file, reading } });
    return answer.headers.get("location") ?? `nowhere-${answer.status}`;
  };
  const goods = await upload("goods.csv", GOODS, "shopify");
  const supplier = await upload("supplier.csv", SUPPLIER, "guess");
  const made = (await adminCall(shop, "/exports", {
    method: "POST",
    body: { format: "google", market: "default" },
  })) as Row;
  const picture = new File([PIXEL], "pixel.png", { type: "image/png" });
  const added = await post(shop, "/admin/media", { cookie, fields: { file: picture, alt: "A dot" } });
  return {
    media: (added.headers.get("location") ?? `nowhere-${added.status}`).split("/").at(-1) ?? "",
    import: goods.split("/").at(-1) ?? "",
    try: supplier.split("/").at(-1) ?? "",
    export: String(made["id"] ?? made["exportId"]),
  };
}
