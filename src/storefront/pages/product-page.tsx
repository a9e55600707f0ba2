import { raw } from "hono/html";
import { currency, money, toDecimal } from "#kernel";
import type { ProductView, VariantView } from "#catalog";
import {
  Crumbs,
  Gallery,
  Page,
  useSpeech,
  type DeliveryEstimate,
  type NavLink,
  type PictureModel,
  type ProductCardModel,
  type ShopChrome,
} from "#web";
import { BuyBox } from "./buy-box.tsx";
import { DeliveryForm } from "./delivery-page.tsx";
import { JsonLd, OpenGraph, absolute, describeHtml } from "./head-data.tsx";
import { homeCollection, type ProductChoice } from "./product-choice.ts";
import { crumbData, productData } from "./product-data.ts";
import { BundleContents, goesWith, notNamed, Relations, Strip } from "./product-relations.tsx";

export type ProductPageView = {
  readonly product: ProductView;
  readonly choice: ProductChoice;
  /** What belongs with it, and what could be had in its place. */
  readonly companions: readonly ProductCardModel[];
  readonly similar: readonly ProductCardModel[];
  readonly origin: string;
  /** ISO 3166-1 alpha-2: where the shop is at home. */
  readonly country: string;
  readonly chrome: ShopChrome;
  /** Absent where it is not known; then the page says where the cost is found. */
  readonly deliveryEstimate?: DeliveryEstimate;
};

/** Everything about one product; the address chooses the variant. */
export const ProductPage = (view: ProductPageView) => {
  const { product, choice, origin, chrome } = view;
  const description = product.seoDescription ?? describeHtml(product.descriptionHtml);
  const canonical = `${origin}/products/${encodeURIComponent(product.handle)}`;
  const { say } = useSpeech();
  const crumbs = crumbLinks(product, say("shell.home"));
  return (
    <Page
      title={product.seoTitle ?? product.title}
      description={description}
      canonical={canonical}
      script="product"
      kind="product"
      chrome={chrome}
      head={<Head {...view} crumbs={crumbs} description={description} canonical={canonical} />}
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
            <BuyBox product={product} choice={choice} deliveryEstimate={view.deliveryEstimate} />
            <About {...view} />
          </div>
        </div>
      </product-view>
      <Relations product={product} />
      <Strip id="related" title={say("product.goes_with")} cards={goesWith(product, view.companions)} />
      <Strip id="similar" title={say("product.similar")} cards={notNamed(product, view.similar)} />
      <seen-lately data-product={product.productId} />
    </Page>
  );
};

type HeadProps = ProductPageView & {
  readonly crumbs: readonly NavLink[];
  readonly description: string;
  readonly canonical: string;
};

/** What readers of links and search engines are told. */
const Head = ({ product, choice, origin, country, chrome, ...view }: HeadProps) => {
  const { crumbs, description, canonical, deliveryEstimate: delivery } = view;
  const picture = product.pictures[0];
  return (
    <>
      <OpenGraph
        title={product.title}
        description={description}
        url={canonical}
        kind="product"
        siteName={chrome.name}
        image={picture && absolute(origin, picture.url)}
        imageAlt={picture?.alt}
        price={choice.variant && priceOf(product, choice.variant)}
      />
      <JsonLd data={productData({ product, description, origin, country, delivery })} />
      <JsonLd
        data={crumbData([...crumbs, { href: `/products/${product.handle}`, label: product.title }], origin)}
      />
    </>
  );
};

const priceOf = (product: ProductView, variant: VariantView) => ({
  amount: toDecimal(money(currency(product.currency), variant.priceMinor)),
  currency: product.currency,
});

const crumbLinks = (product: ProductView, home: string) => {
  const collection = homeCollection(product);
  return [
    { href: "/", label: home },
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

const About = ({ product, choice, chrome, deliveryEstimate }: ProductPageView) => {
  const { say } = useSpeech();
  return (
    <div class="product-about">
      <details class="disclosure" open>
        <summary>{say("product.details")}</summary>
        <div class="disclosure-body rich">
          {raw(product.descriptionHtml)}
          {product.vendor !== "" && product.vendor !== chrome.name && (
            <p class="hint">{say("product.by", { vendor: product.vendor })}</p>
          )}
        </div>
      </details>
      <BundleContents product={product} variant={choice.variant} />
      {product.attributes.length > 0 && (
        <details class="disclosure">
          <summary>{say("product.facts")}</summary>
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
        <summary>{say("shell.delivery_returns")}</summary>
        <div class="disclosure-body rich">
          {deliveryEstimate?.countries && (
            <DeliveryForm
              handle={product.handle}
              variantId={choice.variant?.variantId}
              countries={deliveryEstimate.countries}
            />
          )}
          <p>{say("product.promise")}</p>
          <p>
            {say("product.returns")} <a href="/pages/delivery-returns">{say("product.all_delivery")}</a>
          </p>
        </div>
      </details>
    </div>
  );
};
