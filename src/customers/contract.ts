import type { Id, Page, Result } from "#kernel";

export type CustomerId = Id<"cus">;

/**
 * How tax is charged: as everybody's; to a business that has a VAT id and owes the tax itself where the law says so
 * (reverse charge); or not at all, for a buyer who has shown a certificate.
 */
export const TAX_STATUSES = ["taxed", "business", "exempt"] as const;
export type TaxStatus = (typeof TAX_STATUSES)[number];

/** What the till has to know about a buyer whom staff know. */
export type CustomerTerms = {
  readonly customerId: CustomerId;
  /** Whose price lists hold for this buyer; absent: everybody's. */
  readonly customerGroup?: string;
  readonly taxStatus: TaxStatus;
  /** VAT id or number of a certificate, as staff have checked it. */
  readonly taxId?: string;
};

export type Customer = CustomerTerms & {
  /** In lower case. */
  readonly email: string;
  readonly note: string;
  /** Raised by every change; the ETag. */
  readonly version: number;
  readonly updatedAtMs: number;
};

/** What staff write. */
export type CustomerInput = Omit<Customer, "customerId" | "version" | "updatedAtMs">;

export type FieldMistake = { readonly field: string; readonly detail: string };
export type CustomerRefusal =
  | { readonly code: "customer_unknown" }
  /** Another customer has this address. */
  | { readonly code: "email_taken" }
  | { readonly code: "version_conflict"; readonly version: number }
  | { readonly code: "invalid_customer"; readonly mistakes: readonly FieldMistake[] }
  | { readonly code: "invalid_cursor" };

type Answer<T> = Promise<Result<T, CustomerRefusal>>;

/** What staff do with customers. */
export type CustomerDesk = {
  list(request: {
    /** Beginning of an address. */
    readonly email?: string;
    readonly customerGroup?: string;
    readonly cursor?: string;
    readonly limit: number;
  }): Answer<Page<Customer>>;
  find(customerId: CustomerId): Answer<Customer>;
  /** A new customer. The id is the caller's, so that a repeat makes no second one. */
  create(customerId: CustomerId, input: CustomerInput): Answer<Customer>;
  save(customerId: CustomerId, input: CustomerInput, expectedVersion?: number): Answer<Customer>;
  /**
   * The secret of the personal link, the same for every call until a new one is made: then the old link leads nowhere.
   */
  linkKey(customerId: CustomerId, how: { readonly isRenewed: boolean }): Answer<string>;
  /** Who a link or cookie belongs to; `undefined` for a key that is not, or not any more, this customer's. */
  recognise(customerId: CustomerId, key: string): Promise<Customer | undefined>;
};

/** Reads what somebody wrote by the rules of the API; mistakes name the fields of its body. */
export type ReadCustomerInput = (
  input: unknown,
) => Result<CustomerInput, { readonly code: "invalid_customer"; readonly mistakes: readonly FieldMistake[] }>;
