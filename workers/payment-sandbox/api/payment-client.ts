import { objectNamespace, secretName } from "#platform";
import { DEFAULT_LATE_SECONDS, MAX_LATE_SECONDS } from "../limits.ts";
import { LEDGER_NAME, type LedgerRpc, type PaymentRpc } from "../objects/contract.ts";

/**
 * The id that a merchant's idempotency key decides: the lookup by key needs no index, and one key is one payment by the
 * platform's own uniqueness. It is keyed by the API secret because whoever knows an id can open its payment page.
 */
export const paymentIdOf = async (env: SandboxEnv, key: string): Promise<string> =>
  `pay_${await secretName(env.PAYMENT_SANDBOX_KEY, `payment:${key}`)}`;

const PAYMENT_ID = /^pay_[0-9a-hjkmnp-tv-z]{32}$/;

/** The object of a payment; `undefined` when the text cannot be an id, so that guessing makes no objects. */
export const paymentObject = (env: SandboxEnv, id: string): PaymentRpc | undefined =>
  PAYMENT_ID.test(id) ? objectNamespace<PaymentRpc>(env.PAYMENTS).getByName(id) : undefined;

export const ledgerObject = (env: SandboxEnv): LedgerRpc =>
  objectNamespace<LedgerRpc>(env.LEDGER).getByName(LEDGER_NAME);

/** How long the "late reply" card keeps its answer back. */
export function lateMs(env: SandboxEnv): number {
  const seconds = Number(env.LATE_SECONDS);
  const isUsable = Number.isFinite(seconds) && seconds >= 0 && seconds <= MAX_LATE_SECONDS;
  return (isUsable ? seconds : DEFAULT_LATE_SECONDS) * 1000;
}
