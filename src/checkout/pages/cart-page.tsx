import { MAX_QUANTITY } from "#cart";
import { reasonWords, type Recommended } from "#search";
import {
  CardGrid,
  Empty,
  ErrorSummary,
  Notice,
  OrderSummary,
  Page,
  Picture,
  QuantityField,
  stockNote,
  useNavigation,
  useSpeech,
  type Speech,
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

/** The collection of new goods has a sentence instead of its title. */
const NEW = "/collections/new";
/** Collections that an empty cart leads to, beside the first. */
const WAYS_ON = 2;

/** Id and name of a line's quantity field. */
export const quantityFieldOf = (lineId: string): string => `quantity-${lineId}`;

/** The cart: lines with their notices, one form, totals, one way on. Nothing vanishes without a word. */
export const CartPage = (props: CartPageProps) => {
  const { priced, errors = [] } = props;
  const units = countUnits(priced);
  const speech = useSpeech();
  const { say } = speech;
  const title =
    units === 0 ? say("cart.empty") : say("cart.title", { items: say("cart.items", { count: units }) });
  return (
    <Page
      title={errors.length > 0 ? say("shell.error_title", { title }) : title}
      kind="cart"
      script="cart"
      isIndexed={false}
      path="/cart"
    >
      <cart-view>
        <div class="cart" data-part="cart" data-announce={announcement(speech, props, units)}>
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

const GoesWith = ({ suggested }: { readonly suggested: readonly Recommended[] }) => {
  const speech = useSpeech();
  return (
    <section class="section" aria-labelledby="goes-with">
      <div class="section-head">
        <h2 id="goes-with">{speech.say("cart.goes_with")}</h2>
      </div>
      <CardGrid
        cards={suggested.map(({ card, reason }) => ({ ...card, reason: reasonWords(reason, speech) }))}
      />
    </section>
  );
};

const countUnits = (priced: PricedCart | undefined): number =>
  priced?.cart.lines.reduce((sum, line) => sum + line.quantity, 0) ?? 0;

function announcement({ say, money }: Speech, { priced, errors = [] }: CartPageProps, units: number): string {
  if (errors[0]) return errors[0].message;
  if (!priced || units === 0) return `${say("cart.empty")}.`;
  const total = money(priced.basket.quote.totalMinor, priced.cart.currency);
  return say("cart.announce", { items: say("cart.items", { count: units }), total });
}

const EmptyCart = () => {
  const { say } = useSpeech();
  const [first, ...others] = useNavigation();
  const wayOn = first?.href === NEW ? say("cart.see_new") : (first?.label ?? "");
  return (
    <>
      <Empty
        title={say("cart.empty")}
        level={1}
        action={{ href: first?.href ?? "/", label: first ? wayOn : say("shell.to_shop") }}
      >
        {say("cart.empty_text")}
      </Empty>
      <p class="links-row cart-more">
        {others.slice(0, WAYS_ON).map((link) => (
          <a class="button button-quiet" href={link.href}>
            {link.label}
          </a>
        ))}
      </p>
    </>
  );
};

const Removed = ({ item }: { readonly item: RemovedItem }) => (
  <form class="cart-undo" action="/cart/lines" method="post">
    <input type="hidden" name="variantId" value={item.variantId} />
    <input type="hidden" name="quantity" value={String(item.quantity)} />
    <Notice tone="note" role="status">
      <p>
        {useSpeech().parts("cart.removed", {
          title: <span dir="auto">{item.title}</span>,
          undo: (
            <button class="button-link" type="submit">
              {useSpeech().say("cart.undo")}
            </button>
          ),
        })}
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
            <a href="/">{useSpeech().say("cart.keep_shopping")}</a>
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
  const speech = useSpeech();
  const { say, money } = speech;
  const title = lineTitle(speech, line);
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
        {isOnItsWay(line) && variant && <p class="hint">{stockNote(variant, speech)?.text}</p>}
        {line.notices.map((notice) => (
          <p class={notice.code === "price_changed" ? "cart-notice" : "cart-notice cart-notice-wait"}>
            {noticeSentence(speech, notice, currency)}
          </p>
        ))}
      </div>
      <p class="cart-amount amount">
        {line.totalMinor === undefined ? "–" : money(line.totalMinor, currency)}
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
              label={say("cart.quantity_of", { title })}
              isLabelHidden={true}
              error={error}
            />
            <button class="button button-quiet cart-update" type="submit" name="update" value={line.lineId}>
              {say("cart.update")}
            </button>
          </>
        )}
        <button class="button-link" type="submit" name="remove" value={line.lineId}>
          {say("shell.remove")} <span class="visually-hidden">{title}</span>
        </button>
      </div>
    </li>
  );
};

const Totals = ({ priced }: { readonly priced: PricedCart }) => {
  const { basket, cart } = priced;
  const speech = useSpeech();
  const { say, money, days } = speech;
  const { quote, freeDeliveryGapMinor } = basket;
  const total = money(quote.totalMinor, cart.currency);
  const due = money(quote.dueMinor, cart.currency);
  const hasGoods = quote.lines.length > 0;
  return (
    <OrderSummary
      lines={[]}
      rows={summaryRows(speech, basket, true)}
      total={{ label: say("summary.total"), amount: total }}
      payments={paymentRows(speech, basket)}
    >
      {quote.delivery && (
        <p>{say("cart.arrives", { days: days(quote.delivery.earliestDate, quote.delivery.latestDate) })}</p>
      )}
      {hasGoods && !quote.delivery && <p class="hint">{say("cart.delivery_later")}</p>}
      {hasGoods && (
        <form action="/checkout" method="post">
          <button class="button button-wide" type="submit">
            {say("cart.check_out")} · {due}
          </button>
        </form>
      )}
      {freeDeliveryGapMinor !== undefined && hasGoods && (
        <p class="hint">{say("cart.more_for_free", { price: money(freeDeliveryGapMinor, cart.currency) })}</p>
      )}
    </OrderSummary>
  );
};
