import type { LedgerEntry, OrderView, PaymentLeg, Refund } from "#orders";
import type { OrderNote } from "../world/book.ts";
import { refundedMinor, type BookedPayment } from "../world/provider.ts";
import { isSold, orderRpc, wasConfirmed, type Rest } from "./ask.ts";
import type { Finding } from "./at-rest.ts";

/** The provider's own book is the second witness: captures = what was owed, nothing left open, ledgers agree with it. */
export async function checkMoney(rest: Rest): Promise<readonly Finding[]> {
  const { world, views } = rest;
  const findings: Finding[] = [];
  if (world.provider.counts.refundsTooLarge > 0)
    findings.push({ what: "the provider was asked to send back more than it had taken", about: ["refund"] });
  for (const note of world.book.orders.values()) {
    const view = views.get(note.orderId);
    const payments = [...world.provider.paymentsOf(note.orderId), ...receiptsOf(rest, note)];
    const ledger = await orderRpc(world, note.orderId).ledger();
    const wrong = [
      ...wrongPayments(payments, view),
      ...wrongSums(note, view),
      ...wrongLedger(ledger, payments),
    ];
    findings.push(...wrong.map((what) => told(note, view, what)));
  }
  return findings;
}

const told = ({ orderId }: OrderNote, view: OrderView | undefined, what: string): Finding => ({
  what: `${orderId} is ${view?.status ?? "unknown"} and ${what}`,
  about: [orderId],
});

const sum = (amounts: readonly number[]): number => amounts.reduce((total, amount) => total + amount, 0);

/** Money that staff saw is a payment like another: taken once, whole, and never sent back by a machine. */
function receiptsOf({ world, views }: Rest, note: OrderNote): readonly BookedPayment[] {
  const view = views.get(note.orderId);
  return [0, ...(view?.edits.map(({ part }) => part) ?? [])].flatMap((part) => {
    const receipt = world.book.receipts.get(`${note.orderId}/${part}`);
    const leg = view?.payment.legs.find((known) => known.part === part && known.provider !== "sandbox");
    // What was told and never answered may have arrived.
    if (!receipt || !(receipt.isAccepted || leg)) return [];
    const dueMinor = part === 0 ? note.draft.dueMinor : (leg?.capturedMinor ?? 0);
    return [
      { ...HAND_OVER, key: "", reference: receipt.reference, orderId: note.orderId, capturedMinor: dueMinor },
    ];
  });
}

const HAND_OVER = {
  authorisedMinor: 0,
  expiresAt: 0,
  status: "captured",
  captures: 1,
  voids: 0,
  refunds: new Map<string, number>(),
} as const;

/** Paid, or refused by a way of paying that no machine sends back on, so that a person has paid by hand. */
const isSettled = ({ status, movements }: Refund, legs: readonly PaymentLeg[]): boolean =>
  status === "paid" ||
  (status === "failed" &&
    movements.every(
      ({ status: end, target }) =>
        end === "paid" ||
        (target.kind === "payment" &&
          legs.some(({ part, provider }) => part === target.part && provider !== "sandbox")),
    ));

/** Every authorisation of every leg is captured once or voided, and no leg gives back more than it took. */
function wrongPayments(payments: readonly BookedPayment[], view: OrderView | undefined): readonly string[] {
  const wrong: string[] = [];
  const legs = view?.payment.legs ?? [];
  for (const payment of payments) {
    const { reference, status, captures, capturedMinor } = payment;
    const back = refundedMinor(payment);
    const leg = legs.find((known) => known.reference === reference);
    if (status === "authorised") wrong.push(`left an authorisation open: ${reference}`);
    if (captures > 1) wrong.push(`captured ${reference} ${captures} times`);
    if (back > capturedMinor) wrong.push(`sent ${back} back of ${capturedMinor}`);
    if ((leg?.capturedMinor ?? 0) !== capturedMinor || (leg?.refundedMinor ?? 0) !== back)
      wrong.push(`knows ${JSON.stringify(leg)} of ${reference}: ${capturedMinor} taken, ${back} sent back`);
  }
  if (legs.length !== payments.filter(({ captures }) => captures > 0).length)
    wrong.push(`has ${legs.length} legs of ${payments.length} payments`);
  return wrong;
}

