import type { EpochMs, OrderId, Page, Result } from "#kernel";
import type { StockAudit, StockClaim } from "#inventory";
import type { VoucherAudit, VoucherClaim } from "#vouchers";
import type { OrderFateAnswer, ParcelStatus } from "#orders";
import type { CallContext, Clock } from "#platform";
import type {
  Attempt,
  Break,
  BreakClass,
  BreakListRequest,
  Health,
  JobName,
  JobState,
  ReconciliationRefusal,
} from "../contract.ts";
import type { AggregateKind, CheckName, Finding } from "../domain/breaks.ts";
import type { ProviderLine } from "../domain/compare-provider.ts";
import type { OrderFacts } from "../domain/evidence.ts";
import type { Image } from "../domain/image.ts";
import type { ProviderSums } from "../domain/money.ts";

/** The order objects. Every method throws when the object cannot be reached. */
export type OrderDesk = {
  /** `undefined` when the object knows of no order. */
  facts(orderId: OrderId): Promise<OrderFacts | undefined>;
  fateOf(orderId: OrderId, part: number): Promise<OrderFateAnswer>;
  /** Asks the provider and goes on; says where the order stands then. */
  settle(orderId: OrderId, call: CallContext): Promise<string>;
  nudge(orderId: OrderId): Promise<void>;
  recordScan(orderId: OrderId, parcel: ParcelRecord, call: CallContext): Promise<string>;
};

/** The stock objects. Every method throws when the object cannot be reached. */
export type StockDesk = {
  audit(
    sku: string,
    page: { readonly after?: string; readonly limit: number },
  ): Promise<Omit<StockAudit, "level"> & { readonly image: Image }>;
  claimsOf(sku: string, orderId: OrderId): Promise<readonly StockClaim[]>;
  /** Holds if there is nothing yet, then commits; says why not. Repeating changes nothing. */
  recommit(claim: NamedClaim & { readonly quantity: number }, call: CallContext): Promise<Done>;
  commit(claim: NamedClaim, call: CallContext): Promise<Done>;
  release(claim: NamedClaim, call: CallContext): Promise<Done>;
  nudge(sku: string): Promise<void>;
};

export type NamedClaim = { readonly sku: string; readonly orderId: OrderId; readonly part: number };
/** Whether an act went through, in words for the list of attempts. */
export type Done = { readonly isDone: boolean; readonly detail: string };

/** The copies in D1, and the names that it knows. */
export type Copies = {
  /** Order ids above `after`, in order, from every table that names orders. */
  orderIds(page: { readonly after: string; readonly limit: number }): Promise<readonly OrderId[]>;
  orderImages(orderIds: readonly OrderId[]): Promise<ReadonlyMap<string, Image>>;
  /** Open orders that nothing has touched since `before`, those compared longest ago first. */
  quietOrders(before: EpochMs, limit: number): Promise<readonly OrderId[]>;
  markChecked(orderIds: readonly OrderId[], at: EpochMs): Promise<void>;
  /**
   * Writes these orders' copies anew from their objects, each only if its row is still at the version that `seen` has.
   * An order that its object does not know keeps its row: the copy may be all that is left.
   */
  rewriteOrders(orderIds: readonly OrderId[], seen: ReadonlyMap<string, Image>): Promise<void>;
  /** SKUs above `after`, in order, from the catalogue and from the levels. */
  skus(page: { readonly after: string; readonly limit: number }): Promise<readonly string[]>;
  stockImages(skus: readonly string[]): Promise<ReadonlyMap<string, Image>>;
  /** The same for levels. */
  rewriteStock(skus: readonly string[], seen: ReadonlyMap<string, Image>): Promise<void>;
};

/** The voucher objects and their copies in D1. Every method throws when an object cannot be reached. */
export type VoucherBook = {
  /** Voucher ids above `after`, in order. */
  ids(page: { readonly after: string; readonly limit: number }): Promise<readonly string[]>;
  images(voucherIds: readonly string[]): Promise<ReadonlyMap<string, Image>>;
  /** `undefined` for a name that nobody has issued. */
  audit(
    voucherId: string,
    page: { readonly after?: string; readonly limit: number },
  ): Promise<(Omit<VoucherAudit, "view"> & { readonly image: Image }) | undefined>;
  /** Writes the copy anew while its row is still the one that `seen` is; false when its object knows of no voucher. */
  rewrite(voucherId: string, seen: Image | undefined): Promise<boolean>;
  release(voucherId: string, claim: VoucherClaim, call: CallContext): Promise<Done>;
  commit(voucherId: string, claim: VoucherClaim, call: CallContext): Promise<Done>;
  nudge(voucherId: string): Promise<void>;
};

