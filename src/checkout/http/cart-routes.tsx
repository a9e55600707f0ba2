import { Hono, type Context } from "hono";
import { refuse, type CartId, type Result } from "#kernel";
import type { Recommended } from "#search";
import { MAX_TYPED_CHARACTERS } from "#vouchers";
import { MAX_QUANTITY, type CartView } from "#cart";
import {
  answerProblem,
  htmlPage,
  readForm,
  speechOf,
  type FormFields,
  type Speech,
  type SummaryError,
  type WebEnv,
} from "#web";
import {
  addToCart,
  changeLine,
  findVariant,
  settleCart,
  type PricedCart,
  type ShoppingRefusal,
  type WhatToAdd,
} from "../app/cart-use-cases.ts";
import { enterCode, removeCode, type CodeRefusal } from "../app/cart-codes.ts";
import { customerCookieOf, forgetCustomer } from "#customers";
import { openCart, type OpeningRefusal } from "../app/open-cart.ts";
import { enterMarket, openingTerms } from "../app/enter-market.ts";
import { openCheckout } from "../app/checkout-use-cases.ts";
import type { CheckoutPorts } from "../app/ports.ts";
import { CartPage, quantityFieldOf, type CartPageProps, type RemovedItem } from "../pages/cart-page.tsx";
import { CODE_FIELD } from "../pages/cart-codes.tsx";
import { codeSentence } from "../pages/words.ts";
import { standInCart } from "./cart-place.ts";
import { callOf } from "./call-context.ts";
import { cartOf, forgetCart, keepCart } from "./cart-cookies.ts";
import type { Visit } from "./visit.ts";
import { grantOrderAccess } from "./order-cookies.ts";

/** The cart's page after its market changed: it says so. */
const MOVED_CART = "/cart?market=changed";
/** Suggestions beside the goods: enough to find one, too few to lose the way. */
const CARDS_IN_CART = 3;
const rangeSentence = ({ say }: Speech): string => say("cart.range", { maximum: MAX_QUANTITY });

/** `/cart` and what its forms send; every one works without script. */
export function createCartPages(portsOf: (c: Context) => CheckoutPorts) {
  const app = new Hono<WebEnv>();

  app.get("/cart", async (c) => {
    const ports = portsOf(c);
    const removed = await readRemoved(c, ports);
    const isMoved = c.req.query("market") === "changed";
    return showCart({ c, ports }, { isMoved, ...(removed ? { removed } : {}) });
  });

  app.post("/cart/lines", async (c) => {
    const ports = portsOf(c);
    const form = await readForm(c);
    if (!form.ok) return answerProblem(c, form.refusal.problem);
    const quantity = readQuantity(form.value["quantity"] ?? "1", 1);
    if (quantity === undefined) return showCart({ c, ports }, { notice: rangeSentence(speechOf(c)) }, 422);
    const { variantId, sku, market } = form.value;
    const isMoved = await followMarket({ c, ports }, market);
    const added = await addForVisitor(
      { c, ports },
      { what: variantId === undefined ? { sku: sku ?? "" } : { variantId }, quantity, market },
    );
    if (!added.ok)
      return showCart({ c, ports }, { notice: refusalSentence(speechOf(c), added.refusal) }, 422);
    keepCart(c, added.value);
    return c.redirect(isMoved ? MOVED_CART : "/cart", 303);
  });

  app.post("/cart", async (c) => {
    const ports = portsOf(c);
    const form = await readForm(c);
    if (!form.ok) return answerProblem(c, form.refusal.problem);
    const cartId = cartOf(c);
    if (!cartId) return c.redirect("/cart", 303);
    const { remove } = form.value;
    return remove === undefined
      ? updateLines({ c, ports }, cartId, form.value)
      : removeLine({ c, ports }, cartId, remove);
  });

  addMarketForm(app, portsOf);
  addCodeForms(app, portsOf);

  app.post("/checkout", async (c) => {
    const ports = portsOf(c);
    const cartId = cartOf(c);
    if (!cartId) return c.redirect("/cart", 303);
    const opened = await openCheckout(ports, { cartId }, callOf(c));
    if (opened.ok) return c.redirect(`/checkout/${opened.value.checkoutId}`, 303);
    if (opened.refusal.code === "checkout_closed" && opened.refusal.orderId !== undefined) {
      // An order is being paid for: it is theirs, and one place shows how it stands.
      const { orderId } = opened.refusal;
      grantOrderAccess(c, orderId, await ports.names.orderAccessKey(orderId));
      return c.redirect(`/orders/${orderId}`, 303);
    }
    return c.redirect("/cart", 303);
  });

  return app;
}

