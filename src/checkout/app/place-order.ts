import { refuse, type CheckoutId, type OrderId, type Result } from "#kernel";
import {
  cartIdOfCheckout,
  type CartRefusal,
  type CartRpc,
  type CheckoutView,
  type PlacementOpening,
} from "#cart";
import type { PaymentChoice, PlacedReply, PlacementRefusal } from "#orders";
import type { CallContext } from "#platform";
import type { FieldMistake } from "../domain/address.ts";
import { passLines, type LineOpenRefusal } from "./pass-lines.ts";
import { explainTotalChange, type TotalChange } from "../domain/total-change.ts";
import { priceCheckout, readTruth, type MissingDetail, type PricedCheckout } from "./price-checkout.ts";
import { providerFor } from "./payment-choice.ts";
import { draftOrder } from "./draft-order.ts";
import { localeOfCart } from "./reading-locale.ts";
import type { CheckoutPorts } from "./ports.ts";

/**
 * How the buyer pays: a token of the provider, the provider's own page with addresses on this site to come back to, or
 * outside the shop.
 */
export type PaymentRequest =
  | { readonly kind: "token"; readonly token: string }
  | { readonly kind: "redirect"; readonly returnUrl?: string; readonly cancelUrl?: string }
  | { readonly kind: "manual"; readonly method: "bank_transfer" | "cash_on_delivery" };

export type PlaceRequest = {
  readonly checkoutId: CheckoutId;
  readonly key: string;
  /** Hash of the request's meaning. */
  readonly requestHash: string;
  readonly payment: PaymentRequest;
  /** The total that the buyer saw; without it the last quote that was shown counts. */
  readonly expectedTotal?: { readonly currency?: string; readonly amountMinor: number };
  /** What the buyer saw as left to pay after gift cards, in minor units; without it that of the last quote. */
  readonly expectedDueMinor?: number;
  /** Origin of this site, for the addresses to come back to. */
  readonly origin: string;
};

export type PlaceRefusal =
  | CartRefusal
  | PlacementRefusal
  | { readonly code: "invalid_details"; readonly mistakes: readonly FieldMistake[] }
  | { readonly code: "checkout_incomplete"; readonly missing: readonly MissingDetail[] }
  | { readonly code: "lines_unavailable"; readonly lineIds: readonly string[] }
  | ({ readonly code: "total_changed" } & TotalChange)
  | LineOpenRefusal;

/** Order refusals after which the order is over, so that the checkout may be tried again under a new key. */
const OVER: readonly PlacementRefusal["code"][] = [
  "out_of_stock",
  "voucher_refused",
  "payment_declined",
  "payment_unavailable",
];

/**
 * Makes an order out of a checkout. One key makes one order, and a repeat gives the same reply (P2). Prices, tax and
 * delivery are read again; when the total is not the one that was shown, nothing is charged and the refusal says what
 * moved. After a refusal the checkout is open again. When an object cannot be reached this throws, and a repeat with
 * the same key finds out what became of it.
 */
export async function placeOrder(
  ports: CheckoutPorts,
  request: PlaceRequest,
  call: CallContext,
): Promise<Result<PlacedReply, PlaceRefusal>> {
  const cartId = cartIdOfCheckout(request.checkoutId);
  if (!cartId) return refuse({ code: "checkout_unknown" });
  const cart = ports.carts.getByName(cartId);
  const orderId = await ports.names.orderId(request.checkoutId, request.key);
  const claim = { checkoutId: request.checkoutId, orderId };
  const claimed = await claimCheckout(ports, { cart, claim }, call);
  if (!claimed.ok) return claimed;
  const replayed = claimed.value.claim === "new" ? undefined : await replay(ports, request, orderId);
  const result =
    replayed ?? (await placeClaimed(ports, { request, orderId, cart, checkout: claimed.value }, call));
  const isMisused = claimed.value.claim === "again" && !result.ok && isReused(result.refusal);
  if (isMisused || (!result.ok && isOver(result.refusal))) await cart.reopen(claim, call);
  return result;
}

