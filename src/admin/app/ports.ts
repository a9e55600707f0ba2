import type { CustomerDesk, ReadCustomerInput } from "#customers";
import type { FacetDefinition, FacetDesk, FacetMistakes } from "#browse";
import type { Availability, CatalogStaffReader, MediaPorts, CatalogModelDesk, CatalogWriter } from "#catalog";
import type { ExportDesk } from "#channels";
import type { ImportDesk, MappingInput } from "#catalog-import";
import type { StaffDraftPorts } from "#checkout";
import type { StockDeskPorts, StockRpc } from "#inventory";
import type { ContentStore } from "#content";
import type { EpochMs, OrderId, Page, Result } from "#kernel";
import type { LedgerEntry, OrderRefusal, OrderRpc, OrderStatus, OrderSummary, OrderView } from "#orders";
import type { PriceDesk, PriceInputs, TaxDesk, TaxInputs } from "#pricing";
import type { SearchReport, SynonymDesk } from "#search";
import type { InboxEntry, ProviderName } from "#payments";
import type { CallContext, ObjectNamespace } from "#platform";
import type { VoucherDesk } from "#vouchers";

/** A row of the stock list: seconds behind the SKU's object. */
export type StockListRow = {
  readonly sku: string;
  readonly onHand: number;
  readonly held: number;
  readonly available: number;
  readonly availability: Availability;
  readonly updatedAt: EpochMs;
};

/** A mail without its bodies. */
export type MailRow = {
  readonly mailId: string;
  readonly orderId: string;
  readonly template: string;
  readonly recipient: string;
  readonly subject: string;
  readonly createdAt: EpochMs;
};

/** A message that a queue gave up on. */
export type DeadLetterRow = {
  readonly id: string;
  readonly queue: string;
  readonly reason: string;
  readonly receivedAt: EpochMs;
  readonly replayedAt?: EpochMs;
};

type Cursored = { readonly cursor?: string; readonly limit: number };
/** A cursor that is not one of ours. */
export type ListRefusal = { readonly code: "invalid_cursor" };
export type ListOf<T> = Promise<Result<Page<T>, ListRefusal>>;

export type OrderListRequest = Cursored & { readonly status?: OrderStatus; readonly search?: string };
export type StockListRequest = Cursored & {
  readonly skuPrefix?: string;
  readonly availability?: Availability;
};

/**
 * What the back office's pages read and do. Lists come from D1 and are seconds old; an order and a SKU are read from
 * their own objects.
 */
export type AdminPorts = {
  readonly timeZone: string;
  readonly catalog: CatalogStaffReader;
  readonly catalogWriter: CatalogWriter;
  /** The address at which a product is seen as its page, whatever its status; for some hours, and for whoever has it. */
  readonly previewPath: (handle: string) => Promise<string>;
  /** Product types, rules and languages. */
  readonly model: CatalogModelDesk;
  readonly media: MediaPorts;
  readonly content: ContentStore;
  readonly synonyms: SynonymDesk;
  /** What was searched for in the last so many days. */
  readonly searchReport: (days: number) => Promise<SearchReport>;
  readonly stock: ObjectNamespace<StockRpc>;
  readonly stockDesk: StockDeskPorts;
  /** One order each, for what staff do with it. */
  readonly orderDesk: ObjectNamespace<OrderRpc>;
  /** Prices for edits, and orders that staff write. */
  readonly drafting: StaffDraftPorts;
  /** What the shop takes money through; never empty. */
  readonly paymentProviders: readonly ProviderName[];
  readonly webhooks: {
    /** Newest first, received before `before`. */
    list(page: { readonly before: EpochMs; readonly limit: number }): Promise<readonly InboxEntry[]>;
    /** Works one off once more; `undefined` when there is none. Safe to repeat. */
    replay(
      name: Pick<InboxEntry, "provider" | "eventId">,
      call: CallContext,
    ): Promise<InboxEntry | undefined>;
  };
  readonly imports: ImportDesk;
  readonly exports: ExportDesk;
  /** Reads a column mapping by the rules of the API. */
  readonly mappingInput: MappingInput;
  readonly vouchers: VoucherDesk;
  /** Markets and price lists. */
  readonly prices: PriceDesk;
  /** Reads what is typed about them by the rules of the API. */
  readonly priceInputs: PriceInputs;
  /** Rates, rules and how the shop stands to the EU's. */
  readonly taxes: TaxDesk;
  readonly taxInputs: TaxInputs;
  readonly customers: CustomerDesk;
  /** Reads what is typed about them by the rules of the API. */
  readonly readCustomerInput: ReadCustomerInput;
  readonly facets: FacetDesk;
  /** Reads what is typed about facets by the rules of the API. */
  readonly readFacetInput: (value: unknown) => Result<readonly FacetDefinition[], FacetMistakes>;
  /** ISO 4217. */
  readonly shopCurrency: string;
  readonly orders: {
    list(request: OrderListRequest): ListOf<OrderSummary>;
    view(orderId: OrderId): Promise<Result<OrderView, OrderRefusal>>;
    ledger(orderId: OrderId): Promise<readonly LedgerEntry[]>;
  };
  readonly stockLevels: { list(request: StockListRequest): ListOf<StockListRow> };
  readonly mails: {
    list(request: Cursored): ListOf<MailRow>;
    ofOrder(orderId: OrderId): Promise<readonly MailRow[]>;
    mail(id: string): Promise<(MailRow & { readonly html: string; readonly text: string }) | undefined>;
  };
  readonly deadLetters: { list(request: Cursored): ListOf<DeadLetterRow> };
};