/** What fulfilment has on record of an order's parcels. */
export type ParcelRecord = { readonly parcelId: string; readonly status: ParcelStatus };
export type ParcelRecords = (
  orderIds: readonly OrderId[],
) => Promise<ReadonlyMap<string, readonly ParcelRecord[]>>;

/** The payment provider's own book. Both methods give `undefined` when it did not answer. */
export type ProviderBook = {
  /** The name under which orders know this provider. */
  readonly provider: string;
  sumsOf(orderId: OrderId): Promise<ProviderSums | undefined>;
  lines(page: {
    readonly cursor: string;
    readonly limit: number;
  }): Promise<{ readonly items: readonly ProviderLine[]; readonly nextCursor?: string } | undefined>;
};

/** A finding with the id that it has for ever. */
export type Named = Finding & { readonly breakId: string };
export type OpenBreak = {
  readonly breakId: string;
  readonly class: BreakClass;
  readonly aggregate: { readonly kind: AggregateKind; readonly id: string };
  readonly subject: string;
};

/** The table of breaks. */
export type BreakTable = {
  /** Opens what is new or back, notes what is seen again; an accepted break stays accepted. */
  see(findings: readonly Named[], at: EpochMs): Promise<void>;
  resolve(breakIds: readonly string[], at: EpochMs): Promise<void>;
  /** Breaks of these aggregates that are not resolved. */
  unresolvedOf(kind: AggregateKind, ids: readonly string[]): Promise<readonly OpenBreak[]>;
  /** Unresolved breaks, those seen longest ago first. */
  oldest(limit: number): Promise<readonly (OpenBreak & { readonly check: CheckName })[]>;
  /** Open breaks that may be given first aid now. */
  ailing(now: EpochMs, limit: number): Promise<readonly Break[]>;
  noteAid(breakId: string, attempt: Attempt, next: { readonly at: EpochMs }): Promise<void>;
  /** Adds an attempt; false when it was there already. */
  addAttempt(breakId: string, attempt: Attempt): Promise<boolean>;
  hasAttempt(breakId: string, attemptId: string): Promise<boolean>;
  accept(breakId: string, by: { readonly reason: string; readonly actor: string }): Promise<void>;
  find(breakId: string): Promise<Break | undefined>;
  attempts(breakId: string, limit: number): Promise<readonly Attempt[]>;
  list(request: BreakListRequest): Promise<Result<Page<Break>, ReconciliationRefusal>>;
  countOpen(): Promise<Pick<Health, "openByClass" | "open" | "accepted">>;
};

/** What one page of a job has done. */
export type PageDone = {
  /** Where the next page starts; absent when the lap is over. */
  readonly nextCursor?: string;
  readonly checked: number;
  readonly found: number;
  readonly checksums?: { readonly object: string; readonly copy: string };
};

export type JobRecord = JobState & {
  /** Where the next page starts; empty at the beginning. */
  readonly cursor: string;
};

/** The lease and the laps. */
export type JobTable = {
  /** Takes the lease when nobody has it or it has run out; one runner at a time, whatever the crons do (F21). */
  takeLease(owner: string, now: EpochMs, until: EpochMs): Promise<boolean>;
  endLease(
    owner: string,
    note: { readonly at: EpochMs; readonly events: number; readonly oldestAt?: EpochMs },
  ): Promise<void>;
  read(name: JobName): Promise<JobRecord>;
  /** Begins a lap unless one is under way. */
  begin(name: JobName, now: EpochMs): Promise<void>;
  /** Keeps how far a lap is; false when the lease has gone to somebody else, who goes on from the page before. */
  advance(
    name: JobName,
    page: PageDone,
    by: { readonly owner: string; readonly now: EpochMs },
  ): Promise<boolean>;
  all(): Promise<readonly JobState[]>;
  lastRun(): Promise<Pick<Health, "waiting" | "lastRunAt">>;
};

/** Everything that reconciliation reads and does; built from the environment in one place per Worker. */
export type ReconciliationPorts = {
  readonly clock: Clock;
  readonly orders: OrderDesk;
  readonly stock: StockDesk;
  readonly copies: Copies;
  readonly vouchers: VoucherBook;
  readonly parcels: ParcelRecords;
  /** Absent where no provider is configured: its book is then not compared. */
  readonly provider?: ProviderBook;
  readonly breaks: BreakTable;
  readonly jobs: JobTable;
};
