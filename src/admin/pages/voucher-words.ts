import {
  availableMinor,
  usesLeft,
  type VoucherKind,
  type VoucherMovementKind,
  type VoucherView,
} from "#vouchers";
import { formatMinor } from "#web";

export const VOUCHER_KINDS = [
  "coupon",
  "gift_card",
  "store_credit",
] as const satisfies readonly VoucherKind[];

export const KIND_WORDS: Readonly<Record<VoucherKind, { readonly one: string; readonly many: string }>> = {
  coupon: { one: "Coupon", many: "Coupons" },
  gift_card: { one: "Gift card", many: "Gift cards" },
  store_credit: { one: "Store credit", many: "Store credit" },
};

export const VOUCHER_MOVEMENT_WORDS: Readonly<Record<VoucherMovementKind, string>> = {
  issued: "Issued",
  edited: "Terms changed",
  topped_up: "Put on",
  adjusted: "Taken off",
  held: "Held by an order",
  released: "Freed by an order",
  committed: "Used by an order",
  returned: "Back from an order",
  given_back: "Refunded",
};

/** What staff call a voucher. */
export function nameOf({ terms }: VoucherView): string {
  switch (terms.kind) {
    case "coupon":
      return terms.code;
    case "gift_card":
      return `ending ${terms.hint}`;
    case "store_credit":
      return terms.customer;
  }
}

/** What it gives, or what is left on it. */
export function worthOf(view: VoucherView): string {
  const { terms } = view;
  if (terms.kind !== "coupon") return formatMinor(availableMinor(view), terms.currency);
  switch (terms.benefit.kind) {
    case "percent":
      return `${terms.benefit.ppm / 10_000} %`;
    case "fixed":
      return formatMinor(terms.benefit.amountMinor, terms.currencies[0] ?? "EUR");
    case "free_delivery":
      return "Free delivery";
  }
}

/** How often it was used, and of how many. */
export function usesOf(view: VoucherView): string {
  const { terms } = view;
  if (terms.kind !== "coupon")
    return view.held === 0 ? "–" : `${formatMinor(view.held, terms.currency)} held`;
  const limit = terms.maxUses === undefined ? "" : ` of ${terms.maxUses}`;
  return `${view.usedCount}${limit}${view.held === 0 ? "" : `, ${view.held} held`}`;
}

type State = { readonly word: string; readonly tone: "good" | "wait" | "bad" | "quiet" };

/** Whether it can be used now. */
export function stateOf(view: VoucherView, nowMs: number): State {
  const { terms } = view;
  if (terms.isDisabled) return { word: "Disabled", tone: "bad" };
  if (terms.validUntil !== undefined && nowMs >= terms.validUntil) return { word: "Ended", tone: "quiet" };
  if (terms.kind === "coupon") {
    if (terms.validFrom !== undefined && nowMs < terms.validFrom) return { word: "Not yet", tone: "wait" };
    return usesLeft(view) === 0 ? { word: "Used up", tone: "quiet" } : { word: "Active", tone: "good" };
  }
  return availableMinor(view) === 0 ? { word: "Empty", tone: "quiet" } : { word: "Active", tone: "good" };
}
