import type { EpochMs, OrderId } from "#kernel";
import type { OrderStatus, ParcelStatus } from "#orders";
import type { Image, Waiting } from "./image.ts";
import type { AccountSum, ProviderSums } from "./money.ts";

/** What an order believes of one claim on a SKU; part 0 is its placement, part n its n-th edit. */
export type OrderDemand = {
  readonly sku: string;
  readonly part: number;
  readonly quantity: number;
  readonly state: "wanted" | "held" | "committing" | "committed" | "releasing" | "released";
};

/** An order as its own object tells it. */
export type OrderFacts = {
  readonly status: OrderStatus;
  readonly updatedAt: EpochMs;
  /** Name of the payment provider; `manual` stands for money that no machine sees. */
  readonly provider: string;
  readonly totalMinor: number;
  /** The total has been what was placed all along, so the money can be told from it. */
  readonly isAsPlaced: boolean;
  /** What the order itself says of its money; the ledger says it again, entry by entry. */
  readonly capturedMinor: number;
  readonly vouchersMinor: number;
  readonly refundedMinor: number;
  readonly ledger: readonly AccountSum[];
  readonly demand: readonly OrderDemand[];
  /** When the order's alarm was to ring next. */
  readonly nextWakeAt?: EpochMs;
  /** How far its parcels are, as the order knows. */
  readonly parcels: readonly ParcelFact[];
  readonly outbox: Waiting;
  /** Since when units wait to be packed; absent while an edit is open, because that has to end first. */
  readonly toPackSince?: EpochMs;
  /** What its copy in D1 should be. */
  readonly image: Image;
};

export type ParcelFact = { readonly parcelId: string; readonly status: ParcelStatus };

/** What a stock object has of one claim. */
export type ClaimWitness = {
  readonly sku: string;
  readonly part: number;
  readonly found: "held" | "committed" | "released";
  readonly quantity: number;
};

/** Everything that was asked about one order. */
export type OrderEvidence = {
  readonly orderId: OrderId;
  /** `undefined`: its object knows of no order. */
  readonly order: OrderFacts | undefined;
  readonly copy: Image | undefined;
  /** Of every SKU in the order's demand. */
  readonly claims: readonly ClaimWitness[];
  /** The provider's own book; `undefined` when it was not asked or did not answer. */
  readonly provider: ProviderSums | undefined;
  /** How far the parcels' own records are. */
  readonly parcels: readonly ParcelFact[];
  readonly now: EpochMs;
};