function addMarketForm(app: Hono<WebEnv>, portsOf: (c: Context) => CheckoutPorts): void {
  app.post("/cart/market", async (c) => {
    const ports = portsOf(c);
    const form = await readForm(c);
    if (!form.ok) return answerProblem(c, form.refusal.problem);
    const isMoved = await followMarket({ c, ports }, form.value["market"]);
    return c.redirect(isMoved ? MOVED_CART : "/cart", 303);
  });
}

function addCodeForms(app: Hono<WebEnv>, portsOf: (c: Context) => CheckoutPorts): void {
  app.post("/cart/codes", async (c) => {
    const ports = portsOf(c);
    const form = await readForm(c);
    if (!form.ok) return answerProblem(c, form.refusal.problem);
    const cartId = cartOf(c);
    if (!cartId) return c.redirect("/cart", 303);
    const typedCode = (form.value[CODE_FIELD] ?? "").slice(0, MAX_TYPED_CHARACTERS);
    const entered =
      typedCode.trim() === ""
        ? refuse({ code: "code_refused" as const, reason: { code: "unknown" as const } })
        : await enterCode(ports, { cartId, text: typedCode }, callOf(c));
    if (entered.ok) return c.redirect("/cart", 303);
    const message = codeRefusalSentence(speechOf(c), entered.refusal, ports.shop.currency);
    return showCart({ c, ports }, { errors: [{ field: CODE_FIELD, message }], typedCode }, 422);
  });

  app.post("/cart/codes/remove", async (c) => {
    const form = await readForm(c);
    if (!form.ok) return answerProblem(c, form.refusal.problem);
    const cartId = cartOf(c);
    if (cartId) await removeCode(portsOf(c), { cartId, code: form.value["voucherId"] ?? "" }, callOf(c));
    return c.redirect("/cart", 303);
  });
}

function codeRefusalSentence(speech: Speech, refusal: CodeRefusal, currency: string): string {
  if (refusal.code === "too_many_codes") return speech.say("code.too_many", { maximum: refusal.maximum });
  const status = refusal.code === "code_refused" ? refusal.reason : { code: "unknown" as const };
  return codeSentence(speech, status, currency) ?? speech.say("code.cannot");
}

/** Moves the visitor's cart to the market of the page that sent the form; tells whether its prices are others now. */
async function followMarket({ c, ports }: Visit, marketId: string | undefined): Promise<boolean> {
  const cartId = cartOf(c);
  if (!cartId || marketId === undefined) return false;
  const before = await ports.carts.getByName(cartId).view();
  const isHome = before.ok && before.value.marketId === undefined;
  const home = isHome ? (await ports.markets()).find((one) => one.isDefault)?.marketId : undefined;
  if (!before.ok || (before.value.marketId ?? home) === marketId) return false;
  const moved = await enterMarket(ports, { cartId, marketId }, callOf(c));
  return moved.ok && before.value.lines.length > 0;
}

async function showCart(
  { c, ports }: Visit,
  props: Omit<CartPageProps, "priced">,
  status: 200 | 422 = 200,
): Promise<Response> {
  const [priced, markets] = await Promise.all([readVisitorsCart(c, ports), ports.markets()]);
  if (priced) keepCart(c, priced.cart);
  const market = standInCart(c, markets, priced?.cart.marketId);
  const view = { ...props, markets, suggested: await suggestFor(ports, priced) };
  return htmlPage(
    c,
    <CartPage {...view} {...(priced ? { priced } : {})} {...(market ? { market } : {})} />,
    status,
  );
}

/** What goes with the goods in the cart; the cart does without when that cannot be told. */
async function suggestFor(
  { recommender }: CheckoutPorts,
  priced: PricedCart | undefined,
): Promise<readonly Recommended[]> {
  const productIds =
    priced?.basket.lines.flatMap(({ variant }) => (variant ? [variant.productId] : [])) ?? [];
  if (!recommender || productIds.length === 0) return [];
  return recommender.goesWith([...new Set(productIds)], CARDS_IN_CART).catch(() => []);
}

async function readVisitorsCart(c: Context, ports: CheckoutPorts): Promise<PricedCart | undefined> {
  const cartId = cartOf(c);
  if (!cartId) return undefined;
  const priced = await settleCart(ports, cartId, callOf(c));
  if (priced.ok) return priced.value;
  forgetCart(c);
  return undefined;
}

