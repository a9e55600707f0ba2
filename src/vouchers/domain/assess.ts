import type { EpochMs } from "#kernel";
import type { CouponBenefit, CouponTerms, VoucherTerms, VoucherView } from "../contract.ts";
import { cleanCustomer } from "./codes.ts";
import { availableMinor, checkValidity, usesLeft } from "./voucher.ts";

/** How a code stands with a basket, as far as a copy of the voucher can tell; the object decides when the order is placed. */
export type CodeStatus =
  | { readonly code: "applied" }
  | { readonly code: "unknown" }
  | { readonly code: "expired" }
  | { readonly code: "not_yet_valid"; readonly validFrom: EpochMs }
  | { readonly code: "minimum_not_reached"; readonly minimumMinor: number; readonly missingMinor: number }
  | { readonly code: "not_for_these_goods" }
  | { readonly code: "not_for_this_country" }
  | { readonly code: "wrong_currency" }
  | { readonly code: "used_up" }
  /** A card or credit with no money left. */
  | { readonly code: "empty" }
  | { readonly code: "not_combinable" }
  /** A credit of somebody else. */
  | { readonly code: "not_yours" };

export type BasketLineFacts = {
  readonly lineId: string;
  readonly productHandle: string;
  /** Before discounts. */
  readonly totalMinor: number;
};

export type BasketFacts = {
  readonly currency: string;
  /** ISO 3166-1 alpha-2 of the delivery. */
  readonly country: string;
  /** Absent until the buyer has given an address. */
  readonly email?: string;
  readonly lines: readonly BasketLineFacts[];
  /** Which collections the products are in, by handle. */
  readonly collections: readonly { readonly productHandle: string; readonly collectionHandle: string }[];
  readonly now: EpochMs;
};

export type AssessedCode = {
  readonly voucherId: string;
  readonly label: string;
  readonly status: CodeStatus;
};

export type Assessment = {
  /** In the order in which they were entered. */
  readonly codes: readonly AssessedCode[];
  /** Coupons that apply, with the lines that count. */
  readonly reductions: readonly {
    readonly voucherId: string;
    readonly label: string;
    readonly benefit: CouponBenefit;
    readonly lineIds: readonly string[];
  }[];
  readonly funds: readonly {
    readonly voucherId: string;
    readonly kind: "gift_card" | "store_credit";
    readonly label: string;
    readonly availableMinor: number;
  }[];
};

/** What a buyer reads for a voucher; a card's code is never among it. */
export function labelOf(terms: VoucherTerms): string {
  switch (terms.kind) {
    case "coupon":
      return terms.benefit.kind === "free_delivery" ? `${terms.code}, free delivery` : terms.code;
    case "gift_card":
      return `Gift card ending ${terms.hint}`;
    case "store_credit":
      return `Store credit ending ${terms.hint}`;
  }
}

/**
 * Says of each entered code whether it applies to this basket, and what follows for the price. Of coupons that cannot
 * be combined the first one entered counts. A disabled card looks like an unknown one.
 */
export function assessCodes(
  entered: readonly { readonly voucherId: string; readonly label: string }[],
  views: readonly VoucherView[],
  facts: BasketFacts,
): Assessment {
  const codes: AssessedCode[] = [];
  const reductions: Assessment["reductions"][number][] = [];
  const funds: Assessment["funds"][number][] = [];
  const applied: CouponTerms[] = [];
  for (const { voucherId, label } of entered) {
    const view = views.find((row) => row.voucherId === voucherId);
    if (!view) {
      codes.push({ voucherId, label, status: { code: "unknown" } });
      continue;
    }
    const { terms } = view;
    const status = statusOf(view, facts, applied);
    codes.push({ voucherId, label: labelOf(terms), status });
    if (status.code !== "applied") continue;
    if (terms.kind === "coupon") {
      applied.push(terms);
      const lineIds = countedLines(terms, facts).map((line) => line.lineId);
      reductions.push({ voucherId, label: labelOf(terms), benefit: terms.benefit, lineIds });
    } else {
      funds.push({
        voucherId,
        kind: terms.kind,
        label: labelOf(terms),
        availableMinor: availableMinor(view),
      });
    }
  }
  return { codes, reductions, funds };
}

function statusOf(view: VoucherView, facts: BasketFacts, applied: readonly CouponTerms[]): CodeStatus {
  const { terms } = view;
  const obstacle = checkValidity(terms, facts.now);
  switch (obstacle?.code) {
    case "disabled":
      return { code: terms.kind === "coupon" ? "expired" : "unknown" };
    case "expired":
      return { code: "expired" };
    case "not_yet_valid":
      return obstacle;
    default:
      break;
  }
  if (terms.kind === "coupon") return couponStatus(view, terms, { facts, applied });
  if (terms.currency !== facts.currency) return { code: "wrong_currency" };
  const isOthers = terms.kind === "store_credit" && facts.email !== undefined;
  if (isOthers && cleanCustomer(facts.email) !== terms.customer) return { code: "not_yours" };
  return availableMinor(view) === 0 ? { code: "empty" } : { code: "applied" };
}

function couponStatus(
  view: VoucherView,
  terms: CouponTerms,
  { facts, applied }: { readonly facts: BasketFacts; readonly applied: readonly CouponTerms[] },
): CodeStatus {
  if (usesLeft(view) === 0) return { code: "used_up" };
  if (terms.currencies.length > 0 && !terms.currencies.includes(facts.currency))
    return { code: "wrong_currency" };
  if (terms.countries.length > 0 && !terms.countries.includes(facts.country))
    return { code: "not_for_this_country" };
  const isAlone = terms.isCombinable && applied.every((other) => other.isCombinable);
  if (applied.length > 0 && !isAlone) return { code: "not_combinable" };
  const counted = countedLines(terms, facts);
  if (counted.length === 0 && facts.lines.length > 0) return { code: "not_for_these_goods" };
  const { minimumMinor } = terms;
  const missingMinor = (minimumMinor ?? 0) - counted.reduce((sum, line) => sum + line.totalMinor, 0);
  return minimumMinor !== undefined && missingMinor > 0
    ? { code: "minimum_not_reached", minimumMinor, missingMinor }
    : { code: "applied" };
}

function countedLines(terms: CouponTerms, facts: BasketFacts): readonly BasketLineFacts[] {
  const { productHandles, collectionHandles } = terms;
  if (productHandles.length === 0 && collectionHandles.length === 0) return facts.lines;
  const inCollections = new Set(
    facts.collections
      .filter((row) => collectionHandles.includes(row.collectionHandle))
      .map((row) => row.productHandle),
  );
  return facts.lines.filter(
    (line) => productHandles.includes(line.productHandle) || inCollections.has(line.productHandle),
  );
}
