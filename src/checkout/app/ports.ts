import type { CartId, CheckoutId, EpochMs, OrderId } from "#kernel";
import type { CartRpc } from "#cart";
import type { SellableVariant } from "#catalog";
import type { CustomerDesk, CustomerTerms } from "#customers";
import type { OrderRpc } from "#orders";
import type { GateRpc } from "#admission";
import type { PaymentMethods } from "#payments";
import type { ObjectNamespace } from "#platform";
import type { Market, PriceTerms, TaxRate, TaxRelief } from "#pricing";
import type { Recommender } from "#search";
import type { DeliveryMethod, LocalMoment } from "#shipping";
import type { BasketFacts, VoucherView } from "#vouchers";
import type { CartMemory } from "./cart-memory.ts";
import type { SoldOutHints } from "./sold-out-hints.ts";

/** What holds now: prices, tax and ways of delivery. */
export type PriceTruth = {
  /** At their own prices; unknown variants are left out, those of inactive products say so. */
  readonly variants: readonly SellableVariant[];
  /** The market and what was worked out for it: `priceFor` makes the price of a line. Absent: own prices hold. */
  readonly terms?: PriceTerms;
  /** Of the country that was asked for; none where this buyer pays no tax. */
  readonly taxRates: readonly TaxRate[];
  /** The buyer whom staff know. */
  readonly customer?: CustomerTerms;
  /** Why this buyer pays no tax here. */
  readonly relief?: TaxRelief;
  /** Goods worth more than this, in minor units, are taxed where they enter the country and not here. */
  readonly importLimitMinor?: number;
  readonly methods: readonly DeliveryMethod[];
  /** Copies of the vouchers that were asked for; unknown ones are left out. */
  readonly vouchers?: readonly VoucherView[];
  /** Which collections the goods are in; absent unless vouchers were asked for. */
  readonly collections?: BasketFacts["collections"];
};

/** The lines, the market, the country and the vouchers that prices are asked for. */
export type PriceRequest = {
  /** Absent: the default market. */
  readonly marketId?: string;
  /** Whose prices are asked for, by name; absent: everybody's, or those of the customer. */
  readonly customerGroup?: string;
  /** A buyer whom staff know: their group's prices and their tax hold. */
  readonly customerId?: string;
  readonly variantIds: readonly string[];
  readonly country: string;
  /** State or province of the destination, once it is known. */
  readonly region?: string;
  /** Of the destination, once it is known; a tax service may need it. */
  readonly postcode?: string;
  readonly voucherIds?: readonly string[];
  /** The language that goods are named in; absent: the shop's own words. */
  readonly locale?: string;
};

/**
 * Reads the price truth in at most one round trip; the only database access on the way to an order. A truth may hold more
 * variants than were asked for; within one request the same question always gets the same answer.
 */
export type PriceTruthPort = {
  read(request: PriceRequest): Promise<PriceTruth>;
  /** The variant sold under a SKU (any case); of several, the first. `beside` is read with it, for a later `read`. */
  variantOfSku(sku: string, beside: PriceRequest): Promise<SellableVariant | undefined>;
};

/** Looks codes up as they are typed. */
export type CodePort = {
  /** The copy of the voucher behind a code; the same work whether there is one or not. */
  find(text: string): Promise<VoucherView | undefined>;
};

/** Ids and secrets that are made here. */
export type NamesPort = {
  /** A new secret cart id. */
  mintCartId(): CartId;
  /** The cart id that this key always gives to this client. */
  keyedCartId(client: string, key: string): Promise<CartId>;
  mintLineId(): string;
  /** A fresh idempotency key for a form. */
  mintKey(): string;
  /** One checkout and one key always give one order (P2). */
  orderId(checkoutId: CheckoutId, key: string): Promise<OrderId>;
  /** The secret of the order's link; the same for every call, so that whoever holds the checkout can get back to the order. */
  orderAccessKey(orderId: OrderId): Promise<string>;
  /** SHA-256 of text, in hex. */
  hash(text: string): Promise<string>;
};

/** What the merchant has settled for the whole shop. */
export type ShopSettings = {
  /** Currency of a cart until its first line. */
  readonly currency: string;
  /** Country of a cart until its buyer names one. */
  readonly country: string;
  /** The language that the shopper reads; of the order to be, its page and its mails. */
  readonly locale: string;
  /** The language that the merchant writes in. */
  readonly ownLocale: string;
  /** IANA name. */
  readonly timeZone: string;
};

/** Everything that the checkout's use cases need; made once per request from the Worker's environment. */
export type CheckoutPorts = {
  readonly carts: ObjectNamespace<CartRpc>;
  /** What is known of carts, to prepare their next change; shared by the requests of one isolate. */
  readonly known: CartMemory;
  readonly orders: ObjectNamespace<OrderRpc>;
  /** Lines in front of SKUs that everybody wants, by SKU. */
  readonly gates: ObjectNamespace<GateRpc>;
  /** What was just sold out; shared by the requests of one isolate. */
  readonly soldOut: SoldOutHints;
  /** For what is shown; may be two seconds old. */
  readonly prices: PriceTruthPort;
  /** For what is charged: read now, whatever was shown. */
  readonly till: Pick<PriceTruthPort, "read">;
  /** Where the shop sells; may be seconds old. */
  readonly markets: () => Promise<readonly Market[]>;
  /** What goes with the goods in a cart; the cart does without it when it is absent or fails. */
  readonly recommender?: Pick<Recommender, "goesWith">;
  readonly codes: CodePort;
  readonly names: NamesPort;
  /** Who a personal link or a browser belongs to. */
  readonly customers: Pick<CustomerDesk, "recognise">;
  readonly payments: PaymentMethods;
  readonly now: () => EpochMs;
  readonly wallClock: (at: EpochMs) => LocalMoment;
  readonly shop: ShopSettings;
};
