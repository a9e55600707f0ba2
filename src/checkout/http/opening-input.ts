import type * as z from "zod";
import { ok, refuse, type Result } from "#kernel";
import type { IdempotencyTag } from "#cart";
import type { WhatToAdd } from "../app/cart-use-cases.ts";
import { openingTerms, type MarketRefusal } from "../app/enter-market.ts";
import type { FirstLine, OpenCartInput } from "../app/open-cart.ts";
import type { CheckoutPorts } from "../app/ports.ts";
import { clientAddress } from "./request-parts.ts";
import type { addLineBody, openCartBody } from "./schemas.ts";
import type { Visit } from "./visit.ts";

type Line = z.output<typeof addLineBody>;

const whatOf = ({ variantId, sku }: Line): WhatToAdd =>
  variantId === undefined ? { sku: sku ?? "" } : { variantId };

/** What a line's sender means. */
export const toFirstLine = (line: Line): FirstLine => ({ what: whatOf(line), quantity: line.quantity });

/** What a new cart is opened with; a country that is named goes before the market's. Refuses `market_unknown`. */
export async function readOpening(
  { c, ports }: Visit,
  { market, currency, country, lines }: z.output<typeof openCartBody>,
  tag: IdempotencyTag | undefined,
): Promise<Result<OpenCartInput, Extract<MarketRefusal, { code: "market_unknown" }>>> {
  const terms = await marketTerms(ports, market);
  if (!terms) return refuse({ code: "market_unknown" });
  return ok({
    ...(currency === undefined ? {} : { currency }),
    ...terms,
    ...(country === undefined ? {} : { country: country.toUpperCase() }),
    ...(lines ? { lines: lines.map(toFirstLine) } : {}),
    ...(tag ? { keyed: { client: clientAddress(c), ...tag } } : {}),
  });
}

/** What a market gives a new cart; `undefined` for one that there is not. */
async function marketTerms(ports: CheckoutPorts, marketId: string | undefined) {
  if (marketId === undefined) return {};
  const market = (await ports.markets()).find((one) => one.marketId === marketId);
  return market && openingTerms(market, ports.shop.country);
}
