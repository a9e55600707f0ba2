import { currency, DAY_MS, money, toDecimal } from "#kernel";
import { variantHref, type Availability, type ProductView, type VariantView } from "#catalog";
import type { DeliveryEstimate } from "#web";
import { absolute } from "./head-data.tsx";

const SCHEMA_AVAILABILITY: Readonly<Record<Availability, string>> = {
  in_stock: "https://schema.org/InStock",
  low: "https://schema.org/LimitedAvailability",
  backorder: "https://schema.org/BackOrder",
  preorder: "https://schema.org/PreOrder",
  sold_out: "https://schema.org/OutOfStock",
};

const RETURN_DAYS = 30;

/** Days between an order and its parcel leaving, as search engines ask for them. */
const MAX_HANDLING_DAYS = 1;

export type ProductDataRequest = {
  readonly product: ProductView;
  readonly description: string;
  readonly origin: string;
  /** ISO 3166-1 alpha-2: where the shop is at home. */
  readonly country: string;
  /** To the first country of the market; left out where it is not known. */
  readonly delivery?: DeliveryEstimate | undefined;
};

const returnPolicy = (country: string): object => ({
  "@type": "MerchantReturnPolicy",
  applicableCountry: country,
  returnPolicyCategory: "https://schema.org/MerchantReturnFiniteReturnWindow",
  merchantReturnDays: RETURN_DAYS,
  returnFees: "https://schema.org/FreeReturn",
  returnMethod: "https://schema.org/ReturnByMail",
});

const days = (minimum: number, maximum: number): object => ({
  "@type": "QuantitativeValue",
  minValue: minimum,
  maxValue: maximum,
  unitCode: "DAY",
});

const daysUntil = (date: string, from: string): number =>
  Math.max(0, Math.round((Date.parse(date) - Date.parse(from)) / DAY_MS));

/** What delivery costs and how long it takes, without dates: those would be old when they are read. */
function shippingDetails(
  { country, product }: ProductDataRequest,
  { priceMinor, earliestDate, latestDate, countryCode }: DeliveryEstimate,
): object {
  const spread = daysUntil(latestDate, earliestDate);
  return {
    "@type": "OfferShippingDetails",
    shippingRate: {
      "@type": "MonetaryAmount",
      value: toDecimal(money(currency(product.currency), priceMinor)),
      currency: product.currency,
    },
    shippingDestination: { "@type": "DefinedRegion", addressCountry: countryCode ?? country },
    deliveryTime: {
      "@type": "ShippingDeliveryTime",
      handlingTime: days(0, MAX_HANDLING_DAYS),
      transitTime: days(1, Math.max(1, spread + 1)),
    },
  };
}

function offer(request: ProductDataRequest, variant: VariantView): object {
  const { product, origin, country, delivery } = request;
  return {
    "@type": "Offer",
    url: origin + variantHref(product, variant.optionValues),
    priceCurrency: product.currency,
    price: toDecimal(money(currency(product.currency), variant.priceMinor)),
    availability: SCHEMA_AVAILABILITY[variant.availability],
    ...(variant.expectedAt ? { availabilityStarts: variant.expectedAt } : {}),
    itemCondition: "https://schema.org/NewCondition",
    hasMerchantReturnPolicy: returnPolicy(country),
    ...(delivery && variant.requiresShipping ? { shippingDetails: shippingDetails(request, delivery) } : {}),
  };
}

const barcode = (variant: VariantView): object =>
  variant.barcode && /^(\d{8}|\d{12,14})$/.test(variant.barcode) ? { gtin: variant.barcode } : {};

/** The variant's own picture first, else the product's. */
function variantImage({ product, origin }: ProductDataRequest, variant: VariantView): object {
  const picture = product.pictures.find(({ mediaId }) => mediaId === variant.mediaId) ?? product.pictures[0];
  return picture ? { image: absolute(origin, picture.url) } : {};
}

/** Product data for search engines: a group with all its offers, or one product when there is nothing to choose. */
export function productData(request: ProductDataRequest): object {
  const { product, description, origin } = request;
  const common = {
    "@context": "https://schema.org",
    name: product.title,
    description,
    url: `${origin}/products/${encodeURIComponent(product.handle)}`,
    ...(product.vendor === "" ? {} : { brand: { "@type": "Brand", name: product.vendor } }),
    image: product.pictures.map((picture) => absolute(origin, picture.url)),
  };
  const [only] = product.variants;
  if (product.options.length === 0 && only) {
    return { ...common, "@type": "Product", sku: only.sku, ...barcode(only), offers: offer(request, only) };
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
      ...variantImage(request, variant),
      offers: offer(request, variant),
    })),
  };
}

export { absolute };

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
export const shopData = (name: string, origin: string, country: string): object => ({
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
      logo: `${origin}/favicon.svg`,
      address: { "@type": "PostalAddress", addressCountry: country },
      hasMerchantReturnPolicy: returnPolicy(country),
    },
  ],
});