type Claiming = { readonly cart: CartRpc; readonly claim: PlacementOpening };

/** Claims the checkout. A new buyer of goods that were gone a moment ago is turned away before anything is written. */
async function claimCheckout(
  ports: CheckoutPorts,
  { cart, claim }: Claiming,
  call: CallContext,
): Promise<Result<CheckoutView, PlaceRefusal>> {
  const soldOut = ports.soldOut.variantIds(ports.now());
  const claimed = await cart.beginPlacement(soldOut.length > 0 ? { ...claim, soldOut } : claim, call);
  if (!claimed.ok || claimed.value.claim !== "sold_out") return claimed;
  const shortages = ports.soldOut.shortagesOfNewcomer(claimed.value.lines, ports.now());
  return shortages.length > 0
    ? refuse({ code: "out_of_stock", shortages })
    : cart.beginPlacement(claim, call);
}

/** The stored reply of an order that exists; `undefined` when nothing was placed under this key. */
async function replay(
  ports: CheckoutPorts,
  request: PlaceRequest,
  orderId: OrderId,
): Promise<Result<PlacedReply, PlaceRefusal> | undefined> {
  const stored = await ports.orders.getByName(orderId).replay(request.requestHash);
  return !stored.ok && stored.refusal.code === "order_unknown" ? undefined : stored;
}

type Claimed = {
  readonly request: PlaceRequest;
  readonly orderId: OrderId;
  readonly cart: CartRpc;
  readonly checkout: CheckoutView;
};

async function placeClaimed(
  ports: CheckoutPorts,
  claimed: Claimed,
  call: CallContext,
): Promise<Result<PlacedReply, PlaceRefusal>> {
  const { request, orderId, checkout } = claimed;
  // Claimed before, given back, and overtaken since: the old key cannot order what the cart holds now.
  if (checkout.claim === "lapsed") return refuse(overtaken(checkout));
  const checked = await checkPrices(ports, claimed, call);
  if (!checked.ok) {
    await giveBack(claimed, call);
    return checked;
  }
  const payment = comeBack(request, orderId);
  const provider = providerFor(ports, checked.value, payment);
  if (!provider.ok) {
    await giveBack(claimed, call);
    const detail = "This way to pay cannot be used for this order.";
    return refuse({ code: "invalid_details", mistakes: [{ field: "payment", detail }] });
  }
  // Refused before there is an order: nothing is stored under the key, so a later repeat asks again. Not where another
  // request holds the claim: it may be past this point, and both have to get the one answer of the order.
  const isOurs = checkout.claim !== "held";
  const shortages = isOurs ? ports.soldOut.shortagesOf(checked.value.lines, ports.now()) : [];
  if (shortages.length > 0) return refuse({ code: "out_of_stock", shortages });
  const askedAt = ports.now();
  const reply = await ports.orders.getByName(orderId).place(
    {
      orderId,
      requestHash: request.requestHash,
      draft: checked.value,
      provider: provider.value,
      payment,
      accessKey: await ports.names.orderAccessKey(orderId),
    },
    call,
  );
  ports.soldOut.learn(checked.value.lines, reply, { askedAt, now: ports.now() });
  return reply;
}

