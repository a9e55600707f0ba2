// Every page of the shop and of the back office, and the states that look different. `page-list.workerd.test.ts` fails when
// a route that answers a page is in no list; `test/e2e/accessibility.e2e.test.ts` opens each.

/** A form of the page that is sent as a person would, but past what the browser itself would stop. */
export type Sending = {
  /** What the form's `action` ends with; default: the first form of main that posts. */
  readonly action?: string;
  /** Values by field name; the others stay as the page has filled them. */
  readonly fields?: Readonly<Record<string, string>>;
  /** Value of the button to press, which names the form as well; default: the form's first. */
  readonly button?: string;
};

export type ListedPage = {
  /** Unique; the state in plain words. */
  readonly name: string;
  /** Names in braces stand for ids of `page-world.ts`. */
  readonly path: string;
  readonly send?: Sending;
  /** Default: 200. */
  readonly status?: number;
};

type Row = readonly [name: string, path: string, status?: number];

const listed = (rows: readonly Row[]): readonly ListedPage[] =>
  rows.map(([name, path, status]) => ({ name, path, ...(status === undefined ? {} : { status }) }));

/** What everybody may open. */
export const SHOP_PAGES: readonly ListedPage[] = [
  ...listed([
    ["home", "/"],
    ["collection", "/collections/prints"],
    ["collection sorted", "/collections/prints?sort=price_asc"],
    ["collection filtered", "/collections/prints?filter.size=a3&filter.size=a4&sort=price_asc"],
    ["collection filtered by what it does not have", "/collections/prints?filter.size=A9"],
    ["collection filtered to nothing", "/collections/prints?price.from=9000"],
    ["collection by rule", "/collections/new"],
    ["collection of reduced goods", "/collections/sale"],
    ["product", "/products/heron?size=a3&frame=black"],
    ["product with a choice that is not there", "/products/heron?size=a9"],
    ["product sold out", "/products/meridian"],
    ["product on sale", "/products/shingle"],
    ["product to preorder", "/products/sawtooth"],
    ["product on backorder", "/products/tide"],
    ["product with 24 variants", "/products/switchback"],
    ["product with an Arabic title", "/products/courtyard-star"],
    ["product without picture", "/products/trimming-table"],
    ["product with nine pictures", "/products/isobar"],
    ["product with a long title", "/products/long-meadow"],
    ["set of products", "/products/first-set"],
    ["product withdrawn", "/products/{withdrawn}", 410],
    ["product as a draft, for whoever has the link", "/preview/{draft-product}?key={preview-key}"],
    ["search", "/search?q=blue"],
    ["search without hits", "/search?q=zzzzzz"],
    ["search of a misspelt word", "/search?q=heroon"],
    ["search with nothing asked", "/search"],
    ["page that is not there", "/products/no-such-thing", 404],
    ["delivery and returns", "/pages/delivery-returns"],
    ["about", "/pages/about"],
    ["page that staff wrote", "/pages/{written-page}"],
    ["find an order", "/find-order"],
    ["find an order, link sent", "/find-order?sent=yes"],
    ["delivery to a postcode", "/delivery?product=heron&country=DE&postcode=25980"],
    ["delivery to no postcode", "/delivery?product=heron&country=DE&postcode=x", 422],
    ["recently viewed, nothing", "/recently-viewed"],
    ["explained problem", "/problems/orders/order-unknown"],
    ["order that is not shown", "/orders/ord_0000000000000000000000000000000000000000", 404],
    ["checkout that has ended", "/checkout/chk_unknown", 404],
    ["empty cart", "/cart"],
    ["order unpaid", "/orders/{order-unpaid}?key={key-unpaid}"],
    ["order waiting for a transfer", "/orders/{order-transfer}?key={key-transfer}"],
    ["order delivered", "/orders/{order-delivered}?key={key-delivered}"],
    ["order with a return asked for", "/orders/{order-returned}?key={key-returned}"],
    ["order refunded", "/orders/{order-refunded}?key={key-refunded}"],
    ["order cancelled", "/orders/{order-cancelled}?key={key-cancelled}"],
  ]),
  {
    name: "find an order, with mistakes",
    path: "/find-order",
    send: { fields: { orderNumber: "7", email: "nobody" } },
    status: 422,
  },
  {
    name: "return asked for, with mistakes",
    path: "/orders/{order-delivered}?key={key-delivered}",
    send: { action: "/returns" },
    status: 422,
  },
];

const ABROAD = ["/", "/collections/prints", "/products/heron?size=a3&frame=black", "/search?q=zzzzzz"];
const ABROAD_TOO = [
  "/collections/prints?filter.size=a3&sort=price_asc",
  "/products/meridian",
  "/products/courtyard-star",
  "/products/no-such-thing",
  "/pages/delivery-returns",
  "/delivery?product=heron&country=DE&postcode=25980",
];

/** The shop's main pages in German, in Arabic (from right to left), and in another market. */
export const PAGES_ABROAD: readonly ListedPage[] = [
  ...["de", "ar"].flatMap((place) => [...ABROAD, ...ABROAD_TOO].map((path) => [place, path] as const)),
  ...ABROAD.map((path) => ["ch-de", path] as const),
].map(([place, path]) => ({
  name: `${place} ${path}`,
  path: `/${place}${path}`,
  ...(path.includes("no-such") ? { status: 404 } : {}),
}));
