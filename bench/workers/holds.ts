import { epochMs, mintId } from "#kernel";
import type { StockRpc } from "#inventory";
import { newTraceparent, objectNamespace } from "#platform";

type Env = { readonly STOCK: { getByName(name: string): unknown } };

/** Longer than any measurement, so that no hold expires while others are taken. */
const HOLD_SECONDS = 3_600;

// Reaches what no public route offers: one hold on one SKU, for a new order each time.
export default {
  async fetch(request: Request, env: Env): Promise<Response> {
    const sku = new URL(request.url).searchParams.get("sku") ?? "";
    const stock = objectNamespace<StockRpc>(env.STOCK).getByName(sku);
    const orderId = mintId("ord", epochMs(Date.now()));
    const held = await stock.hold(
      { orderId, part: 0, quantity: 1, ttlSeconds: HOLD_SECONDS },
      { traceparent: newTraceparent(), actor: "system:bench" },
    );
    return Response.json(held, { status: held.ok ? 200 : 409 });
  },
};
