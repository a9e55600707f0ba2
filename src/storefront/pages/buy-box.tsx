import { variantHref, type ProductView, type VariantView } from "#catalog";
import {
  ArrivalLine,
  Notice,
  OptionForms,
  OptionLinks,
  PlaceInput,
  Price,
  PriceSteps,
  QuantityField,
  StockLine,
  deliveryCost,
  useSpeech,
  type Speech,
  type DeliveryEstimate,
} from "#web";
import { MAX_QUANTITY } from "../limits.ts";
import { nearestInStock, type ProductChoice } from "./product-choice.ts";

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
  const speech = useSpeech();
  const price = variant && speech.money(variant.priceMinor, product.currency);
  return (
    <>
      <form
        class="buy"
        action="/cart/lines"
        method="post"
        data-part="buy"
        data-add=""
        data-announce={announcement(speech, variant, price)}
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
          {deliveryEstimate && <p class="hint">{deliveryCost(speech, deliveryEstimate, product.currency)}</p>}
        </div>
        {choice.options.length > 0 && (
          <div class="buy-options">
            {choice.options.map((option) => (
              <OptionLinks {...option} />
            ))}
          </div>
        )}
        {variant ? (
          <Order product={product} variant={variant} deliveryEstimate={deliveryEstimate} />
        ) : (
          <Notice tone="note">{speech.say("product.not_now")}</Notice>
        )}
      </form>
      <OptionForms options={choice.options} action={variantHref({ ...product, options: [] }, [])} />
    </>
  );
};

const announcement = ({ say }: Speech, variant: VariantView | undefined, price: string | undefined): string =>
  [variant?.title, price, variant?.availability === "sold_out" ? say("stock.out_word") : ""]
    .filter(Boolean)
    .join(", ");

type OrderProps = Pick<BuyBoxProps, "product" | "deliveryEstimate"> & { readonly variant: VariantView };

const Order = ({ product, variant, deliveryEstimate }: OrderProps) => {
  const { say, money } = useSpeech();
  if (variant.availability === "sold_out") return <SoldOut product={product} variant={variant} />;
  return (
    <>
      <StockLine stock={variant} />
      <div class="buy-row">
        {deliveryEstimate ? (
          <ArrivalLine estimate={deliveryEstimate} />
        ) : (
          <p class="delivery-line">
            {say("delivery.in_cart")} <a href="/pages/delivery-returns">{say("shell.delivery_returns")}</a>
          </p>
        )}
        <input type="hidden" name="variantId" value={variant.variantId} />
        <PlaceInput />
        <div class="buy-controls">
          <QuantityField
            name="quantity"
            value={1}
            maximum={Math.min(MAX_QUANTITY, Math.max(1, variant.availableUnits ?? MAX_QUANTITY))}
            isLabelHidden={true}
          />
          <button class="button" type="submit">
            {say(variant.availability === "preorder" ? "product.preorder" : "product.add")} ·{" "}
            {money(variant.priceMinor, product.currency)}
          </button>
        </div>
      </div>
    </>
  );
};

const SoldOut = ({ product, variant }: { readonly product: ProductView; readonly variant: VariantView }) => {
  const nearest = nearestInStock(product, variant);
  const isHere = nearest?.availability === "in_stock" || nearest?.availability === "low";
  const { say, parts } = useSpeech();
  if (!nearest) return null;
  const link = (
    <a href={variantHref(product, nearest.optionValues)} data-option="">
      {nearest.title}
    </a>
  );
  return (
    <p>
      {say("product.variant_out", { variant: variant.title })}{" "}
      {parts(isHere ? "product.is_here" : "product.can_be_ordered", { variant: link })}
    </p>
  );
};
