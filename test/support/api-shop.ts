import { env } from "cloudflare:workers";
import { checkoutApp, jsonCaller } from "./checkout-app.ts";
import { FakePrices, heron, HERON_ID } from "./fake-prices.ts";

/** A shop of two goods behind its API. Stock objects outlive a test, so each shop sells goods of its own. */
export function openApiShop() {
  const name = crypto.randomUUID();
  const sku = `HERON-${name}`;
  let keys = 0;
  const prices = new FakePrices();
  prices.variants = [heron({ sku }), ...prices.variants.slice(1)];
  const call = jsonCaller(checkoutApp(prices).app);
  return {
    prices,
    /** Of the goods whose variant is `HERON_ID`. */
    sku,
    call,
    /** The header of an idempotency key, a fresh one unless it is named. */
    key: (text?: string): { readonly "idempotency-key": string } => ({
      "idempotency-key": text ?? `${name}-${(keys += 1)}`,
    }),
    stock: (units: number) =>
      env.STOCK.getByName(sku).adjust(
        { adjustmentId: `adj-${sku}`, kind: "received", quantity: units, reason: "test" },
        { traceparent: "", actor: "test" },
      ),
    /** The id of a cart with so many of them. */
    cartWith: async (quantity = 1): Promise<string> => {
      const body = { lines: [{ variantId: HERON_ID, quantity }] };
      return (await call("POST", "/api/carts", { body })).json.id as string;
    },
  };
}

export type ApiShop = ReturnType<typeof openApiShop>;
