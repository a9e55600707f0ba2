import { raw } from "hono/html";
import type { ProductCard, ProductView, VariantView } from "#catalog";
import {
  CardGrid,
  Crumbs,
  ArrivalLine,
  deliveryCost,
  Gallery,
  Notice,
  OptionLinks,
  Page,
  Price,
  QuantityField,
  StockLine,
  formatMinor,
  type DeliveryEstimate,
  type PictureModel,
  type ShopChrome,
} from "#web";
import { MAX_QUANTITY } from "../limits.ts";
import { JsonLd, OpenGraph, describeHtml } from "./head-data.tsx";
import { nearestInStock, variantHref, type ProductChoice } from "./product-choice.ts";
import { absolute, crumbData, productData } from "./product-data.ts";

export type ProductPageView = {
  readonly product: ProductView;
  readonly choice: ProductChoice;
  /** Products of the same collection, without this one. */
  readonly related: readonly ProductCard[];
  readonly origin: string;
  readonly chrome: ShopChrome;
  /** Absent where it is not known; then the page says where the cost is found. */
  readonly deliveryEstimate?: DeliveryEstimate;
};

/** Everything about one product; the address chooses the variant. */
export const ProductPage = (view: ProductPageView) => {
  const { product, choice, origin, chrome } = view;
  const description = product.seoDescription ?? describeHtml(product.descriptionHtml);
  const canonical = `${origin}/products/${encodeURIComponent(product.handle)}`;
  const crumbs = crumbLinks(product);
  const picture = product.pictures[0];
  return (
    <Page
      title={product.seoTitle ?? product.title}
      description={description}
      canonical={canonical}
      script="product"
      kind="product"
      chrome={chrome}
      head={
        <>
          <OpenGraph
            title={product.title}
            description={description}
            url={canonical}
            kind="product"
            image={picture && absolute(origin, picture.url)}
          />
          <JsonLd data={productData(product, description, origin)} />
          <JsonLd
            data={crumbData(
              [...crumbs, { href: `/products/${product.handle}`, label: product.title }],
              origin,
            )}
          />
        </>
      }
    >
      <product-view>
        <div class="product">
          <div class="product-crumbs">
            <Crumbs links={crumbs} current={product.title} />
          </div>
          <div class="product-gallery" data-part="gallery">
            <Gallery pictures={orderedPictures(product, choice.variant)} title={product.title} />
          </div>
          <div class="product-buy">
            <Buy {...view} />
            <About product={product} />
          </div>
        </div>
      </product-view>
      {view.related.length > 0 && (
        <section class="section" aria-labelledby="related">
          <div class="section-head">
            <h2 id="related">Goes with it</h2>
          </div>
          <CardGrid cards={view.related} />
        </section>
      )}
    </Page>
  );
};

const crumbLinks = (product: ProductView) => {
  const collection = product.collections[0];
  return [
    { href: "/", label: "Home" },
    ...(collection
      ? [{ href: `/collections/${encodeURIComponent(collection.handle)}`, label: collection.title }]
      : []),
  ];
};

/** The chosen variant's own picture comes first. */
function orderedPictures(product: ProductView, variant: VariantView | undefined): readonly PictureModel[] {
  const own = variant?.mediaId && product.pictures.find((picture) => picture.mediaId === variant.mediaId);
  return own ? [own, ...product.pictures.filter((picture) => picture !== own)] : product.pictures;
}

const Buy = ({ product, choice, deliveryEstimate }: ProductPageView) => {
  const { variant } = choice;
  if (!variant) return <Notice tone="note">This product cannot be ordered at the moment.</Notice>;
  const nearest = nearestInStock(product, variant);
  const price = formatMinor(variant.priceMinor, product.currency);
  return (
    <form
      class="buy"
      action="/cart/lines"
      method="post"
      data-part="buy"
      data-add=""
      data-announce={`${variant.title ? `${variant.title}: ` : ""}${price}.`}
    >
      <input type="hidden" name="variantId" value={variant.variantId} />
      <div class="stack stack-tight">
        <h1 class="buy-title" dir="auto">
          {product.title}
        </h1>
        <Price
          currency={product.currency}
          amountMinor={variant.priceMinor}
          compareAtMinor={variant.compareAtMinor}
          lowest30DaysMinor={variant.lowest30DaysMinor}
          isDetailed={true}
        />
        {deliveryEstimate && <p class="hint">{deliveryCost(deliveryEstimate, product.currency)}</p>}
      </div>
      {choice.options.length > 0 && (
        <div class="buy-options">
          {choice.options.map((option) => (
            <OptionLinks name={option.name} links={option.links} />
          ))}
        </div>
      )}
      <StockLine stock={variant} />
      {nearest && (
        <p>
          <a href={variantHref(product, nearest.optionValues)} data-option="">
            {nearest.title}
          </a>{" "}
          can be had.
        </p>
      )}
      <div class="buy-row">
        {deliveryEstimate ? (
          <ArrivalLine estimate={deliveryEstimate} />
        ) : (
          <p class="delivery-line">
            Dates and cost of delivery stand in the cart, before you pay.{" "}
            <a href="/pages/delivery-returns">Delivery and returns</a>
          </p>
        )}
        {variant.availability !== "sold_out" && (
          <div class="buy-controls">
            <QuantityField
              name="quantity"
              value={1}
              maximum={Math.min(MAX_QUANTITY, variant.availableUnits ?? MAX_QUANTITY)}
              label="Quantity"
              isLabelHidden={true}
            />
            <button class="button" type="submit">
              {variant.availability === "preorder" ? "Preorder" : "Add to cart"} · {price}
            </button>
          </div>
        )}
      </div>
    </form>
  );
};

const About = ({ product }: { readonly product: ProductView }) => (
  <div class="product-about">
    <details class="disclosure" open>
      <summary>Details</summary>
      <div class="disclosure-body rich">
        {raw(product.descriptionHtml)}
        {product.vendor && <p class="hint">By {product.vendor}</p>}
      </div>
    </details>
    {product.attributes.length > 0 && (
      <details class="disclosure">
        <summary>Size, material, making</summary>
        <div class="disclosure-body">
          <dl class="facts">
            {product.attributes.map((attribute) => (
              <div>
                <dt>{attribute.name}</dt>
                <dd dir="auto">{attribute.value}</dd>
              </div>
            ))}
          </dl>
        </div>
      </details>
    )}
    <details class="disclosure">
      <summary>Delivery and returns</summary>
      <div class="disclosure-body rich">
        <p>You see the day it arrives and what delivery costs before you pay. Nothing is added after that.</p>
        <p>
          Send it back within 30 days; return postage is free.{" "}
          <a href="/pages/delivery-returns">All about delivery and returns</a>
        </p>
      </div>
    </details>
  </div>
);
