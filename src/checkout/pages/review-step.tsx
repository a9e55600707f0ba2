import type { Child } from "hono/jsx";
import type { Address } from "#orders";
import { stockNote, useSpeech, type Speech } from "#web";
import type { BasketLine } from "../app/price-basket.ts";
import { CheckoutFrame, type FrameProps } from "./checkout-frame.tsx";
import { PaymentChoiceFields, type PaymentChoiceProps } from "./payment-choice.tsx";
import { lineTitle } from "./words.ts";

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
  const speech = useSpeech();
  const { say, money, days } = speech;
  return (
    <CheckoutFrame {...frame} step="review" heading={say("checkout.review")}>
      {shortLines.length > 0 && <ShortLines path={path} lines={basket.lines} shortLines={shortLines} />}
      <dl class="review">
        <Block label={say("shell.email")} href={`${path}?step=details`}>
          <bdi>{checkout.email}</bdi>
        </Block>
        <Block label={say("review.address")} href={`${path}?step=details`}>
          {checkout.address && <span dir="auto">{oneLine(speech, checkout.address)}</span>}
        </Block>
        {quote.delivery && (
          <Block label={say("checkout.delivery")} href={`${path}?step=delivery`}>
            {say("cart.arrives", { days: days(quote.delivery.earliestDate, quote.delivery.latestDate) })}
            <span class="hint">
              {[quote.delivery.name, quote.delivery.carrier].filter(Boolean).join(", ")},{" "}
              {quote.deliveryMinor === 0
                ? say("summary.free")
                : money(quote.deliveryMinor, checkout.currency)}
            </span>
          </Block>
        )}
        <Block label={say("summary.items")} href="/cart">
          {basket.lines.map((line) => (
            <span class="review-line">
              <span>
                {line.quantity} × <bdi>{lineTitle(speech, line)}</bdi>
                <Expected line={line} />
              </span>
              <span class="amount">
                {line.totalMinor === undefined ? "–" : money(line.totalMinor, checkout.currency)}
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
  const { say, parts, ...speech } = useSpeech();
  const money = (minor: number): string => speech.money(minor, checkout.currency);
  const isPaid = quote.dueMinor === 0 && quote.tenders.length > 0;
  return (
    <form class="review-pay" action={`${path}?step=review`} method="post">
      <input type="hidden" name="key" value={orderKey} />
      <input type="hidden" name="expectedTotal" value={String(quote.totalMinor)} />
      <input type="hidden" name="expectedDue" value={String(quote.dueMinor)} />
      <p>
        {parts("review.total", {
          total: <strong class="amount">{money(quote.totalMinor)}</strong>,
          tax: money(quote.taxMinor),
        })}
      </p>
      {quote.tenders.map((tender) => (
        <p>
          {parts("review.pays", {
            label: tender.label,
            amount: <span class="amount">{money(tender.amountMinor)}</span>,
          })}
        </p>
      ))}
      {!isPaid && <PaymentChoiceFields {...payment} />}
      <button class="button" type="submit">
        {isPaid ? say("review.place") : say("review.order_and_pay", { amount: money(quote.dueMinor) })}
      </button>
      <p class="hint">
        {isPaid && `${say("review.nothing_left")} `}
        <a href="/pages/delivery-returns">{say("shell.delivery_returns")}</a>
      </p>
    </form>
  );
};

/** Goods that are on their way are said to be, here too. */
const Expected = ({ line }: { readonly line: BasketLine }) => {
  const { variant } = line;
  if (variant?.availability !== "backorder" && variant?.availability !== "preorder") return null;
  return <span class="hint">{stockNote(variant, useSpeech())?.text}</span>;
};

type BlockProps = {
  readonly label: string;
  readonly href: string;
  readonly children?: Child;
};

const Block = ({ label, href, children }: BlockProps) => (
  <div class="review-block">
    <dt>{label}</dt>
    <dd>{children}</dd>
    <dd class="review-change">
      <a href={href} aria-label={useSpeech().say("review.change_of", { what: label })}>
        {useSpeech().say("shell.change")}
      </a>
    </dd>
  </div>
);

const oneLine = ({ country }: Speech, address: Address): string =>
  [
    address.fullName,
    address.company,
    address.line1,
    address.line2,
    address.district,
    [address.postalCode, address.city].filter(Boolean).join(" "),
    address.region,
    country(address.country),
  ]
    .filter(Boolean)
    .join(", ");

type ShortLinesProps = {
  readonly path: string;
  readonly lines: readonly BasketLine[];
  readonly shortLines: readonly ShortLine[];
};

const ShortLines = ({ path, lines, shortLines }: ShortLinesProps) => {
  const speech = useSpeech();
  const { say, parts } = speech;
  const titleOf = (line: BasketLine) => <strong dir="auto">{lineTitle(speech, line)}</strong>;
  return (
    <ul class="stack">
      {shortLines.map(({ lineId, available }) => {
        const line = lines.find((row) => row.lineId === lineId);
        if (!line) return null;
        return (
          <li class="short-line">
            <p>
              {available === 0
                ? parts("review.sold_out", { title: titleOf(line) })
                : parts("review.short", { title: titleOf(line), available, quantity: line.quantity })}
            </p>
            <form class="form-actions" action={`${path}/lines`} method="post">
              <input type="hidden" name="lineId" value={lineId} />
              {available > 0 && (
                <button class="button button-quiet" type="submit" name="quantity" value={String(available)}>
                  {say("review.take", { available })}
                </button>
              )}
              <button class="button button-quiet" type="submit" name="quantity" value="0">
                {say("shell.remove")}
              </button>
              {line.variant && (
                <a href={`/products/${encodeURIComponent(line.variant.productHandle)}`}>
                  {say("review.look_again")}
                </a>
              )}
            </form>
          </li>
        );
      })}
    </ul>
  );
};
