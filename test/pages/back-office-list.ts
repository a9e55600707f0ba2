import type { ListedPage } from "./page-list.ts";

// Every page of the back office, as it is, refused and overtaken.

const pages = (paths: readonly string[]): readonly ListedPage[] =>
  paths.map((path) => ({ name: path, path }));

/** What staff open. */
const OPENED = pages([
  "/admin",
  "/admin/orders",
  "/admin/orders?status=refunding",
  "/admin/orders/{order-delivered}",
  "/admin/orders/{order-unpaid}",
  "/admin/orders/{order-transfer}",
  "/admin/orders/{order-returned}",
  "/admin/orders/{order-cancelled}",
  "/admin/orders/{order-transfer}/edit",
  "/admin/drafts",
  "/admin/drafts/new",
  "/admin/drafts/{draft}",
  "/admin/products",
  "/admin/products?q=zzzz",
  "/admin/products/new",
  "/admin/products/heron",
  "/admin/products/heron/edit",
  "/admin/products/courtyard-star",
  "/admin/collections",
  "/admin/collections/new",
  "/admin/collections/prints",
  "/admin/product-types",
  "/admin/product-types/new",
  "/admin/product-types/prints",
  "/admin/translations/product/heron",
  "/admin/translations/product/heron?locale=ar",
  "/admin/stock",
  "/admin/stock?availability=sold_out",
  "/admin/stock/KE-PR-HERON-A3-BLACK",
  "/admin/stock/KE-PR-HERON-A3-BLACK/selling",
  "/admin/stock/KE-PR-HERON-A3-BLACK/announced",
  "/admin/transfers",
  "/admin/transfers/new",
  "/admin/transfers/{transfer}",
  "/admin/locations",
  "/admin/locations?code=main",
  "/admin/vouchers",
  "/admin/vouchers/new",
  "/admin/vouchers/new?kind=gift_card",
  "/admin/vouchers/coupon%3AWELCOME10",
  "/admin/price-lists",
  "/admin/price-lists/new",
  "/admin/price-lists/{price-list}",
  "/admin/markets",
  "/admin/markets/new",
  "/admin/markets/ch",
  "/admin/taxes",
  "/admin/taxes/settings",
  "/admin/taxes/countries/US",
  "/admin/customers",
  "/admin/customers/new",
  "/admin/customers/{customer}",
  "/admin/facets",
  "/admin/words",
  "/admin/words?locale=de",
  "/admin/search",
  "/admin/media",
  "/admin/media/{media}",
  "/admin/content",
  "/admin/content/home",
  "/admin/content/pages/new",
  "/admin/content/pages/{written-page}",
  "/admin/mail",
  "/admin/mail/{mail}",
  "/admin/dead-letters",
  "/admin/webhooks",
  "/admin/reconciliation",
  "/admin/reconciliation/breaks",
  "/admin/imports",
  "/admin/imports/{import}",
  "/admin/imports/mappings",
  "/admin/imports/try/{try}",
  "/admin/exports",
  "/admin/exports/{export}",
]);

/** What is not there. */
const ABSENT: readonly ListedPage[] = [
  "/admin/nothing",
  "/admin/orders/ord_00000000000000000000000000",
  "/admin/reconciliation/breaks/none",
].map((path) => ({ name: `nothing at ${path}`, path, status: 404 }));

const refused = (path: string, send: ListedPage["send"] = {}): ListedPage => ({
  name: `refused: ${path}`,
  path,
  send,
  status: 422,
});

/** Forms that say what is wrong with them. */
const REFUSED: readonly ListedPage[] = [
  refused("/admin/drafts/new", { fields: { "sku-0": "NO-SUCH-SKU", "units-0": "x", email: "nobody" } }),
  refused("/admin/products/new", { button: "save" }),
  refused("/admin/products/heron/edit", { button: "save", fields: { title: "" } }),
  refused("/admin/collections/new"),
  refused("/admin/product-types/new"),
  refused("/admin/stock/KE-PR-HERON-A3-BLACK"),
  refused("/admin/transfers/new"),
  refused("/admin/locations", { fields: { code: "", name: "" } }),
  refused("/admin/vouchers/new?kind=coupon"),
  refused("/admin/price-lists/new"),
  refused("/admin/markets/new"),
  refused("/admin/taxes/countries/DE", { fields: { standard: "x" } }),
  refused("/admin/customers/new"),
  refused("/admin/search", { action: "/synonyms" }),
  refused("/admin/content/pages/new"),
  refused("/admin/content/home", { fields: { "kind-0": "text" } }),
  refused("/admin/imports"),
];

/** A version that nothing here has, so that somebody else seems to have saved meanwhile. */
const STALE = "999999";
const overtaken = (path: string, fields: Readonly<Record<string, string>>, button?: string): ListedPage => ({
  name: `overtaken: ${path}`,
  path,
  send: { fields: { ...fields, version: STALE }, ...(button === undefined ? {} : { button }) },
  status: 409,
});

/** Forms whose subject somebody else has changed meanwhile. */
const OVERTAKEN: readonly ListedPage[] = [
  overtaken("/admin/products/heron/edit", { title: "Heron, said otherwise" }, "save"),
  overtaken("/admin/collections/prints", { title: "Prints and posters" }),
  overtaken("/admin/product-types/prints", { name: "Posters" }),
  overtaken("/admin/markets/ch", { name: "Switzerland and Liechtenstein" }),
  overtaken("/admin/price-lists/{price-list}", { title: "Another name" }, "save"),
];

/** Behind the sign-in. */
export const BACK_OFFICE_PAGES: readonly ListedPage[] = [...OPENED, ...ABSENT, ...REFUSED, ...OVERTAKEN];

/** Before it. */
export const SIGN_IN_PAGES: readonly ListedPage[] = [
  ...pages(["/admin/sign-in"]),
  { name: "refused: sign-in", path: "/admin/sign-in", send: { fields: { password: "wrong" } }, status: 422 },
];
