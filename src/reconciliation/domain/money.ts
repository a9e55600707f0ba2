/** One account of an order's ledger, summed, in minor units. */
export type AccountSum = {
  readonly account: string;
  readonly debitMinor: number;
  readonly creditMinor: number;
};

/** What a ledger says of the provider's money, in minor units. */
export type MoneySums = ProviderSums & {
  readonly debitMinor: number;
  readonly creditMinor: number;
  /** Paid for the order, by whatever means, and not promised back. */
  readonly keptMinor: number;
};

/** What the provider's own book says about one order, in minor units. */
export type ProviderSums = {
  readonly capturedMinor: number;
  readonly refundedMinor: number;
  /** Authorised, and neither captured nor released yet. */
  readonly reservedMinor: number;
};

/** The accounts of an order's ledger that tell of the provider's money. */
const RESERVED = "provider_reserved";
const RECEIVABLE = "provider_receivable";
/** What the order has got from providers and vouchers. */
const PAID = "order_paid";

const NOTHING = { debitMinor: 0, creditMinor: 0 };

/** Reads the sums of a ledger; an empty one has moved nothing. */
export function moneyOf(ledger: readonly AccountSum[]): MoneySums {
  const of = (account: string): Omit<AccountSum, "account"> =>
    ledger.find((entry) => entry.account === account) ?? NOTHING;
  const reserved = of(RESERVED);
  const receivable = of(RECEIVABLE);
  const paid = of(PAID);
  return {
    debitMinor: ledger.reduce((sum, entry) => sum + entry.debitMinor, 0),
    creditMinor: ledger.reduce((sum, entry) => sum + entry.creditMinor, 0),
    keptMinor: paid.creditMinor - paid.debitMinor,
    capturedMinor: receivable.debitMinor,
    refundedMinor: receivable.creditMinor,
    reservedMinor: reserved.debitMinor - reserved.creditMinor,
  };
}