/** Reads the price truth and turns the checkout into a draft, or says why it cannot be ordered as it was shown. */
async function checkPrices(ports: CheckoutPorts, claimed: Claimed, call: CallContext) {
  const { request, checkout } = claimed;
  const priced = await readOrGiveBack(ports, claimed, call);
  const unavailable = priced.basket.lines.filter((line) => !line.isCounted).map((line) => line.lineId);
  if (unavailable.length > 0) return refuse({ code: "lines_unavailable" as const, lineIds: unavailable });
  if (priced.missing.length > 0) {
    return refuse({ code: "checkout_incomplete" as const, missing: priced.missing });
  }
  const { currency } = priced.basket.quote;
  if ((request.expectedTotal?.currency ?? currency) !== currency) {
    const mistakes = [{ field: "expectedTotal", detail: `The checkout is in ${currency}.` }];
    return refuse({ code: "invalid_details" as const, mistakes });
  }
  const { totalMinor, dueMinor } = priced.basket.quote;
  const shown = request.expectedTotal?.amountMinor ?? checkout.quotedTotalMinor ?? totalMinor;
  // A card that pays less than was shown would charge more, although the total is the same.
  const shownDue = request.expectedDueMinor ?? dueShown(priced, shown);
  if (shown === totalMinor && shownDue === dueMinor) {
    const { cartId, email = "" } = checkout;
    const passed = await passLines(
      ports,
      { cartId, orderId: claimed.orderId, email, lines: priced.basket.lines },
      call,
    );
    return passed.ok ? draftOrder(priced, await localeOfCart(ports, checkout.marketId)) : passed;
  }
  return refuse({ code: "total_changed" as const, ...explain(priced, shown, shownDue) });
}

/** A failed read must not leave the checkout claimed by an order that was never asked for. */
async function readOrGiveBack(
  ports: CheckoutPorts,
  claimed: Claimed,
  call: CallContext,
): Promise<PricedCheckout> {
  try {
    return priceCheckout(ports, claimed.checkout, await readTruth(ports, claimed.checkout, ports.till));
  } catch (error) {
    await giveBack(claimed, call);
    throw error;
  }
}

/**
 * Opens the checkout again after a claim of our own. A claim that another request holds is not ours to end: that
 * request may be on its way to the order, and the cart's own inquiry ends it when nobody is.
 */
async function giveBack({ cart, checkout, orderId }: Claimed, call: CallContext): Promise<void> {
  if (checkout.claim === "held") return;
  await cart.reopen({ checkoutId: checkout.checkoutId, orderId }, call);
}

const overtaken = (checkout: CheckoutView): PlaceRefusal =>
  checkout.orderId === undefined
    ? { code: "cart_changed", cartVersion: checkout.cartVersion }
    : { code: "checkout_closed", orderId: checkout.orderId };

/** What was shown as left to pay of a total: cards and credits were to pay as much of it as in the last quote. */
function dueShown({ checkout, basket }: PricedCheckout, shownMinor: number): number {
  const { quotedTotalMinor, quotedDueMinor } = checkout;
  if (quotedTotalMinor === undefined || quotedDueMinor === undefined) return basket.quote.dueMinor;
  return Math.max(0, shownMinor - (quotedTotalMinor - quotedDueMinor));
}

function explain(priced: PricedCheckout, shownMinor: number, shownDueMinor: number): TotalChange {
  const { quote } = priced.basket;
  const shownDiscountMinor = priced.checkout.quotedDiscountMinor ?? quote.discountMinor;
  return explainTotalChange({
    currency: quote.currency,
    fromMinor: shownMinor,
    toMinor: quote.totalMinor,
    discountChangeMinor: quote.discountMinor - shownDiscountMinor,
    dueFromMinor: shownDueMinor,
    dueToMinor: quote.dueMinor,
    lines: priced.basket.lines.flatMap((line) =>
      line.variant
        ? [{ ...line, title: titleOf(line.variant), unitPriceMinor: line.variant.priceMinor }]
        : [],
    ),
  });
}

const titleOf = (variant: { readonly productTitle: string; readonly variantTitle: string }): string =>
  variant.variantTitle === "" ? variant.productTitle : `${variant.productTitle}, ${variant.variantTitle}`;

function comeBack({ payment, origin }: PlaceRequest, orderId: OrderId): PaymentChoice {
  if (payment.kind !== "redirect") return payment;
  const back = `${origin}/orders/${orderId}/return`;
  return { kind: "redirect", returnUrl: payment.returnUrl ?? back, cancelUrl: payment.cancelUrl ?? back };
}

/** A key that comes back with another body has claimed an open checkout for an order that it may not speak for. */
const isReused = (refusal: PlaceRefusal): boolean => refusal.code === "idempotency_key_reused";

const isOver = (refusal: PlaceRefusal): boolean => OVER.some((code) => code === refusal.code);