/** Adds to the visitor's cart, opening one when there is none or the old one is gone. */
async function addForVisitor(
  { c, ports }: Visit,
  {
    what,
    quantity,
    market,
  }: { readonly what: WhatToAdd; readonly quantity: number; readonly market: string | undefined },
): Promise<Result<CartView, OpeningRefusal | ShoppingRefusal>> {
  const known = cartOf(c);
  const added = known ? await addToCart(ports, { cartId: known, what, quantity }, callOf(c)) : undefined;
  if (added && (added.ok || added.refusal.code !== "cart_unknown")) return added;
  const chosen = (await ports.markets()).find((one) => one.marketId === market);
  const terms = {
    ...(chosen ? openingTerms(chosen, ports.shop.country) : {}),
    ...(await buyerOf({ c, ports })),
  };
  return openCart(ports, { ...terms, lines: [{ what, quantity }] }, callOf(c));
}

/** Who a new cart is opened for, when this browser belongs to somebody whom staff know. */
async function buyerOf({ c, ports }: Visit): Promise<{ readonly customerId?: string }> {
  const claim = customerCookieOf(c);
  if (!claim) return {};
  const known = await ports.customers.recognise(claim.customerId, claim.key);
  if (known) return { customerId: known.customerId };
  forgetCustomer(c);
  return {};
}

async function updateLines({ c, ports }: Visit, cartId: CartId, form: FormFields): Promise<Response> {
  const cart = await ports.carts.getByName(cartId).view();
  if (!cart.ok) return c.redirect("/cart", 303);
  const typed: Record<string, string> = {};
  const errors: SummaryError[] = [];
  const wanted: { readonly lineId: string; readonly quantity: number }[] = [];
  for (const line of cart.value.lines) {
    const text = form[quantityFieldOf(line.lineId)];
    if (text === undefined) continue;
    typed[line.lineId] = text;
    const quantity = readQuantity(text, 0);
    if (quantity === undefined)
      errors.push({ field: quantityFieldOf(line.lineId), message: rangeSentence(speechOf(c)) });
    else if (quantity !== line.quantity) wanted.push({ lineId: line.lineId, quantity });
  }
  if (errors.length > 0) return showCart({ c, ports }, { errors, typed }, 422);
  const [only] = wanted;
  if (wanted.length === 1 && only?.quantity === 0) return removeLine({ c, ports }, cartId, only.lineId);
  for (const change of wanted) await changeLine(ports, { cartId, ...change }, callOf(c));
  return answerCart({ c, ports }, cartId);
}

async function removeLine({ c, ports }: Visit, cartId: CartId, lineId: string): Promise<Response> {
  const before = await ports.carts.getByName(cartId).view();
  const line = before.ok ? before.value.lines.find((row) => row.lineId === lineId) : undefined;
  if (!line) return c.redirect("/cart", 303);
  await changeLine(ports, { cartId, lineId, quantity: 0 }, callOf(c));
  const undo = new URLSearchParams({ removed: line.variantId, quantity: String(line.quantity) });
  return answerCart({ c, ports }, cartId, `/cart?${undo.toString()}`);
}

async function answerCart({ c, ports }: Visit, cartId: CartId, location = "/cart"): Promise<Response> {
  const cart = await ports.carts.getByName(cartId).view();
  if (cart.ok) keepCart(c, cart.value);
  return c.redirect(location, 303);
}

/** What the last answer took out, as its address says; only what the catalogue knows can be put back. */
async function readRemoved(c: Context, ports: CheckoutPorts): Promise<RemovedItem | undefined> {
  const variantId = c.req.query("removed");
  const quantity = readQuantity(c.req.query("quantity") ?? "", 1);
  if (variantId === undefined || quantity === undefined) return undefined;
  const variant = await findVariant(ports, { variantId });
  const title = variant && [variant.productTitle, variant.variantTitle].filter(Boolean).join(", ");
  return title === undefined ? undefined : { variantId, title, quantity };
}

function readQuantity(text: string, minimum: number): number | undefined {
  if (!/^\d{1,4}$/.test(text.trim())) return undefined;
  const quantity = Number(text);
  return quantity >= minimum && quantity <= MAX_QUANTITY ? quantity : undefined;
}

function refusalSentence({ say }: Speech, refusal: OpeningRefusal | ShoppingRefusal): string {
  switch (refusal.code) {
    case "lines_refused":
      return refusal.mistakes.some(({ reason }) => reason === "currency_mismatch")
        ? say("cart.other_currency")
        : say("cart.not_now");
    case "quantity_out_of_range":
      return say("cart.line_full", { maximum: refusal.maximum });
    case "too_many_lines":
      return say("cart.full", { maximum: refusal.maximum });
    case "currency_mismatch":
      return say("cart.other_currency");
    default:
      return say("cart.not_now");
  }
}
