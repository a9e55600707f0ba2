import { currency, money, toDecimal } from "#kernel";
import type { Availability, ProductView, VariantView } from "#catalog";
import { variantHref } from "./product-choice.ts";

const SCHEMA_AVAILABILITY: Readonly<Record<Availability, string>> = {
  in_stock: "https://schema.org/InStock",
  low: "https://schema.org/LimitedAvailability",
  backorder: "https://schema.org/BackOrder",
  preorder: "https://schema.org/PreOrder",
  sold_out: "https://schema.org/OutOfStock",
};

const RETURN_DAYS = 30;

/** Addresses in data for machines are absolute; a picture of another host already is. */
export const absolute = (origin: string, path: string): string =>
  path.startsWith("/") ? origin + path : path;

function offer(product: ProductView, variant: VariantView, origin: string): object {
  return {
    "@type": "Offer",
    url: origin + variantHref(product, variant.optionValues),
    priceCurrency: product.currency,
    price: toDecimal(money(currency(product.currency), variant.priceMinor)),
    availability: SCHEMA_AVAILABILITY[variant.availability],
    ...(variant.expectedAt ? { availabilityStarts: variant.expectedAt } : {}),
    itemCondition: "https://schema.org/NewCondition",
    hasMerchantReturnPolicy: {
      "@type": "MerchantReturnPolicy",
      returnPolicyCategory: "https://schema.org/MerchantReturnFiniteReturnWindow",
      merchantReturnDays: RETURN_DAYS,
      returnFees: "https://schema.org/FreeReturn",
      returnMethod: "https://schema.org/ReturnByMail",
    },
  };
}

const barcode = (variant: VariantView): object =>
  variant.barcode && /^(\d{8}|\d{12,14})$/.test(variant.barcode) ? { gtin: variant.barcode } : {};

/** Product data for search engines: a group with all its offers, or one product when there is nothing to choose. */
export function productData(product: ProductView, description: string, origin: string): object {
  const url = `${origin}/products/${encodeURIComponent(product.handle)}`;
  const common = {
    "@context": "https://schema.org",
    name: product.title,
    description,
    url,
    brand: { "@type": "Brand", name: product.vendor },
    image: product.pictures.map((picture) => absolute(origin, picture.url)),
  };
  const [only] = product.variants;
  if (product.options.length === 0 && only) {
    return {
      ...common,
      "@type": "Product",
      sku: only.sku,
      ...barcode(only),
      offers: offer(product, only, origin),
    };
  }
  return {
    ...common,
    "@type": "ProductGroup",
    productGroupID: product.productId,
    variesBy: product.options.map((option) => option.name),
    hasVariant: product.variants.map((variant) => ({
      "@type": "Product",
      name: `${product.title}, ${variant.title}`,
      sku: variant.sku,
      ...barcode(variant),
      offers: offer(product, variant, origin),
    })),
  };
}

/** The path to a page, for search engines. */
export const crumbData = (
  crumbs: readonly { readonly href: string; readonly label: string }[],
  origin: string,
): object => ({
  "@context": "https://schema.org",
  "@type": "BreadcrumbList",
  itemListElement: crumbs.map((crumb, index) => ({
    "@type": "ListItem",
    position: index + 1,
    name: crumb.label,
    item: origin + crumb.href,
  })),
});

/** The shop itself, on its home page. */
export const shopData = (name: string, origin: string): object => ({
  "@context": "https://schema.org",
  "@graph": [
    {
      "@type": "WebSite",
      name,
      url: `${origin}/`,
      potentialAction: {
        "@type": "SearchAction",
        target: `${origin}/search?q={query}`,
        "query-input": "required name=query",
      },
    },
    {
      "@type": "OnlineStore",
      name,
      url: `${origin}/`,
      hasMerchantReturnPolicy: {
        "@type": "MerchantReturnPolicy",
        returnPolicyCategory: "https://schema.org/MerchantReturnFiniteReturnWindow",
        merchantReturnDays: RETURN_DAYS,
        returnFees: "https://schema.org/FreeReturn",
      },
    },
  ],
});
