import type { EpochMs } from "#kernel";

/** A part of the contract: what staff keep about locations, transfers over several SKUs, and bundles. Their truth is D1. */

export type Location = {
  /** Small letters, digits and hyphens; never changes. */
  readonly code: string;
  readonly name: string;
  /** As it is written on a label, line by line; may be empty. */
  readonly address: string;
  /** Orders are served from the smallest first; from 0. */
  readonly priority: number;
  readonly isActive: boolean;
  /** Whether the shop's orders are served from here, while active. */
  readonly shipsOrders: boolean;
  readonly version: number;
  readonly updatedAt: EpochMs;
};
export type LocationInput = Omit<Location, "version" | "updatedAt"> & { readonly expectedVersion?: number };

/** A line waits until its stock object has answered; what it shows is what the object last said. */
export type TransferDocumentLine = {
  readonly sku: string;
  readonly quantity: number;
  readonly dispatched: number;
  readonly received: number;
  readonly lost: number;
  readonly returned: number;
  /** Why the stock object would not dispatch it. */
  readonly refusal?: string;
};

/** Derived from the lines: `pending` waits for a stock object, `in_transit` for units. */
export type TransferStatus = "pending" | "in_transit" | "received" | "cancelled";

export type TransferDocument = {
  readonly transferId: string;
  readonly from: string;
  readonly to: string;
  readonly note: string;
  readonly status: TransferStatus;
  readonly isCancelled: boolean;
  readonly createdBy: string;
  readonly createdAt: EpochMs;
  readonly updatedAt: EpochMs;
  readonly lines: readonly TransferDocumentLine[];
};
export type TransferSummary = Omit<TransferDocument, "lines"> & {
  readonly units: number;
  readonly onTheWay: number;
};

export type NewTransfer = {
  /** Idempotency key and id. */
  readonly transferId: string;
  readonly from: string;
  readonly to: string;
  readonly note: string;
  readonly lines: readonly { readonly sku: string; readonly quantity: number }[];
};

/** What arrived of a transfer, and what did not and never will. Applied once by its id. */
export type TransferReceipt = {
  readonly receiptId: string;
  readonly lines: readonly { readonly sku: string; readonly received: number; readonly lost: number }[];
};

/** What one unit of a sellable SKU is made of; no components: it is no bundle. */
export type Bundle = {
  readonly sku: string;
  readonly components: readonly { readonly sku: string; readonly quantity: number }[];
};

/** Why staff cannot have what they asked for; nothing was changed unless it says so. */
export type DeskRefusal =
  | { readonly code: "sku_unknown"; readonly sku: string }
  | { readonly code: "location_unknown"; readonly location: string }
  | { readonly code: "location_conflict"; readonly version: number }
  /** The location that every SKU has stays active, so that imports and returns have a place. */
  | { readonly code: "location_needed"; readonly location: string }
  | { readonly code: "too_many_locations"; readonly limit: number }
  | { readonly code: "transfer_not_found"; readonly transferId: string }
  /** The id was used for another transfer. */
  | { readonly code: "transfer_reused"; readonly transferId: string }
  | { readonly code: "transfer_invalid"; readonly pointer: string; readonly detail: string }
  | { readonly code: "bundle_invalid"; readonly pointer: string; readonly detail: string }
  | { readonly code: "bundle_unknown"; readonly sku: string };
