import { MAX_QUANTITY } from "#cart";
import { reasonWords, type Recommended } from "#search";
import {
  CardGrid,
  Empty,
  ErrorSummary,
  formatDayRange,
  formatMinor,
  Notice,
  OrderSummary,
  Page,
  Picture,
  plural,
  QuantityField,
  stockNote,
  type SummaryError,
} from "#web";
import type { Market } from "#pricing";
import type { PricedCart } from "../app/cart-use-cases.ts";
import type { BasketLine } from "../app/price-basket.ts";
import { CartMarket, MarketChanged } from "./cart-market.tsx";
import { CartCodes, CODE_FIELD } from "./cart-codes.tsx";
import { lineTitle, noticeSentence, paymentRows, summaryRows } from "./words.ts";

/** What was just taken out, so that it can be put back. */
export type RemovedItem = { readonly variantId: string; readonly title: string; readonly quantity: number };

export type CartPageProps = {
  /** Absent for a visitor without a cart. */
  readonly priced?: PricedCart;
  readonly removed?: RemovedItem;
  readonly errors?: readonly SummaryError[];
  /** What was typed into quantity fields that were refused, by line. */
  readonly typed?: Readonly<Record<string, string>>;
  /** One sentence above the lines, for what did not go into the cart. */
  readonly notice?: string;
  readonly markets?: readonly Market[];
  /** The cart's market. */
  readonly market?: Market;
  /** Its market has just changed. */
  readonly isMoved?: boolean;
  /** What goes with it, each with its reason. */
  readonly suggested?: readonly Recommended[];
  /** A code that was not taken, as it was typed. */
  readonly typedCode?: string;
};

/** Id and name of a line's quantity field. */
export const quantityFieldOf = (lineId: string): string => `quantity-${lineId}`;

/** The cart: lines with their notices, one form, totals, one way on. Nothing vanishes without a word. */
export const CartPage = (props: CartPageProps) => {
  const { priced, errors = [] } = props;
  const units = countUnits(priced);
  const title =
    units === 0 ? "Your cart is empty" : `Cart, ${plural(units, { one: "item", other: "items" })}`;
  return (
    <Page
      title={errors.length > 0 ? `Error: ${title}` : title}
      kind="cart"
      script="cart"
      isIndexed={false}
      path="/cart"
    >
      <cart-view>
        <div class="cart" data-part="cart" data-announce={announcement(props, units)}>
          <ErrorSummary errors={errors} />
          {props.isMoved === true && props.market && <MarketChanged market={props.market} />}
          {props.removed && <Removed item={props.removed} />}
          {props.notice !== undefined && (
            <Notice tone="wait" role="status">
              <p>{props.notice}</p>
            </Notice>
          )}
          {priced && priced.cart.lines.length > 0 ? (
            <FilledCart {...props} priced={priced} title={title} />
          ) : (
            <EmptyCart />
          )}
        </div>
      </cart-view>
      {props.suggested && props.suggested.length > 0 && <GoesWith suggested={props.suggested} />}
      {units === 0 && <seen-lately />}
    </Page>
  );
};

const GoesWith = ({ suggested }: { readonly suggested: readonly Recommended[] }) => (
  <section class="section" aria-labelledby="goes-with">
    <div class="section-head">
      <h2 id="goes-with">Goes with these</h2>
    </div>
    <CardGrid cards={suggested.map(({ card, reason }) => ({ ...card, reason: reasonWords(reason) }))} />
  </section>
);

const countUnits = (priced: PricedCart | undefined): number =>
  priced?.cart.lines.reduce((sum, line) => sum + line.quantity, 0) ?? 0;

function announcement({ priced, errors = [] }: CartPageProps, units: number): string {
  if (errors[0]) return errors[0].message;
  if (!priced || units === 0) return "Your cart is empty.";
  const total = formatMinor(priced.basket.quote.totalMinor, priced.cart.currency);
  return `${plural(units, { one: "item", other: "items" })}, total ${total}.`;
}

const EmptyCart = () => (
  <>
    <Empty
      title="Your cart is empty"
      level={1}
      action={{ href: "/collections/new", label: "See what is new" }}
    >
      What you choose waits here for 30 days.
    </Empty>
    <p class="links-row cart-more">
      <a class="button button-quiet" href="/collections/prints">
        Prints
      </a>
      <a class="button button-quiet" href="/collections/cloth">
        Cloth
      </a>
    </p>
  </>
);

const Removed = ({ item }: { readonly item: RemovedItem }) => (
  <form class="cart-undo" action="/cart/lines" method="post">
    <input type="hidden" name="variantId" value={item.variantId} />
    <input type="hidden" name="quantity" value={String(item.quantity)} />
    <Notice tone="note" role="status">
      <p>
        Removed <span dir="auto">{item.title}</span>.{" "}
        <button class="button-link" type="submit">
          Undo
        </button>
      </p>
    </Notice>
  </form>
);

