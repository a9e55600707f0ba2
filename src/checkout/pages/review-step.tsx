import type { Child } from "hono/jsx";
import type { Address } from "#orders";
import { formatDayRange, formatMinor, stockNote } from "#web";
import type { BasketLine } from "../app/price-basket.ts";
import { CheckoutFrame, type FrameProps } from "./checkout-frame.tsx";
import { PaymentChoiceFields, type PaymentChoiceProps } from "./payment-choice.tsx";
import { countryName, lineTitle } from "./words.ts";

/** A line that cannot be had as it is, and how many there are (0 for none). */
export type ShortLine = { readonly lineId: string; readonly available: number };

export type ReviewProps = Omit<FrameProps, "step" | "heading" | "errors" | "children"> & {
  /** Names the order to be: the same for every press of this page's button. */
  readonly orderKey: string;
  readonly shortLines?: readonly ShortLine[];
  readonly payment: PaymentChoiceProps;
};

/** Everything on one page, a Change link per block, and a button that says that it costs money. */
export const ReviewStep = ({ orderKey, shortLines = [], payment, ...frame }: ReviewProps) => {
  const { checkout, basket } = frame.priced;
  const { quote } = basket;
  const path = `/checkout/${checkout.checkoutId}`;
  return (
    <CheckoutFrame {...frame} step="review" heading="Review and pay">
      {shortLines.length > 0 && <ShortLines path={path} lines={basket.lines} shortLines={shortLines} />}
      <dl class="review">
        <Block label="E-mail" href={`${path}?step=details`} what="e-mail">
          <bdi>{checkout.email}</bdi>
        </Block>
        <Block label="Address" href={`${path}?step=details`} what="address">
          {checkout.address && <span dir="auto">{oneLine(checkout.address)}</span>}
        </Block>
        {quote.delivery && (
          <Block label="Delivery" href={`${path}?step=delivery`} what="delivery">
            Arrives {formatDayRange(quote.delivery.earliestDate, quote.delivery.latestDate)}
            <span class="hint">
              {[quote.delivery.name, quote.delivery.carrier].filter(Boolean).join(", ")},{" "}
              {quote.deliveryMinor === 0 ? "free" : formatMinor(quote.deliveryMinor, checkout.currency)}
            </span>
          </Block>
        )}
        <Block label="Items" href="/cart" what="items">
          {basket.lines.map((line) => (
            <span class="review-line">
              <span>
                {line.quantity} × <bdi>{lineTitle(line)}</bdi>
                <Expected line={line} />
              </span>
              <span class="amount">
                {line.totalMinor === undefined ? "–" : formatMinor(line.totalMinor, checkout.currency)}
              </span>
            </span>
          ))}
        </Block>
      </dl>
      <PayForm priced={frame.priced} orderKey={orderKey} payment={payment} />
    </CheckoutFrame>
  );
};

/** What it costs, how it is paid, and the button. */
const PayForm = ({ priced, orderKey, payment }: Pick<ReviewProps, "priced" | "orderKey" | "payment">) => {
  const { checkout, basket } = priced;
  const { quote } = basket;
  const path = `/checkout/${checkout.checkoutId}`;
  const money = (minor: number): string => formatMinor(minor, checkout.currency);
  const isPaid = quote.dueMinor === 0 && quote.tenders.length > 0;
  return (
    <form class="review-pay" action={`${path}?step=review`} method="post">
      <input type="hidden" name="key" value={orderKey} />
      <input type="hidden" name="expectedTotal" value={String(quote.totalMinor)} />
      <input type="hidden" name="expectedDue" value={String(quote.dueMinor)} />
      <p>
        Total <strong class="amount">{money(quote.totalMinor)}</strong>, of which VAT{" "}
        {formatMinor(quote.taxMinor, checkout.currency)}.
      </p>
      {quote.tenders.map((tender) => (
        <p>
          {tender.label} pays <span class="amount">{money(tender.amountMinor)}</span>.
        </p>
      ))}
      {!isPaid && <PaymentChoiceFields {...payment} />}
      <button class="button" type="submit">
        {isPaid ? "Place the order" : `Order and pay ${money(quote.dueMinor)}`}
      </button>
      <p class="hint">
        {isPaid && "Nothing is left to pay. "}
        <a href="/pages/delivery-returns">Delivery and returns</a>
      </p>
    </form>
  );
};

/** Goods that are on their way are said to be, here too. */
const Expected = ({ line }: { readonly line: BasketLine }) => {
  const { variant } = line;
  if (variant?.availability !== "backorder" && variant?.availability !== "preorder") return null;
  return <span class="hint">{stockNote(variant)?.text}</span>;
};

type BlockProps = {
  readonly label: string;
  readonly href: string;
  readonly what: string;
  readonly children?: Child;
};

const Block = ({ label, href, what, children }: BlockProps) => (
  <div class="review-block">
    <dt>{label}</dt>
    <dd>{children}</dd>
    <dd class="review-change">
      <a href={href}>
        Change <span class="visually-hidden">{what}</span>
      </a>
    </dd>
  </div>
);

const oneLine = (address: Address): string =>
  [
    address.fullName,
    address.company,
    address.line1,
    address.line2,
    address.district,
    [address.postalCode, address.city].filter(Boolean).join(" "),
    address.region,
    countryName(address.country),
  ]
    .filter(Boolean)
    .join(", ");

type ShortLinesProps = {
  readonly path: string;
  readonly lines: readonly BasketLine[];
  readonly shortLines: readonly ShortLine[];
};

const ShortLines = ({ path, lines, shortLines }: ShortLinesProps) => (
  <ul class="stack">
    {shortLines.map(({ lineId, available }) => {
      const line = lines.find((row) => row.lineId === lineId);
      if (!line) return null;
      return (
        <li class="short-line">
          <p>
            <strong dir="auto">{lineTitle(line)}</strong>{" "}
            {available === 0
              ? "sold out while you were here. Choose another or remove it to go on."
              : `– we have ${available} of these, you asked for ${line.quantity}.`}
          </p>
          <form class="form-actions" action={`${path}/lines`} method="post">
            <input type="hidden" name="lineId" value={lineId} />
            {available > 0 && (
              <button class="button button-quiet" type="submit" name="quantity" value={String(available)}>
                Take {available}
              </button>
            )}
            <button class="button button-quiet" type="submit" name="quantity" value="0">
              Remove
            </button>
            {line.variant && (
              <a href={`/products/${encodeURIComponent(line.variant.productHandle)}`}>Look at it again</a>
            )}
          </form>
        </li>
      );
    })}
  </ul>
);
