import { after } from "#kernel";
import type { AuthoriseRequest, PaymentOutcome } from "#orders";
import { platformClock, type Clock } from "#platform";
import type { PaymentProvider } from "../app/ports.ts";
import { BANK_TRANSFER_MS } from "../domain/limits.ts";
import type { ManualMethod } from "../domain/methods.ts";

export type ManualOptions = {
  readonly clock?: Clock;
  /** Where a transfer goes, in one line; the order keeps what its buyer was told. */
  readonly instructions?: string;
};

/**
 * Payment that no machine makes: a transfer that staff see on the account, or cash that the carrier collects. There is
 * nobody to ask and no message to lose, so it keeps no state: the order is the book, and staff tell it what came
 * (`settleManually`). A transfer is `pending` until its due day, when the order gives it up by its own clock; cash counts
 * as promised at once. Money goes back by hand only: a refund is declined with `paid_back_by_hand`, so that it is never
 * said to be done before a person did it.
 */
export function createManualProvider(method: ManualMethod, options: ManualOptions = {}): PaymentProvider {
  const { clock = platformClock, instructions = "" } = options;
  const promise = { method, clock, instructions };
  const refusal = { kind: "declined", reason: "paid_back_by_hand" } as const;
  return {
    provider: method,
    authorise: (request) => Promise.resolve(promised(request, promise)),
    // It answers every authorise at once, so a key that an order still asks about waits for its money.
    statusByKey: (key, _call, reference) =>
      Promise.resolve(
        reference === undefined
          ? { kind: "not_found" }
          : { kind: "pending", reference: referenceOf(method, key) },
      ),
    capture: ({ reference, amount }) =>
      Promise.resolve({ kind: "captured", reference, amountMinor: amount.amountMinor }),
    voidPayment: ({ reference }) => Promise.resolve({ kind: "voided", reference }),
    refund: () => Promise.resolve(refusal),
    refundStatusByKey: () => Promise.resolve(refusal),
    isAvailable: () => true,
    checkAvailability: () => Promise.resolve(true),
  };
}

type Promised = Required<ManualOptions> & { readonly method: ManualMethod };

function promised(
  { key, amount }: AuthoriseRequest,
  { method, clock, instructions }: Promised,
): PaymentOutcome {
  const reference = referenceOf(method, key);
  if (method === "cash_on_delivery")
    return { kind: "authorised", reference, amountMinor: amount.amountMinor };
  return {
    kind: "pending",
    reference,
    expiresAt: after(clock.now(), BANK_TRANSFER_MS),
    ...(instructions === "" ? {} : { instructions }),
  };
}

const referenceOf = (method: ManualMethod, key: string): string => `${method}:${key}`;
