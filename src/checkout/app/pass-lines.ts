import { ok, refuse, type CartId, type OrderId, type Result } from "#kernel";
import type { LinePosition } from "#admission";
import type { CallContext } from "#platform";
import type { BasketLine } from "./price-basket.ts";
import type { CheckoutPorts } from "./ports.ts";

/** Why an order may not go on to the counter yet. Nothing was held or charged. */
export type LineOpenRefusal =
  | {
      readonly code: "line_open";
      readonly sku: string;
      readonly title: string;
      readonly position: Extract<LinePosition, { readonly kind: "waiting" }>;
    }
  | {
      readonly code: "customer_limit";
      readonly sku: string;
      readonly title: string;
      readonly limit: number;
      readonly ordered: number;
    };

/** A SKU of the basket with a line in front of it, and the units that are wanted of it. */
export type LinedUp = { readonly sku: string; readonly title: string; readonly quantity: number };

/** The SKUs of a basket whose line is open; usually none, which costs nothing. */
export function linesInFront(lines: readonly BasketLine[], now: number): readonly LinedUp[] {
  const found = new Map<string, LinedUp>();
  for (const { variant, quantity, isCounted } of lines) {
    if (!isCounted || variant?.lineOpenUntil === undefined || variant.lineOpenUntil <= now) continue;
    // Nobody stands in line for nothing: without units the stock object says so at once.
    if (variant.availability === "sold_out") continue;
    const before = found.get(variant.sku)?.quantity ?? 0;
    found.set(variant.sku, { sku: variant.sku, title: variant.productTitle, quantity: before + quantity });
  }
  return [...found.values()];
}

/** Uses the shopper's turn in each line, in canonical order; the first line that is not passed yet ends it. */
export async function passLines(
  ports: CheckoutPorts,
  request: {
    readonly cartId: CartId;
    readonly orderId: OrderId;
    readonly email: string;
    readonly lines: readonly BasketLine[];
  },
  call: CallContext,
): Promise<Result<true, LineOpenRefusal>> {
  const { cartId, orderId } = request;
  const inFront = [...linesInFront(request.lines, ports.now())].sort((a, b) => (a.sku < b.sku ? -1 : 1));
  for (const { sku, title, quantity } of inFront) {
    const passed = await ports.gates
      .getByName(sku)
      .pass({ cartId, orderId, customer: request.email.toLowerCase(), quantity }, call);
    if (passed.ok) continue;
    if (passed.refusal.code === "customer_limit") return refuse({ ...passed.refusal, sku, title });
    const { position } = passed.refusal;
    if (position.kind === "waiting") return refuse({ code: "line_open", sku, title, position });
  }
  return ok(true);
}
