/** The promise that a break shows to be broken (the numbers of the README's table). */
export type PromiseNumber = "P1" | "P2" | "P3" | "P4" | "P5" | "P6";

/** What may be done about a break. Each is idempotent; `accept` only notes that a person knows. */
export type RepairAction =
  /** Writes the copy in D1 anew from its object. */
  | "reproject"
  /** Makes the order ask its provider and go on with what it has to do. */
  | "settle"
  /** Sets an object's alarm anew, so that it sends and does what is due. */
  | "nudge"
  /** Asks the order, then frees or commits the units of a hold. */
  | "release"
  /** Takes the units of a sold order off the shelf again. */
  | "recommit"
  /** Tells the order again how far its parcel came. */
  | "rescan";
export const REPAIR_ACTIONS: readonly RepairAction[] = [
  "reproject",
  "settle",
  "nudge",
  "release",
  "recommit",
  "rescan",
];

export type AggregateKind = "order" | "stock" | "voucher";
/** The comparison that finds a class; a break is resolved only when the same comparison no longer finds it. */
export type CheckName = "orders" | "stock" | "provider" | "vouchers";

type ClassFacts = {
  readonly promise: PromiseNumber;
  readonly check: CheckName;
  /** Given without a person; always one of `repairs`. */
  readonly aid?: RepairAction;
  readonly repairs: readonly RepairAction[];
};

/** Every class of break: the promise behind it, what finds it, what helps by itself, and what a person may do. */
export const BREAK_CLASSES = {
  "stock.invariant": { promise: "P1", check: "stock", repairs: ["nudge"] },
  "stock.claim_missing": {
    promise: "P1",
    check: "orders",
    aid: "recommit",
    repairs: ["recommit", "settle"],
  },
  "stock.claim_mismatch": { promise: "P1", check: "orders", repairs: ["settle"] },
  "stock.claim_leaked": { promise: "P1", check: "orders", aid: "release", repairs: ["release", "settle"] },
  "stock.claim_orphaned": { promise: "P1", check: "stock", repairs: ["release", "nudge"] },
  "order.unknown": { promise: "P2", check: "orders", repairs: ["reproject"] },
  "money.unbalanced": { promise: "P3", check: "orders", repairs: ["settle"] },
  "money.capture_mismatch": { promise: "P3", check: "orders", aid: "settle", repairs: ["settle"] },
  "money.refund_exceeds": { promise: "P3", check: "orders", repairs: ["settle"] },
  "money.authorisation_open": { promise: "P3", check: "orders", aid: "settle", repairs: ["settle"] },
  "money.provider_mismatch": { promise: "P3", check: "orders", aid: "settle", repairs: ["settle"] },
  "money.provider_orphan": { promise: "P3", check: "provider", repairs: [] },
  "outbox.old": { promise: "P4", check: "orders", aid: "nudge", repairs: ["nudge", "reproject"] },
  "outbox.old_stock": { promise: "P4", check: "stock", aid: "nudge", repairs: ["nudge", "reproject"] },
  "projection.order": { promise: "P5", check: "orders", aid: "reproject", repairs: ["reproject"] },
  "projection.stock": { promise: "P5", check: "stock", aid: "reproject", repairs: ["reproject"] },
  "voucher.invariant": { promise: "P3", check: "vouchers", repairs: ["nudge"] },
  "voucher.claim_leaked": { promise: "P3", check: "vouchers", aid: "release", repairs: ["release"] },
  "voucher.claim_orphaned": { promise: "P3", check: "vouchers", repairs: ["release", "nudge"] },
  "projection.voucher": { promise: "P5", check: "vouchers", aid: "reproject", repairs: ["reproject"] },
  "order.overdue": { promise: "P6", check: "orders", aid: "settle", repairs: ["settle", "nudge"] },
  "order.behind_parcel": { promise: "P6", check: "orders", aid: "rescan", repairs: ["rescan"] },
  "hold.overdue": { promise: "P6", check: "stock", aid: "release", repairs: ["release", "nudge"] },
} as const satisfies Record<string, ClassFacts>;

export type BreakClass = keyof typeof BREAK_CLASSES;
// The keys of a literal object, which the type of Object.keys forgets.
export const BREAK_CLASS_NAMES = Object.keys(BREAK_CLASSES) as readonly BreakClass[];
export const factsOf = (name: BreakClass): ClassFacts => BREAK_CLASSES[name];
export const isBreakClass = (text: string): text is BreakClass => Object.hasOwn(BREAK_CLASSES, text);

/** The classes that one comparison can find, and so can show to be mended. */
export const classesOf = (check: CheckName): readonly BreakClass[] =>
  BREAK_CLASS_NAMES.filter((name) => factsOf(name).check === check);

/** Classes about single claims of a SKU or voucher, which are read page by page: one page says nothing about the others. */
export const PARTIAL_CLASSES: readonly BreakClass[] = [
  "hold.overdue",
  "stock.claim_orphaned",
  "voucher.claim_leaked",
  "voucher.claim_orphaned",
];

export type Aggregate = { readonly kind: AggregateKind; readonly id: string };

/** One difference between what is promised and what is. Class, aggregate and subject together name it for ever. */
export type Finding = {
  readonly class: BreakClass;
  readonly aggregate: Aggregate;
  /** Which part of the aggregate, such as a SKU or a claim; empty for the whole. */
  readonly subject: string;
  readonly expected: string;
  readonly found: string;
};

/** The same difference always has the same key, so that it is one break however often it is seen. */
export const keyOf = (finding: Omit<Finding, "expected" | "found">): string =>
  JSON.stringify([finding.class, finding.aggregate.kind, finding.aggregate.id, finding.subject]);

/** The findings that both looks share: what was only on its way the first time is gone the second time. */
export function seenTwice(first: readonly Finding[], second: readonly Finding[]): readonly Finding[] {
  const keys = new Set(first.map(keyOf));
  return second.filter((finding) => keys.has(keyOf(finding)));
}
