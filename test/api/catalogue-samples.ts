/** Right bodies for what writes the catalogue, by operation. */
export const catalogueSamples = (sku: string): Readonly<Record<string, unknown>> => ({
  "PUT /admin/api/products/{handle}": productBody(sku),
  "PUT /admin/api/collections/{handle}": {
    title: "Prints",
    descriptionHtml: "",
    position: 1,
    rule: BROAD_RULE,
    picks: [],
    exclusions: [],
  },
  "POST /admin/api/exports": { format: "google", market: "default" },
  "POST /admin/api/collection-rules/preview": BROAD_RULE,
  "PUT /admin/api/product-types/{key}": PRINT_TYPE,
  "PUT /admin/api/translations/{entity}/{key}/{locale}": { fields: { title: "Reiher" } },
  "PUT /admin/api/content/pages/{handle}": { title: "Care", description: "", bodyHtml: "<p>Dry.</p>" },
  "PUT /admin/api/content/home": { blocks: [HERO] },
  "PUT /admin/api/words/{locale}": { words: [{ word: "Size", text: "Größe" }] },
});

const PRINT_TYPE = {
  name: "Print",
  attributes: [
    { key: "paper", label: "Paper", kind: "choice", choices: ["cotton"], isRequired: false, isFacet: true },
    { key: "width", label: "Width", kind: "number", unit: "mm", isRequired: false, isFacet: true },
  ],
};

const HERO = {
  kind: "hero",
  title: "Patterns",
  text: "",
  href: "",
  label: "",
  collection: "",
  pictureUrl: "",
  pictureAlt: "",
};

const BROAD_RULE = {
  match: "any",
  conditions: [
    { kind: "new", days: 30 },
    { kind: "tag", tag: "a" },
    { kind: "price", minimumMinor: 1, maximumMinor: 2 },
    { kind: "attribute", key: "width" },
    { kind: "title", contains: "a" },
  ],
};

const productBody = (sku: string) => ({
  title: "Heron",
  status: "active",
  descriptionHtml: "<p>Text</p>",
  vendor: "V",
  productType: "Print",
  tags: ["a"],
  options: ["Size"],
  variants: [
    {
      sku,
      optionValues: ["A4"],
      priceMinor: 100,
      weightGrams: 100,
      taxClass: "standard",
      requiresShipping: true,
    },
  ],
  pictures: [],
  attributes: [{ name: "n", value: "v" }],
  collections: [],
  publication: { publishAt: "2026-01-01T00:00:00Z", channels: ["web"] },
  relations: [{ kind: "goes_with", handle: "tide" }],
});
