import type { LedgerEntry } from "#orders";
import type { OrderNote } from "../world/book.ts";
import { refundedMinor } from "../world/provider.ts";
import type { World } from "../world/world.ts";
import { isSold, orderRpc, viewIn } from "./ask.ts";
import type { Finding } from "./at-rest.ts";

/** The provider's own book is the second witness: captures = sold orders, nothing left open, ledgers agree with it. */
export async function checkMoney(world: World): Promise<readonly Finding[]> {
  const findings: Finding[] = [];
  if (world.provider.counts.refundsTooLarge > 0)
    findings.push({ what: "the provider was asked to send back more than it had taken", about: ["refund"] });
  for (const note of world.book.orders.values()) {
    const about = [note.orderId];
    for (const what of await wrongWith(world, note))
      findings.push({ what: `${note.orderId} ${what}`, about });
  }
  return findings;
}

async function wrongWith(world: World, { orderId, draft }: OrderNote): Promise<readonly string[]> {
  const wrong: string[] = [];
  const payments = world.provider.paymentsOf(orderId);
  const view = await viewIn(world, orderId);
  const captured = payments.reduce((sum, payment) => sum + payment.capturedMinor, 0);
  const captures = payments.reduce((sum, payment) => sum + payment.captures, 0);
  const open = payments.filter(({ status }) => status === "authorised");
  const refunded = payments.reduce((sum, payment) => sum + refundedMinor(payment), 0);
  const net = captured - refunded;
  const isRight = isSold(view)
    ? captured === draft.dueMinor && refunded === view?.payment.refundedMinor
    : net === 0;
  if (!isRight || net < 0 || captures > 1)
    wrong.push(
      `is ${view?.status ?? "unknown"}: ${captured} captured (${captures} times), ${refunded} sent back, of ${draft.dueMinor}`,
    );
  if (open.length > 0) wrong.push(`is ${view?.status ?? "unknown"} and left an authorisation open`);
  const ledger = await orderRpc(world, orderId).ledger();
  const balances = balancesOf(ledger);
  if ([...balances.values()].reduce((sum, balance) => sum + balance, 0) !== 0)
    wrong.push("has a ledger that is off");
  if ((balances.get("provider_receivable") ?? 0) !== net)
    wrong.push(`booked ${balances.get("provider_receivable") ?? 0}, the provider ${net}`);
  for (const account of ["buyer_reserved", "refunds_due"])
    if ((balances.get(account) ?? 0) !== 0) wrong.push(`keeps ${balances.get(account) ?? 0} in ${account}`);
  return wrong;
}

/** Debits less credits of each account. */
function balancesOf(ledger: readonly LedgerEntry[]): ReadonlyMap<string, number> {
  const balances = new Map<string, number>();
  for (const { account, debitMinor, creditMinor } of ledger)
    balances.set(account, (balances.get(account) ?? 0) + debitMinor - creditMinor);
  return balances;
}