/** What was taken is what the order and each of its edits cost; what went back has a reason, and is never more. */
function wrongSums({ draft }: OrderNote, view: OrderView | undefined): readonly string[] {
  if (!view) return [];
  const { payment, refunds } = view;
  const wrong: string[] = [];
  const taken = payment.capturedMinor + payment.vouchersMinor;
  if (payment.refundedMinor > taken) wrong.push(`sent ${payment.refundedMinor} back of ${taken}`);
  if (refunds.some((refund) => !isSettled(refund, payment.legs)))
    wrong.push("has a refund that is neither paid nor left to a person");
  if (!wasConfirmed(view) && payment.capturedMinor + payment.vouchersMinor !== payment.refundedMinor)
    wrong.push(`keeps ${taken - payment.refundedMinor}`);
  if (!isSold(view)) {
    if (taken !== payment.refundedMinor) wrong.push(`took ${taken} and sent ${payment.refundedMinor} back`);
    return wrong;
  }
  const own = payment.legs.find(({ part }) => part === 0)?.capturedMinor ?? 0;
  if (own !== draft.dueMinor) wrong.push(`took ${own} of ${draft.dueMinor}`);
  const tenders = sum(draft.tenders.map(({ amountMinor }) => amountMinor));
  if (payment.vouchersMinor !== tenders)
    wrong.push(`took ${payment.vouchersMinor} of ${tenders} from vouchers`);
  return [...wrong, ...wrongEdits(view), ...wrongReturns(view)];
}

/** An applied edit was paid first, by money or by what a return was worth; an abandoned one costs nothing. */
function wrongEdits({ payment, edits, returns, refunds }: OrderView): readonly string[] {
  const wrong: string[] = [];
  const credited = sum(returns.map(({ creditedMinor }) => creditedMinor));
  let paid = 0;
  for (const { part, outcome, differenceMinor, editId } of edits) {
    const leg = payment.legs.find((known) => known.part === part);
    if (outcome === "applied") paid += leg?.capturedMinor ?? 0;
    else if (leg && leg.refundedMinor < leg.capturedMinor)
      wrong.push(`abandoned ${editId} and keeps ${leg.capturedMinor - leg.refundedMinor} for it`);
    const refund = refunds.find(({ refundId }) => refundId === `edit:${part}`);
    if (refund && refund.amountMinor > 0 - differenceMinor)
      wrong.push(
        `sent ${refund.amountMinor} back for ${editId}, which made it cheaper by ${0 - differenceMinor}`,
      );
  }
  const dearer = edits.filter(({ outcome, differenceMinor }) => outcome === "applied" && differenceMinor > 0);
  const owed = sum(dearer.map(({ differenceMinor }) => differenceMinor));
  if (paid + credited !== owed) wrong.push(`edits cost ${owed}; ${paid} were paid and ${credited} credited`);
  return wrong;
}

/** A return gives back at most what came back is worth, less what an exchange has used. */
const wrongReturns = ({ returns, refunds }: OrderView): readonly string[] =>
  returns.flatMap(({ returnId, valueMinor, creditedMinor }) => {
    const back = refunds.find(({ refundId }) => refundId === `return:${returnId}`)?.amountMinor ?? 0;
    const isTooMuch =
      creditedMinor > valueMinor || (back > valueMinor - creditedMinor && back > MOST_BY_HAND);
    return isTooMuch
      ? [`sent ${back} back for ${returnId}, worth ${valueMinor}, of which ${creditedMinor} were used`]
      : [];
  });

/** Staff may say how much goes back, whatever it is worth; the simulated ones never say more. */
const MOST_BY_HAND = 900;

function wrongLedger(ledger: readonly LedgerEntry[], payments: readonly BookedPayment[]): readonly string[] {
  const wrong: string[] = [];
  const balances = balancesOf(ledger);
  const net = sum(payments.map((payment) => payment.capturedMinor - refundedMinor(payment)));
  if (sum([...balances.values()]) !== 0) wrong.push("has a ledger that is off");
  if ((balances.get("provider_receivable") ?? 0) !== net)
    wrong.push(`booked ${balances.get("provider_receivable") ?? 0}, the provider ${net}`);
  for (const account of ["buyer_reserved", "provider_reserved", "refunds_due"])
    if ((balances.get(account) ?? 0) !== 0) wrong.push(`keeps ${balances.get(account) ?? 0} in ${account}`);
  return wrong;
}

/** Debits less credits of each account. */
export function balancesOf(ledger: readonly LedgerEntry[]): ReadonlyMap<string, number> {
  const balances = new Map<string, number>();
  for (const { account, debitMinor, creditMinor } of ledger)
    balances.set(account, (balances.get(account) ?? 0) + debitMinor - creditMinor);
  return balances;
}
