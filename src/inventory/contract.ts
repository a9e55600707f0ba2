import type { EpochMs, OrderId, Page, Result } from "#kernel";
import type { CallContext, Destination, OutboxAudit } from "#platform";
import type { Incoming, Transfer, TransferCommand } from "./contract-documents.ts";
import type { ExchangeReply, ExchangeTerms } from "./contract-escrow.ts";

export type * from "./contract-desk.ts";
export type * from "./contract-documents.ts";
export type * from "./contract-escrow.ts";

/** What crosses to and from a stock object. One object per SKU code; its name is the SKU code itself. */

/** How demand beyond what lies on the shelf is treated. */
export type SellingPolicy =
  | { readonly kind: "deny" }
  /** Sell up to `limit` units that are not there yet; `expectedAt` is the day (YYYY-MM-DD) they are due. */
  | { readonly kind: "backorder"; readonly limit: number; readonly expectedAt?: string }
  | { readonly kind: "preorder"; readonly limit: number; readonly expectedAt: string }
  /** Never counted: digital goods, made to order. */
  | { readonly kind: "untracked" };

/**
 * What a journal entry tells of. Units change by the first nine rows; a transfer leaves as `transferred_out` here and
 * `in_transit` there, and ends as `transferred_in`, `transferred_back` or `transfer_lost`.
 */
export type MovementKind =
  | "received"
  | "counted"
  | "adjusted"
  | "held"
  | "released"
  | "committed"
  | "returned"
  | "damaged"
  | "repaired"
  | "scrapped"
  | "safety_set"
  | "incoming_announced"
  | "transferred_out"
  | "in_transit"
  | "transferred_in"
  | "transferred_back"
  | "transfer_ended"
  | "transfer_lost"
  | "policy_set"
  | "locations_arranged"
  /** Escrow: units go to a shard, are sold there, come back; new orders are called away from the shards. */
  | "lent"
  | "lent_sold"
  | "lent_back"
  | "recalled"
  /** The same units at the shard. */
  | "borrowed"
  | "given_back";

/** The location every SKU has until a merchant adds more, and the one meant where none is named. */
export const DEFAULT_LOCATION = "main";

/** Whole units of one SKU at one location. */
export type LocationUnits = {
  /**
   * In good shape on the shelf, sold ones no longer counted; below zero only by units that a backorder has sold and
   * that have not come yet.
   */
  readonly onHand: number;
  /** Claimed by orders that are being paid. */
  readonly held: number;
  readonly damaged: number;
  /** Kept back from sale by the merchant. */
  readonly safety: number;
  /** Announced by a supplier, not here. */
  readonly incoming: number;
  /** Sent to this location by another one, not here and not there. */
  readonly inTransit: number;
};

export type LocationLevel = LocationUnits & {
  readonly location: string;
  /** `onHand − held − safety`; below zero only after a count, a raised safety or a backorder. */
  readonly available: number;
  /** Whether new orders are served from here. */
  readonly servesOrders: boolean;
};

/** A SKU's units: the sums over all its locations, and each of them. */
export type StockLevel = LocationUnits & {
  readonly sku: string;
  /** `onHand − held − safety`. */
  readonly available: number;
  /** The part of `available` at locations that serve orders; what a new hold may take without backorder. */
  readonly orderable: number;
  readonly policy: SellingPolicy;
  /** In order of priority, those that serve orders first. */
  readonly locations: readonly LocationLevel[];
  /** Revision of the arrangement of locations that the SKU goes by; 1 is the one that every shop begins with. */
  readonly arrangement: number;
  /** Shards that new orders are sent to; 0 when they are not any more, absent when there never were any. */
  readonly shards?: number;
  /** Raised by every change, the journal's last sequence; the compare-and-set version of adjustments. */
  readonly version: number;
};

/** Which locations serve orders, by priority. */
export type Arrangement = {
  /** Raised by every change of a location; an older arrangement changes nothing. */
  readonly revision: number;
  /** Location codes; the first takes what is sold beyond the shelf. Empty: nothing can be sold. */
  readonly serving: readonly string[];
};

