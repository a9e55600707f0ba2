import { refuse, type CheckoutId, type OrderId, type Result } from "#kernel";
import { cartIdOfCheckout, type CartLine, type CartView, type CheckoutView } from "#cart";
import type { CallContext } from "#platform";
import { openCheckout, rememberQuote, type DetailsRefusal } from "./checkout-use-cases.ts";
import { priceCheckout, readTruth, type PricedCheckout } from "./price-checkout.ts";
import type { BasketLine } from "./price-basket.ts";
import type { CheckoutPorts } from "./ports.ts";

/** How a cart's lines differ from what the checkout had. */
export type CartDifference = {
  readonly lineId: string;
  readonly line: BasketLine;
  /** 0 for a line that is new. */
  readonly from: number;
  readonly to: number;
};

/** A checkout brought up to its cart, priced, with what has changed since the buyer last looked. */
export type ResumedCheckout = {
  readonly priced: PricedCheckout;
  readonly differences: readonly CartDifference[];
  /** Units that stay in the cart because they cannot be had now. */
  readonly leftInCart: number;
};

export type ResumeRefusal =
  DetailsRefusal | { readonly code: "checkout_became_order"; readonly orderId: OrderId };

/**
 * Opens a checkout's page: adopts the cart when it changed in another tab (and says how), prices it, and remembers the
 * quote that is about to be shown. Refuses `checkout_became_order` once it is claimed.
 */
export async function resumeCheckout(
  ports: CheckoutPorts,
  checkoutId: CheckoutId,
  call: CallContext,
): Promise<Result<ResumedCheckout, ResumeRefusal>> {
  const pair = await readPair(ports, checkoutId);
  if (!pair.ok) return pair;
  const { checkout, cart } = pair.value;
  const current = await adopt(ports, pair.value, call);
  if (!current.ok) return current;
  const resumed = await describe(ports, { checkout: current.value, cart }, checkout.lines);
  await rememberQuote(ports, resumed.priced, call);
  return { ok: true, value: resumed };
}

/**
 * The same without changing anything: for a form that was sent, whose answer decides what is shown next. A cart that
 * changed and a price that moved stay news until a page has told them.
 */
export async function peekCheckout(
  ports: CheckoutPorts,
  checkoutId: CheckoutId,
): Promise<Result<ResumedCheckout, ResumeRefusal>> {
  const pair = await readPair(ports, checkoutId);
  return pair.ok ? { ok: true, value: await describe(ports, pair.value, pair.value.checkout.lines) } : pair;
}

async function readPair(ports: CheckoutPorts, checkoutId: CheckoutId): Promise<Result<Pair, ResumeRefusal>> {
  const cartId = cartIdOfCheckout(checkoutId);
  if (!cartId) return refuse({ code: "checkout_unknown" });
  const object = ports.carts.getByName(cartId);
  const [checkout, cart] = await Promise.all([object.checkout(checkoutId), object.view()]);
  if (!checkout.ok) return checkout;
  if (!cart.ok) return cart;
  if (checkout.value.status !== "open") return refuse(closed(checkout.value));
  return { ok: true, value: { checkout: checkout.value, cart: cart.value } };
}

async function describe(
  ports: CheckoutPorts,
  { checkout, cart }: Pair,
  linesBefore: readonly CartLine[],
): Promise<ResumedCheckout> {
  const priced = priceCheckout(ports, checkout, await readTruth(ports, checkout));
  const counted = new Set(checkout.lines.map((line) => line.lineId));
  const left = cart.lines.filter((line) => !counted.has(line.lineId));
  return {
    priced,
    differences: differencesOf(linesBefore, priced),
    leftInCart: left.reduce((sum, line) => sum + line.quantity, 0),
  };
}

type Pair = { readonly checkout: CheckoutView; readonly cart: CartView };

async function adopt(
  ports: CheckoutPorts,
  { checkout, cart }: Pair,
  call: CallContext,
): Promise<Result<CheckoutView, DetailsRefusal>> {
  if (checkout.cartVersion === cart.version) return { ok: true, value: checkout };
  return openCheckout(ports, { cartId: cart.cartId }, call);
}

function differencesOf(before: readonly CartLine[], priced: PricedCheckout): readonly CartDifference[] {
  const after = priced.basket.lines;
  const changed = after.flatMap((line): CartDifference[] => {
    const from = before.find((row) => row.lineId === line.lineId)?.quantity ?? 0;
    return from === line.quantity ? [] : [{ lineId: line.lineId, line, from, to: line.quantity }];
  });
  const gone = before.filter((row) => !after.some((line) => line.lineId === row.lineId));
  return [
    ...changed,
    ...gone.map((row) => ({
      lineId: row.lineId,
      line: { ...row, notices: [], isCounted: false },
      from: row.quantity,
      to: 0,
    })),
  ];
}

const closed = (checkout: CheckoutView): ResumeRefusal =>
  checkout.orderId === undefined
    ? { code: "checkout_unknown" }
    : { code: "checkout_became_order", orderId: checkout.orderId };
