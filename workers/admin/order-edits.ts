import type { Context } from "hono";
import { repriceOrder, repriceRequest, type RepriceRefusal } from "#checkout";
import { refuse } from "#kernel";
import { siteOrigin } from "../../src/checkout/http/request-parts.ts";
import type { EditOptions } from "../../src/orders/http/edit-routes.ts";
import { cardProviderOf, envOf, staffDraftPorts } from "./compose.ts";

type Options = Pick<EditOptions, "reprice" | "payment">;

/** Prices an edit that comes over the API, as the pages do it. */
const reprice: Options["reprice"] = async (c, draft, changes) => {
  const drafting = staffDraftPorts(c);
  const truth = await drafting.prices.read(repriceRequest(draft, changes, drafting.shop));
  const priced = repriceOrder(draft, changes, { truth, now: drafting.wallClock(drafting.now()) });
  return priced.ok ? priced : refuse({ code: "mistake", ...mistakeOf(priced.refusal) });
};

function mistakeOf(refusal: RepriceRefusal) {
  switch (refusal.code) {
    case "line_unknown":
      return { pointer: "/quantities", detail: `The order has no line ${refusal.lineId}.` };
    case "variant_unknown":
      return { pointer: "/added", detail: `No variant ${refusal.variantId} is sold.` };
    case "delivery_unavailable":
      return { pointer: "/address/country", detail: `Nothing is delivered to ${refusal.country} this way.` };
    case "order_empty":
      return { pointer: "/quantities", detail: "An order keeps at least one line; cancel it instead." };
  }
}

/** The buyer pays a difference on the provider's page, or by bank transfer. */
const payment: Options["payment"] = (c: Context, { kind, orderId }) => {
  if (kind === "bank_transfer")
    return { provider: "bank_transfer", choice: { kind: "manual", method: "bank_transfer" } };
  const back = `${siteOrigin(c, envOf(c).SHOP_ORIGIN)}/orders/${orderId}/return`;
  return {
    provider: cardProviderOf(envOf(c)),
    choice: { kind: "redirect", returnUrl: back, cancelUrl: back },
  };
};

export const orderEdits: Options = { reprice, payment };
