import type { MAPPED_FIELDS, MappingRule, READINGS } from "#catalog-import";

export type MappedName = (typeof MAPPED_FIELDS)[number];
export type Reading = (typeof READINGS)[number];

/** What staff call the fields of a product, in the order in which a mapping shows them. */
export const FIELD_WORDS: Readonly<Record<MappedName, string>> = {
  title: "Title",
  handle: "Handle",
  sku: "SKU",
  barcode: "Bar code",
  price: "Price",
  compareAt: "Former price",
  vendor: "Maker or brand",
  productType: "Type",
  tags: "Tags",
  collection: "Collection",
  description: "Description",
  imageUrl: "Picture",
  imageAlt: "Words for the picture",
  status: "State",
  quantity: "Units on the shelf",
  weight: "Weight",
  weightUnit: "Unit of weight",
  option1Name: "First option, name",
  option1Value: "First option, value",
  option2Name: "Second option, name",
  option2Value: "Second option, value",
  option3Name: "Third option, name",
  option3Value: "Third option, value",
  seoTitle: "Title for search engines",
  seoDescription: "Text for search engines",
};

/** Fields that a table must fill; a blank handle is made from the title. */
export const NEEDED_FIELDS: readonly MappedName[] = ["title", "price"];

/** Fields that most tables fill; the others are folded away until they are. */
export const USUAL_FIELDS: readonly MappedName[] = [
  "title",
  "handle",
  "sku",
  "price",
  "compareAt",
  "vendor",
  "productType",
  "tags",
  "description",
  "imageUrl",
  "quantity",
];

export const READING_WORDS: Readonly<Record<Reading, string>> = {
  text: "As it is",
  price: "An amount of money",
  number: "A number",
  list: "Several, divided by a sign",
  part: "A part of the text",
  slug: "Small words and hyphens",
};

export const WHEN_WRONG_WORDS: Readonly<Record<MappingRule["whenWrong"], string>> = {
  "leave-out": "Take the row without it",
  reject: "Refuse the row",
};

export const ROWS_WORDS = {
  "each-row": "Every row is a product",
  "by-handle": "Rows of one handle are its variants",
} as const;

const USUAL_READINGS: Readonly<Partial<Record<MappedName, Reading>>> = {
  price: "price",
  compareAt: "price",
  quantity: "number",
  weight: "number",
  tags: "list",
  handle: "slug",
};

/** How a field is read unless somebody says otherwise. */
export const usualReading = (field: MappedName): Reading => USUAL_READINGS[field] ?? "text";
/** What happens to a wrong cell unless somebody says otherwise. */
export const usualWrong = (field: MappedName): MappingRule["whenWrong"] =>
  field === "price" || field === "handle" ? "reject" : "leave-out";