const FilledCart = (props: CartPageProps & { readonly priced: PricedCart; readonly title: string }) => {
  const { priced, title } = props;
  return (
    <>
      <h1>{title}</h1>
      <div class="split">
        <form class="cart-form" action="/cart" method="post" novalidate>
          <ul class="cart-lines">
            {priced.basket.lines.map((line) => (
              <CartLineRow line={line} currency={priced.cart.currency} {...lineProps(props, line)} />
            ))}
          </ul>
          <p>
            <a href="/">Keep shopping</a>
          </p>
        </form>
        <div class="split-side">
          <Totals priced={priced} />
          {props.market && <CartMarket markets={props.markets ?? []} market={props.market} />}
          <CartCodes
            priced={priced}
            typed={props.typedCode}
            error={props.errors?.find((row) => row.field === CODE_FIELD)?.message}
          />
        </div>
      </div>
    </>
  );
};

function lineProps(
  { errors = [], typed = {} }: CartPageProps,
  line: BasketLine,
): { readonly error?: string; readonly typed?: string } {
  const id = quantityFieldOf(line.lineId);
  const error = errors.find((row) => row.field === id)?.message;
  const text = typed[line.lineId];
  return { ...(error === undefined ? {} : { error }), ...(text === undefined ? {} : { typed: text }) };
}

const isOnItsWay = ({ variant }: BasketLine): boolean =>
  variant?.availability === "backorder" || variant?.availability === "preorder";

type LineProps = {
  readonly line: BasketLine;
  readonly currency: string;
  readonly error?: string;
  readonly typed?: string;
};

const CartLineRow = ({ line, currency, error, typed }: LineProps) => {
  const { variant } = line;
  const title = lineTitle(line);
  const id = quantityFieldOf(line.lineId);
  return (
    <li class={line.isCounted ? "cart-line" : "cart-line cart-line-out"}>
      <Picture picture={variant?.picture} alt="" class="cart-picture" />
      <div class="cart-what">
        <h2 class="cart-title" dir="auto">
          {variant ? (
            <a href={`/products/${encodeURIComponent(variant.productHandle)}`}>{variant.productTitle}</a>
          ) : (
            title
          )}
        </h2>
        {variant?.variantTitle && <p class="hint">{variant.variantTitle}</p>}
        {isOnItsWay(line) && variant && <p class="hint">{stockNote(variant)?.text}</p>}
        {line.notices.map((notice) => (
          <p class={notice.code === "price_changed" ? "cart-notice" : "cart-notice cart-notice-wait"}>
            {noticeSentence(notice, currency)}
          </p>
        ))}
      </div>
      <p class="cart-amount amount">
        {line.totalMinor === undefined ? "–" : formatMinor(line.totalMinor, currency)}
      </p>
      <div class="cart-controls">
        {line.isCounted && (
          <>
            <QuantityField
              id={id}
              name={id}
              value={Number(typed ?? line.quantity)}
              minimum={0}
              maximum={MAX_QUANTITY}
              label={`Quantity of ${title}`}
              isLabelHidden={true}
              error={error}
            />
            <button class="button button-quiet cart-update" type="submit" name="update" value={line.lineId}>
              Update
            </button>
          </>
        )}
        <button class="button-link" type="submit" name="remove" value={line.lineId}>
          Remove <span class="visually-hidden">{title}</span>
        </button>
      </div>
    </li>
  );
};

const Totals = ({ priced }: { readonly priced: PricedCart }) => {
  const { basket, cart } = priced;
  const { quote, freeDeliveryGapMinor } = basket;
  const total = formatMinor(quote.totalMinor, cart.currency);
  const due = formatMinor(quote.dueMinor, cart.currency);
  const hasGoods = quote.lines.length > 0;
  return (
    <OrderSummary
      lines={[]}
      rows={summaryRows(basket, true)}
      total={{ label: "Total", amount: total }}
      payments={paymentRows(basket)}
    >
      {quote.delivery && (
        <p>Arrives {formatDayRange(quote.delivery.earliestDate, quote.delivery.latestDate)}</p>
      )}
      {hasGoods && !quote.delivery && <p class="hint">Delivery is worked out once we know the country.</p>}
      {hasGoods && (
        <form action="/checkout" method="post">
          <button class="button button-wide" type="submit">
            Check out · {due}
          </button>
        </form>
      )}
      {freeDeliveryGapMinor !== undefined && hasGoods && (
        <p class="hint">Spend {formatMinor(freeDeliveryGapMinor, cart.currency)} more for free delivery.</p>
      )}
    </OrderSummary>
  );
};
