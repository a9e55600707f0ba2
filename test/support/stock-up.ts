import { DEMO_SECRETS } from "../../scripts/lib/demo-secrets.ts";
import type { RunningShop } from "../../scripts/lib/shop.ts";
import type { Witnesses } from "../crash/oracle.ts";
import { expectOk, until } from "./shop-client.ts";

/** Milliseconds until the catalogue has heard of new units. */
const CATALOGUE_MS = 20_000;

type Product = { readonly variants: readonly { readonly sku: string; readonly availability: string }[] };

/** Where a running shop and its payment provider are asked what happened. */
export const witnessesOf = ({ url, paymentUrl, adminToken }: RunningShop): Witnesses => ({
  origin: url,
  paymentOrigin: paymentUrl,
  adminToken,
  paymentKey: DEMO_SECRETS.PAYMENT_SANDBOX_KEY,
});

/** Sets the units of a SKU of the demo product "heron" and waits until the catalogue sells it. */
export async function stockUp({ origin, adminToken }: Witnesses, sku: string, units: number): Promise<void> {
  await expectOk(origin, {
    method: "POST",
    path: `/admin/api/stock/${sku}/adjustments`,
    json: { kind: "counted", quantity: units, reason: "before the test" },
    headers: { authorization: `Bearer ${adminToken}` },
  });
  const availability = await until(
    async () => {
      const { variants } = await expectOk<Product>(origin, { path: "/api/products/heron" });
      return variants.find((variant) => variant.sku === sku)?.availability;
    },
    (word) => word === "in_stock" || word === "low_stock",
    CATALOGUE_MS,
  );
  if (availability !== "in_stock" && availability !== "low_stock")
    throw new Error(`The catalogue still says that ${sku} is ${availability ?? "unknown"}.`);
}