export type Adjustment = {
  /** Idempotency key: the same id applies once, whatever it says the second time. */
  readonly adjustmentId: string;
  /**
   * `received`, `returned`: units come; `counted`: so many were found that belong to no sold order; `adjusted`: more or
   * fewer; `damaged`: from the shelf to the damaged ones; `repaired`: back; `scrapped`: damaged ones are gone.
   */
  readonly kind: "received" | "counted" | "adjusted" | "returned" | "damaged" | "repaired" | "scrapped";
  /** For `counted` the units found (≥ 0); for `adjusted` a signed change; otherwise units above 0. Whole units. */
  readonly quantity: number;
  readonly reason: string;
  readonly reference?: string;
  /** Where; {@link DEFAULT_LOCATION} when absent. */
  readonly location?: string;
  /** With `returned`: whether the units can be sold again (the default) or are damaged. */
  readonly condition?: "sellable" | "damaged";
  /** With `received`: the announcement that it fulfils, as far as that is open. */
  readonly announcementId?: string;
  readonly expectedVersion?: number;
};

/** Units kept back from sale at one location. */
export type SafetyStock = { readonly location: string; readonly quantity: number };

type Counted = { readonly change: number; readonly after: number };

export type JournalEntry = {
  /** Gap-free, from 1. */
  readonly sequence: number;
  readonly kind: MovementKind;
  readonly location: string;
  /** Change of units on hand at the location, signed. */
  readonly onHandChange: number;
  /** Change of units held at the location, signed. */
  readonly heldChange: number;
  readonly onHandAfter: number;
  readonly heldAfter: number;
  /** The location's other counts that this entry changed, and what else it set. */
  readonly others?: {
    readonly damaged?: Counted;
    readonly safety?: Counted;
    readonly incoming?: Counted;
    readonly inTransit?: Counted;
    readonly lent?: Counted;
    readonly lentHeld?: Counted;
    readonly policy?: SellingPolicy;
    readonly arrangement?: Arrangement;
  };
  readonly reason: string;
  readonly actor: string;
  /** The order or document behind it. */
  readonly reference: string;
  readonly occurredAt: EpochMs;
};

/**
 * Names one claim of an order on a SKU. Part 0 is the order as it was placed; part n is its n-th edit, which holds only
 * the units that the edit adds.
 */
export type HoldClaim = { readonly orderId: OrderId; readonly part: number };

export type HoldRequest = HoldClaim & {
  /** Whole units, at least 1: the order's demand for this SKU, summed over its lines. */
  readonly quantity: number;
  /** Seconds until the object asks the order what became of it. */
  readonly ttlSeconds: number;
};
export type Hold = HoldClaim & {
  readonly quantity: number;
  readonly status: "held" | "committed" | "released";
  readonly expiresAt: EpochMs;
  /** Units of this hold that are not on the shelf yet; they count among those of the first location that serves orders. */
  readonly backordered: number;
  /** Where its units are taken from, by quantity. */
  readonly allocations: readonly Allocation[];
};
export type Allocation = { readonly location: string; readonly quantity: number };

/** A claim as reconciliation compares it with its order; a tombstone has the quantity 0. */
export type StockClaim = HoldClaim & {
  readonly quantity: number;
  readonly status: Hold["status"];
  readonly expiresAt: EpochMs;
};

/** What reconciliation reads of one SKU: the object's own proof of its invariants, and a page of its claims. */
export type StockAudit = {
  readonly level: StockLevel;
  /** What does not hold of what the object promises of itself; empty in a sound object. */
  readonly violations: readonly {
    readonly rule: string;
    readonly expected: number;
    readonly found: number;
  }[];
  /** In the order of their keys. */
  readonly claims: readonly StockClaim[];
  /** Where the next page of claims starts; absent on the last one. */
  readonly nextClaim?: string;
  readonly outbox: OutboxAudit;
};

export type StockRefusal =
  /** Fewer units than asked for; nothing was held. */
  | {
      readonly code: "insufficient_stock";
      readonly sku: string;
      readonly requested: number;
      readonly available: number;
    }
  /** The order was released before; a late hold or commit comes to nothing. */
  | { readonly code: "hold_gone"; readonly sku: string; readonly orderId: OrderId }
  | { readonly code: "hold_unknown"; readonly sku: string; readonly orderId: OrderId }
  /** The same order asked again for another quantity. */
  | {
      readonly code: "hold_mismatch";
      readonly sku: string;
      readonly held: number;
      readonly requested: number;
    }
  | { readonly code: "transfer_unknown"; readonly sku: string; readonly transferId: string }
  /** Cancelled, or nothing of it is on the way any more. */
  | { readonly code: "transfer_closed"; readonly sku: string; readonly transferId: string }
  | { readonly code: "version_conflict"; readonly sku: string; readonly version: number }
  | { readonly code: "invalid_quantity"; readonly sku: string; readonly detail: string }
  /** A code that no location has, or one too many. */
  | { readonly code: "invalid_location"; readonly sku: string; readonly detail: string };

