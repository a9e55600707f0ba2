/**
 * The columns of a Shopify product file that have a home here, under every name that exports have given them: the
 * classic template, its older and partner variants, and the template of 2024. Names are compared without case and
 * punctuation. Where two columns of one file mean the same field, the name that stands earlier in this table wins.
 */
export const COLUMN_NAMES = {
  handle: ["Handle", "URL handle"],
  title: ["Title"],
  description: ["Body (HTML)", "Body", "Description"],
  vendor: ["Vendor"],
  productType: ["Type", "Custom Product Type", "Product Type"],
  category: ["Product Category", "Standard Product Type", "Standardized Product Type"],
  tags: ["Tags"],
  collection: ["Collection"],
  published: ["Published", "Published on online store"],
  status: ["Status"],
  option1Name: ["Option1 Name"],
  option1Value: ["Option1 Value"],
  option2Name: ["Option2 Name"],
  option2Value: ["Option2 Value"],
  option3Name: ["Option3 Name"],
  option3Value: ["Option3 Value"],
  sku: ["Variant SKU", "SKU"],
  barcode: ["Variant Barcode", "Barcode"],
  price: ["Variant Price", "Price"],
  compareAt: ["Variant Compare At Price", "Compare-at price"],
  taxable: ["Variant Taxable", "Charge tax"],
  grams: ["Variant Grams", "Weight value (grams)"],
  weight: ["Variant Weight", "Weight value", "Weight"],
  weightUnit: ["Variant Weight Unit", "Weight unit for display", "Weight unit"],
  requiresShipping: ["Variant Requires Shipping", "Requires shipping"],
  fulfilment: ["Variant Fulfillment Service", "Fulfillment service"],
  tracker: ["Variant Inventory Tracker", "Inventory tracker"],
  quantity: ["Variant Inventory Qty", "Variant Inventory Quantity", "Inventory quantity"],
  inventoryPolicy: ["Variant Inventory Policy", "Continue selling when out of stock"],
  imageUrl: ["Image Src", "Product image URL", "Image URL", "Image source"],
  imagePosition: ["Image Position"],
  imageAlt: ["Image Alt Text"],
  variantImage: ["Variant Image", "Variant image URL"],
  giftCard: ["Gift Card"],
  seoTitle: ["SEO Title"],
  seoDescription: ["SEO Description"],
} as const satisfies Readonly<Record<string, readonly string[]>>;

/** A column that has a home. */
export type Field = keyof typeof COLUMN_NAMES;

/** The form in which names are compared: `Compare-at price` and `compare at Price` are one. */
export const normaliseName = (name: string): string =>
  name
    .toLowerCase()
    .replace(/[^\p{Letter}\p{Number}/.]+/gu, " ")
    .trim();

type Known = { readonly field: Field; readonly rank: number };

const KNOWN: ReadonlyMap<string, Known> = new Map(
  Object.entries(COLUMN_NAMES).flatMap(([field, names]) =>
    // Object.entries forgets the keys' type; they are those of the table above.
    names.map((name, rank): [string, Known] => [normaliseName(name), { field: field as Field, rank }]),
  ),
);

/** The field a column means and how preferred its name is (0 is best); `undefined` when it has no home. */
export const knownColumn = (name: string): Known | undefined => KNOWN.get(normaliseName(name));

/** Whether a field is told once per product, not once per variant or picture. */
export const PRODUCT_FIELDS: readonly Field[] = [
  "title",
  "description",
  "vendor",
  "productType",
  "category",
  "tags",
  "collection",
  "published",
  "status",
  "option1Name",
  "option2Name",
  "option3Name",
  "giftCard",
  "seoTitle",
  "seoDescription",
];

const HOMELESS: readonly { readonly pattern: RegExp; readonly reason: string }[] = [
  {
    pattern: /^(price|compare at price|included) \/ /,
    reason: "Prices per market have no home yet; the shop's own price is imported.",
  },
  { pattern: /^cost per item/, reason: "Costs have no home yet." },
  {
    pattern: /^(variant )?tax code$/,
    reason: "Tax codes have no home yet; only taxed and untaxed are told apart.",
  },
  { pattern: /^google/, reason: "Shopping feed columns have no home yet." },
  { pattern: /^option\d linked to$/, reason: "Links from options to metafields have no home yet." },
  { pattern: /^unit price/, reason: "Unit prices have no home yet." },
  { pattern: /metafields\./, reason: "This metafield has no home yet." },
];

/** Why a column's cells are left out; said once per column, and only where it holds something. */
export function homelessReason(name: string): string {
  const normal = normaliseName(name);
  return (
    HOMELESS.find(({ pattern }) => pattern.test(normal))?.reason ??
    "This column is not one of a product file; it was left out."
  );
}

const ATTRIBUTE = /^(.+?) ?\(product\.metafields\.(?:shopify|custom)\.[\w-]+\)$/;

/** The attribute a metafield column fills, such as `Target gender`; `undefined` for every other column. */
export const attributeName = (column: string): string | undefined => ATTRIBUTE.exec(column.trim())?.[1];
