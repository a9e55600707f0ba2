import { ok, refuse, type CartId, type Result } from "#kernel";
import { MAX_QUANTITY, type CartRefusal, type CartTerms, type CartView, type NewLine } from "#cart";
import type { SellableVariant } from "#catalog";
import type { CallContext } from "#platform";
import { priceFor } from "#pricing";
import { pricesOf, type WhatToAdd } from "./cart-use-cases.ts";
import type { CheckoutPorts } from "./ports.ts";

/** Goods that a new cart begins with. */
export type FirstLine = { readonly what: WhatToAdd; readonly quantity: number };

export type OpenCartInput = CartTerms & {
  /** Of the market; absent: the shop's. */
  readonly currency?: string;
  readonly country?: string;
  readonly lines?: readonly FirstLine[];
  /** With a key the same client always gets the same cart. */
  readonly keyed?: { readonly client: string; readonly key: string; readonly requestHash: string };
};

/** Why goods cannot be in a new cart. `index` counts the lines that were sent from 0. */
export type LineMistake = { readonly index: number } & (
  | { readonly reason: "variant_unknown" | "variant_not_for_sale" }
  | { readonly reason: "currency_mismatch"; readonly cartCurrency: string; readonly variantCurrency: string }
  /** Lines of one variant are one line, and it would hold too many. */
  | { readonly reason: "quantity_out_of_range"; readonly maximum: number }
);

export type OpeningRefusal =
  CartRefusal | { readonly code: "lines_refused"; readonly mistakes: readonly LineMistake[] };

export type OpeningTerms = CartTerms & { readonly currency: string; readonly country: string };

/**
 * Opens a new cart, with all of its first lines or not at all. Repeating with the same key gives the same cart; another
 * body under that key is refused. Stock is not asked: the order asks the truth, pages show a hint.
 */
export async function openCart(
  ports: CheckoutPorts,
  { keyed, lines: wished = [], ...asked }: OpenCartInput,
  call: CallContext,
): Promise<Result<CartView, OpeningRefusal>> {
  const cartId = await cartIdFor(ports, keyed);
  const terms = termsFor(ports, asked);
  const lines = await firstLines(ports, terms, wished);
  // A repeat gets its cart, also when something of it is not sold any more.
  if (!lines.ok) return (keyed && (await openedBefore(ports, cartId, keyed))) ?? lines;
  const opened = await ports.carts.getByName(cartId).open(
    {
      ...terms,
      ...(lines.value.length === 0 ? {} : { lines: lines.value }),
      ...(keyed ? { requestHash: keyed.requestHash } : {}),
    },
    call,
  );
  if (opened.ok && keyed && opened.value.openedByHash !== keyed.requestHash)
    return refuse({ code: "idempotency_key_reused" });
  return ports.known.learnCart(opened);
}

/** The same for the same client and key. */
export const cartIdFor = async (ports: CheckoutPorts, keyed: OpenCartInput["keyed"]): Promise<CartId> =>
  keyed ? ports.names.keyedCartId(keyed.client, keyed.key) : ports.names.mintCartId();

/** What holds for a new cart: what was asked for, or the shop's. */
export const termsFor = (
  { shop }: CheckoutPorts,
  { currency = shop.currency, country = shop.country, ...buyer }: Omit<OpenCartInput, "keyed" | "lines">,
): OpeningTerms => ({ currency, country, ...buyer });

async function openedBefore(
  ports: CheckoutPorts,
  cartId: CartId,
  { requestHash }: { readonly requestHash: string },
): Promise<Result<CartView, CartRefusal> | undefined> {
  const cart = await ports.carts.getByName(cartId).view();
  return cart.ok && cart.value.openedByHash === requestHash ? cart : undefined;
}

/** The lines at what they cost now, one per variant; or everything that is wrong with them. */
export async function firstLines(
  ports: CheckoutPorts,
  terms: OpeningTerms,
  wished: readonly FirstLine[],
): Promise<Result<readonly NewLine[], Extract<OpeningRefusal, { code: "lines_refused" }>>> {
  if (wished.length === 0) return ok([]);
  const found = await goodsOf(ports, terms, wished);
  const units = new Map<string, number>();
  const mistakes: LineMistake[] = [];
  const lines = new Map<string, NewLine>();
  for (const [index, { quantity }] of wished.entries()) {
    const variant = found.variants[index];
    const total = variant ? (units.get(variant.variantId) ?? 0) + quantity : quantity;
    const priced = variant && priceFor(variant, total, found.prices);
    const mistake = mistakeOf(priced, total, terms.currency);
    if (mistake) mistakes.push({ index, ...mistake });
    if (!priced || mistake) continue;
    units.set(priced.variantId, total);
    lines.set(priced.variantId, {
      lineId: lines.get(priced.variantId)?.lineId ?? ports.names.mintLineId(),
      variantId: priced.variantId,
      quantity: total,
      unitPriceMinor: priced.priceMinor,
    });
  }
  return mistakes.length > 0 ? refuse({ code: "lines_refused", mistakes }) : ok([...lines.values()]);
}

type Reason = LineMistake extends infer M ? (M extends LineMistake ? Omit<M, "index"> : never) : never;

function mistakeOf(
  variant: SellableVariant | undefined,
  quantity: number,
  cartCurrency: string,
): Reason | undefined {
  if (!variant) return { reason: "variant_unknown" };
  if (variant.productStatus !== "active") return { reason: "variant_not_for_sale" };
  if (variant.currency !== cartCurrency)
    return { reason: "currency_mismatch", cartCurrency, variantCurrency: variant.currency };
  if (quantity > MAX_QUANTITY) return { reason: "quantity_out_of_range", maximum: MAX_QUANTITY };
  return undefined;
}

/** The variants that are meant, in the order of the lines. Ids cost one round trip together, SKUs one each, at once. */
async function goodsOf(ports: CheckoutPorts, terms: OpeningTerms, wished: readonly FirstLine[]) {
  const asked = await pricesOf(ports, { ...terms, lines: [], codes: [] });
  const byId = wished.flatMap(({ what }) => ("variantId" in what ? [what.variantId] : []));
  const skus = [...new Set(wished.flatMap(({ what }) => ("sku" in what ? [what.sku] : [])))];
  const beside = { ...asked, variantIds: [...new Set(byId)] };
  const named = new Map(
    await Promise.all(skus.map(async (sku) => [sku, await ports.prices.variantOfSku(sku, beside)] as const)),
  );
  const ids = [...named.values()].flatMap((variant) => (variant ? [variant.variantId] : []));
  // What a single SKU has just read is not read again.
  const truth = await ports.prices.read({ ...beside, variantIds: [...new Set([...byId, ...ids])] });
  const variants = wished.map(({ what }) => {
    const id = "variantId" in what ? what.variantId : named.get(what.sku)?.variantId;
    return truth.variants.find((variant) => variant.variantId === id);
  });
  return { variants, prices: truth.terms };
}