/** What is not settled yet of a SKU. */
export type OpenStock = {
  readonly holds: readonly Hold[];
  /** `quantity` is what is still to come; an announcement is changed by `quantity + received`, all its units. */
  readonly incoming: readonly (Incoming & { readonly received: number })[];
  readonly transfers: readonly Transfer[];
};

/** `cursor` is the `nextCursor` of the page before. */
export type HoldPage = { readonly cursor?: string; readonly limit: number };

/** The RPC face of a stock object. Every method may be repeated with the same arguments and changes nothing then. */
export type StockRpc = {
  level(): Promise<StockLevel>;
  /** With `untouched`, only for a SKU that nobody has counted or set anything of. */
  setPolicy(policy: SellingPolicy, call: CallContext, when?: "always" | "untouched"): Promise<StockLevel>;
  /** Takes over which locations serve orders, unless it knows a newer arrangement. */
  arrange(arrangement: Arrangement, call: CallContext): Promise<StockLevel>;
  setSafety(safety: SafetyStock, call: CallContext): Promise<Result<StockLevel, StockRefusal>>;
  announce(incoming: Incoming, call: CallContext): Promise<Result<StockLevel, StockRefusal>>;
  transfer(command: TransferCommand, call: CallContext): Promise<Result<Transfer, StockRefusal>>;
  /** Open holds by deadline, open announcements by day, transfers that are under way; at most 100 of each. */
  open(): Promise<OpenStock>;
  /** Open holds by deadline, all of them in pages of at most 100. A deadline only moves on, so no open hold is passed over. */
  holds(page: HoldPage): Promise<Result<Page<Hold>, { readonly code: "invalid_cursor" }>>;
  adjust(adjustment: Adjustment, call: CallContext): Promise<Result<StockLevel, StockRefusal>>;
  hold(request: HoldRequest, call: CallContext): Promise<Result<Hold, StockRefusal>>;
  commit(claim: HoldClaim, call: CallContext): Promise<Result<Hold, StockRefusal>>;
  /** Leaves a tombstone even when there is no hold, so that a delayed `hold` is refused. */
  release(claim: HoldClaim, call: CallContext): Promise<Result<{ readonly released: number }, StockRefusal>>;
  /** Newest first; `before` is exclusive. At most 100 entries. */
  journal(page: { readonly before?: number; readonly limit: number }): Promise<readonly JournalEntry[]>;
  /** Checks the object against itself; changes nothing. `after` is the `nextClaim` of the page before; at most 100 claims. */
  audit(page: { readonly after?: string; readonly limit: number }): Promise<StockAudit>;
  /** Every claim that this order has here, the tombstones too; at most 100. */
  claimsOf(orderId: OrderId): Promise<readonly StockClaim[]>;
  /** Sends the level to the projection again, for a rebuild. */
  retell(): Promise<void>;
  acknowledge(destination: Destination, sequences: readonly number[]): Promise<void>;
};

/** The terms of an exchange, and which locations serve orders. */
export type Exchange = ExchangeTerms & { readonly arrangement: Arrangement };

/** The RPC face of a shard. A hold that it cannot serve leaves a tombstone, so that a repeat goes the same way. */
export type StockShardRpc = Pick<
  StockRpc,
  "hold" | "commit" | "release" | "claimsOf" | "audit" | "journal"
> & {
  exchange(request: Exchange, call: CallContext): Promise<ExchangeReply>;
};

/** What an order answers a stock object whose hold has passed its deadline. */
export type OrderFate = "live" | "committing" | "cancelled" | "unknown";
/** `quietForMs`: how long a live order expects nothing but what it tells by itself. */
export type OrderFateAnswer = { readonly fate: OrderFate; readonly quietForMs?: number };

/** More ask for this SKU than can be served at once: until then buyers go through its line. */
export type Rush = { readonly lineOpenUntil: EpochMs };

/** Goes to the `projection` queue after changes; `sequence` of its envelope is the level's version. */
export type StockChanged = Omit<StockLevel, "version"> & { readonly rush?: Rush };
export const STOCK_CHANGED = "stock.changed";
