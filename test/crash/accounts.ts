import type { OrderBody } from "./oracle.ts";
import type { Attempt } from "./shoppers.ts";

/** States in which the buyer owns the goods, or will not pay. Any other is on its way to one of them. */
export const SOLD: ReadonlySet<string> = new Set([
  "confirmed",
  "fulfilling",
  "shipped",
  "delivered",
  "closed",
]);

/** What became of one attempt: a class to count, or a fault that nothing explains. */
export type Account = { readonly className: string } | { readonly fault: string };

/** How the bank of the shoppers' cards says no. */
const BANK_SAID_NO: ReadonlySet<string> = new Set(["declined", "insufficient_funds"]);

/**
 * Why an order of a refused buyer may have been called off, by the end of the refusal's type: exactly these, so that an
 * order that ends for another reason than its buyer was told is seen.
 */
const CAUSES: readonly { readonly type: string; readonly causes: ReadonlySet<string> }[] = [
  { type: "/payment-declined", causes: BANK_SAID_NO },
  { type: "/out-of-stock", causes: new Set(["out_of_stock"]) },
  // The bank or a stock object did not answer in time; nothing was charged.
  { type: "/payment-unavailable", causes: new Set(["payment_unavailable", "stock_unavailable"]) },
];

/**
 * Accounts for one attempt exactly. An acknowledged order is sold, with one exception: a buyer who was told "your payment
 * is being checked" (the bank's answer was lost) and whose bank then turns out to have said no. That buyer owes nothing,
 * holds nothing and has been told so by mail, so nothing is lost.
 */
export function accountFor({ outcome, token, key }: Attempt, order: OrderBody | undefined): Account {
  if (!outcome) return { fault: `key ${key} was never answered for good` };
  const isSold = order !== undefined && SOLD.has(order.status);
  if (outcome.kind === "refused") return refused(outcome.type, { token, order, isSold });
  const { orderId, status } = outcome.placed;
  if (order?.id !== orderId) return { fault: `acknowledged order ${orderId} is lost` };
  const saysNo = token === "tok_decline";
  if (isSold)
    return saysNo
      ? { fault: `${orderId} is sold although the bank said no` }
      : { className: status === "payment_unknown" ? "soldAfterCheck" : "soldAtOnce" };
  const cause = order.cancelReason ?? "no reason";
  const isExplained =
    order.status === "cancelled" && saysNo && status === "payment_unknown" && BANK_SAID_NO.has(cause);
  return isExplained
    ? { className: "declinedAfterCheck" }
    : { fault: `acknowledged order ${orderId} (told ${status}) is ${order.status}: ${cause}` };
}

type Refused = { readonly token: string; readonly order: OrderBody | undefined; readonly isSold: boolean };

function refused(type: string, { token, order, isSold }: Refused): Account {
  const end = type.slice(type.lastIndexOf("/"));
  const className = `refused${end.replaceAll(/[/-](\w)/g, (_, letter: string) => letter.toUpperCase())}`;
  if (end === "/payment-declined" && token !== "tok_decline")
    return { fault: `${order?.id ?? "a buyer"} was refused as declined although the bank said yes` };
  // Turned away before anything was made.
  if (!order) return { className: `${className}UnmadeOrder` };
  if (isSold) return { fault: `${order.id} was refused (${type}) and is sold` };
  const cause = order.cancelReason ?? "no reason";
  const isExplained =
    order.status === "cancelled" && CAUSES.some((known) => end === known.type && known.causes.has(cause));
  return isExplained
    ? { className }
    : { fault: `${order.id} was refused (${type}) and is ${order.status}: ${cause}` };
}

/** How many attempts ended in each class; what nothing explains is counted as `unexplained`. */
export function countClasses(accounts: readonly Account[]): Readonly<Record<string, number>> {
  const counts: Record<string, number> = { unexplained: 0 };
  for (const account of accounts) {
    const name = "className" in account ? account.className : "unexplained";
    counts[name] = (counts[name] ?? 0) + 1;
  }
  return counts;
}
