import { plainText, variantHref, type ExportedProduct, type Translator } from "#catalog";
import { currency, money, toDecimal, truncate } from "#kernel";
import type { DeliveryMethod } from "#shipping";
import { GOOGLE } from "../domain/limits.ts";
import { deliveryCosts } from "../domain/delivery-costs.ts";
import { gtinOf } from "../domain/gtin.ts";

/** Columns of the feed, after Google's product data specification. */
export const MERCHANT_COLUMNS = [
  "id",
  "title",
  "description",
  "link",
  "image_link",
  "additional_image_link",
  "availability",
  "availability_date",
  "price",
  "sale_price",
  "condition",
  "brand",
  "gtin",
  "mpn",
  "identifier_exists",
  "item_group_id",
  "color",
  "size",
  "material",
  "product_type",
  "shipping_weight",
  "shipping",
] as const;
export type MerchantItem = Readonly<Record<(typeof MERCHANT_COLUMNS)[number], string>>;

export const MERCHANT_HEAD = `${MERCHANT_COLUMNS.join("\t")}\n`;

/** Everything about a market that an item needs. */
export type MerchantPlace = {
  readonly origin: string;
  /** A path of the shop in the market and language. */
  readonly pathIn: (path: string) => string;
  /** Countries that the market sells to. */
  readonly countries: readonly string[];
  /** Of the market's currency, in the merchant's order. */
  readonly methods: readonly DeliveryMethod[];
};
type Price = { readonly currency: string; readonly priceMinor: number; readonly compareAtMinor?: number };
export type MerchantProduct = {
  readonly product: ExportedProduct;
  readonly text: Translator;
  /** Of each variant, in their order. */
  readonly prices: readonly Price[];
};

/** Lines of one product, one per variant; none for a product that shoppers do not see or that has no picture. */
export const merchantLines = (product: MerchantProduct, place: MerchantPlace): string =>
  merchantItems(product, place)
    .map((item) => `${MERCHANT_COLUMNS.map((column) => cell(item[column])).join("\t")}\n`)
    .join("");

/** The same before it is written down. */
export function merchantItems(of: MerchantProduct, place: MerchantPlace): readonly MerchantItem[] {
  const { product } = of;
  if (!product.isListed || product.input.pictures.length === 0) return [];
  return product.input.variants.flatMap((_, index) => merchantItem(of, index, place) ?? []);
}

function merchantItem(
  { product, text, prices }: MerchantProduct,
  index: number,
  place: MerchantPlace,
): MerchantItem | undefined {
  const { input } = product;
  const variant = input.variants[index];
  const price = prices[index];
  if (!variant || !price || price.priceMinor === 0) return undefined;
  const title = text("title", input.title);
  const options = input.options.map((name, at) => shownOption(text, name, variant.optionValues[at] ?? ""));
  const description = plainText(text("descriptionHtml", input.descriptionHtml)) || title;
  const gtin = gtinOf(variant.barcode);
  const isFormer = price.compareAtMinor !== undefined && price.compareAtMinor > price.priceMinor;
  return {
    // Not the SKU: variants may share one, and it may be longer than an id.
    id: product.stock[index]?.variantId ?? "",
    title: truncate([title, ...options.map(({ value }) => value)].join(", "), GOOGLE.title),
    description: truncate(description, GOOGLE.description),
    link: linkOf(input.handle, options, place),
    ...picturesOf(input, variant.pictureIndex, place.origin),
    ...availabilityOf(product.stock[index]),
    price: amount(isFormer ? (price.compareAtMinor ?? 0) : price.priceMinor, price.currency),
    sale_price: isFormer ? amount(price.priceMinor, price.currency) : "",
    condition: "new",
    brand: truncate(input.vendor, GOOGLE.brand),
    gtin,
    mpn: gtin === "" ? truncate(variant.sku, GOOGLE.mpn) : "",
    // A brand and a number of ours identify it; without both, nothing does.
    identifier_exists: gtin === "" && input.vendor === "" ? "no" : "yes",
    item_group_id: input.variants.length > 1 ? groupOf(product) : "",
    ...kindsOf(options),
    product_type: truncate(input.productType, GOOGLE.productType),
    shipping_weight: variant.weightGrams > 0 ? `${variant.weightGrams} g` : "",
    shipping: variant.requiresShipping
      ? deliveryCosts(place.methods, place.countries, price.priceMinor)
          .slice(0, GOOGLE.shippings)
          .map(({ country, priceMinor }) => `${country}:::${amount(priceMinor, price.currency)}`)
          .join(",")
      : "",
  };
}

/** A handle that is too long for a group would meet another one when it is cut. */
const groupOf = ({ input, number }: ExportedProduct): string =>
  input.handle.length <= GOOGLE.groupId ? input.handle : `product-${number}`;

type ShownOption = { readonly own: string; readonly name: string; readonly value: string };

/** An option as the market's page names it: its address is made of these words. */
const shownOption = (text: Translator, own: string, value: string): ShownOption => ({
  own,
  name: text(`option/${own}`, own),
  value: text(`option/${own}/${value}`, value),
});

function linkOf(handle: string, options: readonly ShownOption[], { origin, pathIn }: MerchantPlace): string {
  const shown = { handle, options: options.map(({ name }) => ({ name, values: [] })) };
  const path = variantHref(
    shown,
    options.map(({ value }) => value),
  );
  return new URL(pathIn(path), origin).href;
}

function picturesOf(
  { pictures }: ExportedProduct["input"],
  index: number | undefined,
  origin: string,
): Pick<MerchantItem, "image_link" | "additional_image_link"> {
  const first = pictures[index ?? 0] ?? pictures[0];
  const address = (url: string): string => new URL(url, origin).href;
  const others = pictures.filter((picture) => picture !== first).slice(0, GOOGLE.morePictures);
  return {
    image_link: address(first?.url ?? ""),
    // A comma divides the addresses, so one within an address is written as its code.
    additional_image_link: others.map(({ url }) => address(url).replaceAll(",", "%2C")).join(","),
  };
}

/** What is to come needs a day; without one it counts as not there. */
function availabilityOf(
  told: ExportedProduct["stock"][number] | undefined,
): Pick<MerchantItem, "availability" | "availability_date"> {
  switch (told?.availability) {
    case "in_stock":
    case "low":
      return { availability: "in_stock", availability_date: "" };
    case "backorder":
    case "preorder":
      return told.expectedAt === undefined
        ? { availability: "out_of_stock", availability_date: "" }
        : { availability: told.availability, availability_date: `${told.expectedAt}T00:00Z` };
    case "sold_out":
    case undefined:
      return { availability: "out_of_stock", availability_date: "" };
  }
}

/** Names that merchants give to options which Google knows. */
const KINDS = {
  color: /^(?:frame |glaze )?(?:colou?rs?|farbe|couleur|spalva)$/i,
  size: /^(?:sizes?|größe|groesse|taille|dydis)$/i,
  material: /^(?:materials?|fabric|stoff|frame)$/i,
} as const;

const kindsOf = (options: readonly ShownOption[]): Pick<MerchantItem, "color" | "size" | "material"> => {
  const valueOf = (kind: keyof typeof KINDS): string =>
    truncate(options.find(({ own }) => KINDS[kind].test(own))?.value ?? "", GOOGLE[kind]);
  return { color: valueOf("color"), size: valueOf("size"), material: valueOf("material") };
};

const amount = (minor: number, code: string): string => `${toDecimal(money(currency(code), minor))} ${code}`;

/** A cell of tab-separated values has neither tabs nor line breaks. */
const cell = (text: string): string => text.replace(/[\t\r\n]+/g, " ").trim();
