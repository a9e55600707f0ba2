import type { ProductView, VariantView } from "#catalog";
import {
  ArrivalLine,
  Notice,
  OptionLinks,
  PlaceInput,
  Price,
  PriceSteps,
  QuantityField,
  StockLine,
  deliveryCost,
  formatMinor,
  usePlace,
  type DeliveryEstimate,
} from "#web";
import { MAX_QUANTITY } from "../limits.ts";
import { nearestInStock, variantHref, type ProductChoice } from "./product-choice.ts";

export type BuyBoxProps = {
  readonly product: ProductView;
  readonly choice: ProductChoice;
  /** Absent where it is not known; then the page says where the cost is found. */
  readonly deliveryEstimate?: DeliveryEstimate | undefined;
};

/** From here on a title is set one step smaller, so that the price stays on the first screen of a phone. */
const LONG_TITLE_CHARACTERS = 48;

/** Name, price, options, stock and the button: what is bought and what it costs. A form that needs no script. */
export const BuyBox = ({ product, choice, deliveryEstimate }: BuyBoxProps) => {
  const { variant } = choice;
  const { locale } = usePlace();
  const price = variant && formatMinor(variant.priceMinor, product.currency, locale);
  return (
    <form
      class="buy"
      action="/cart/lines"
      method="post"
      data-part="buy"
      data-add=""
      data-announce={announcement(variant, price)}
    >
      <div class="stack stack-tight">
        <h1
          class={product.title.length > LONG_TITLE_CHARACTERS ? "buy-title buy-title-long" : "buy-title"}
          dir="auto"
        >
          {product.title}
        </h1>
        {variant && (
          <Price
            currency={product.currency}
            amountMinor={variant.priceMinor}
            compareAtMinor={variant.compareAtMinor}
            lowest30DaysMinor={variant.lowest30DaysMinor}
            isDetailed={true}
          />
        )}
        {variant && <PriceSteps steps={variant.priceSteps} currency={product.currency} />}
        {variant?.availability === "sold_out" && <StockLine stock={variant} />}
        {deliveryEstimate && <p class="hint">{deliveryCost(deliveryEstimate, product.currency)}</p>}
      </div>
      {choice.options.length > 0 && (
        <div class="buy-options">
          {choice.options.map((option) => (
            <OptionLinks name={option.name} links={option.links} />
          ))}
        </div>
      )}
      {variant ? (
        <Order product={product} variant={variant} deliveryEstimate={deliveryEstimate} />
      ) : (
        <Notice tone="note">This product cannot be ordered at the moment.</Notice>
      )}
    </form>
  );
};

const announcement = (variant: VariantView | undefined, price: string | undefined): string =>
  [variant?.title, price, variant?.availability === "sold_out" ? "sold out" : ""].filter(Boolean).join(", ");

type OrderProps = Pick<BuyBoxProps, "product" | "deliveryEstimate"> & { readonly variant: VariantView };

const Order = ({ product, variant, deliveryEstimate }: OrderProps) => {
  const { locale } = usePlace();
  if (variant.availability === "sold_out") return <SoldOut product={product} variant={variant} />;
  return (
    <>
      <StockLine stock={variant} />
      <div class="buy-row">
        {deliveryEstimate ? (
          <ArrivalLine estimate={deliveryEstimate} />
        ) : (
          <p class="delivery-line">
            You see the day it arrives and the cost of delivery in the cart.{" "}
            <a href="/pages/delivery-returns">Delivery and returns</a>
          </p>
        )}
        <input type="hidden" name="variantId" value={variant.variantId} />
        <PlaceInput />
        <div class="buy-controls">
          <QuantityField
            name="quantity"
            value={1}
            maximum={Math.min(MAX_QUANTITY, Math.max(1, variant.availableUnits ?? MAX_QUANTITY))}
            label="Quantity"
            isLabelHidden={true}
          />
          <button class="button" type="submit">
            {variant.availability === "preorder" ? "Preorder" : "Add to cart"} ·{" "}
            {formatMinor(variant.priceMinor, product.currency, locale)}
          </button>
        </div>
      </div>
    </>
  );
};

const SoldOut = ({ product, variant }: { readonly product: ProductView; readonly variant: VariantView }) => {
  const nearest = nearestInStock(product, variant);
  const isHere = nearest?.availability === "in_stock" || nearest?.availability === "low";
  if (!nearest) return null;
  return (
    <p>
      {variant.title} is sold out.{" "}
      <a href={variantHref(product, nearest.optionValues)} data-option="">
        {nearest.title}
      </a>{" "}
      {isHere ? "is in stock." : "can be ordered."}
    </p>
  );
};
