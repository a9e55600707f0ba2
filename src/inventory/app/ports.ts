import type { EpochMs, Page, Result } from "#kernel";
import type { ObjectNamespace } from "#platform";
import type {
  Bundle,
  DeskRefusal,
  Location,
  LocationInput,
  NewTransfer,
  StockRpc,
  Transfer,
  TransferDocument,
  TransferSummary,
} from "../contract.ts";

export type LocationTable = {
  /** All of them, by priority, with the revision of their arrangement. At most {@link MAX_LOCATIONS}. */
  list(): Promise<{ readonly locations: readonly Location[]; readonly revision: number }>;
  /** Creates or replaces by code. */
  save(input: LocationInput, now: EpochMs): Promise<Result<Location, DeskRefusal>>;
};

export type NewTransferRecord = NewTransfer & {
  readonly requestHash: string;
  readonly createdBy: string;
  readonly createdAt: EpochMs;
};

export type TransferTable = {
  /** Stores a new one; the same id again stores nothing. The hash of the one that is stored. */
  create(record: NewTransferRecord): Promise<string>;
  find(transferId: string): Promise<TransferDocument | undefined>;
  list(request: {
    readonly cursor?: string;
    readonly limit: number;
  }): Promise<Result<Page<TransferSummary>, { readonly code: "invalid_cursor" }>>;
  /** Takes over what a stock object has answered for a line. */
  saveLine(
    line: { readonly transferId: string; readonly sku: string } & (
      { readonly transfer: Transfer } | { readonly refusal: string }
    ),
    now: EpochMs,
  ): Promise<void>;
  /** From now on nothing more is dispatched. */
  markCancelled(transferId: string, now: EpochMs): Promise<void>;
};

export type BundleTable = {
  find(sku: string): Promise<Bundle>;
  /** Those of the SKUs that are bundles, and whether the SKU is a component of a bundle. */
  facts(
    sku: string,
    components: readonly string[],
  ): Promise<{ readonly isComponent: boolean; readonly bundles: readonly string[] }>;
  /** Replaces the definition and works out what the shop shows of it, as one transaction. */
  save(bundle: Bundle): Promise<void>;
};

/** What the use cases of staff touch. */
export type StockDeskPorts = {
  readonly now: () => EpochMs;
  readonly stock: ObjectNamespace<StockRpc>;
  readonly locations: LocationTable;
  readonly transfers: TransferTable;
  readonly bundles: BundleTable;
  /** Whether the catalogue has a variant with this SKU. */
  readonly isInCatalog: (sku: string) => Promise<boolean>;
};
