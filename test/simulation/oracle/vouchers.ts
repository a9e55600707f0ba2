import type { OrderView } from "#orders";
import type { VoucherJournalEntry, VoucherRpc } from "#vouchers";
import type { World } from "../world/world.ts";
import { orderRpc, voucherRpc, wasConfirmed, type Rest } from "./ask.ts";
import type { Finding } from "./at-rest.ts";
import { balancesOf } from "./money.ts";

/** No limit of a coupon was ever passed, and money on cards is what was put on less what orders keep of it. */
export async function checkVouchers(rest: Rest): Promise<readonly Finding[]> {
  const { world } = rest;
  const findings: Finding[] = [];
  for (const voucherId of [...world.book.coupons.keys(), ...world.book.giftCards]) {
    const voucher = voucherRpc(world, voucherId);
    const journal = await wholeJournal(voucher);
    const view = await voucher.view();
    const wrong = [
      ...journalFaults(journal),
      ...couponFaults(rest, voucherId, journal),
      ...(await cardFaults(rest, voucherId, journal)),
    ];
    if (!view) wrong.push("was issued and does not exist");
    else if (view.held !== 0) wrong.push(`has ${view.held} held, and nobody is buying`);
    findings.push(...wrong.map((what) => ({ what: `${voucherId} ${what}`, about: [voucherId] })));
  }
  return findings;
}

const PAGE = 100;

/** Oldest first. */
async function wholeJournal(voucher: VoucherRpc): Promise<readonly VoucherJournalEntry[]> {
  const entries: VoucherJournalEntry[] = [];
  for (;;) {
    const before = entries.at(-1)?.sequence;
    const page = await voucher.journal({ limit: PAGE, ...(before === undefined ? {} : { before }) });
    entries.push(...page);
    if (page.length < PAGE) return entries.reverse();
  }
}

function journalFaults(journal: readonly VoucherJournalEntry[]): readonly string[] {
  let [used, held, balance] = [0, 0, 0];
  for (const [index, entry] of journal.entries()) {
    used += entry.usedChange;
    held += entry.heldChange;
    balance += entry.balanceChange;
    if (entry.sequence !== index + 1) return [`has ${entry.sequence} in place ${index + 1} of its journal`];
    if (entry.usedAfter !== used || entry.heldAfter !== held || entry.balanceAfter !== balance)
      return [`has a journal that does not add up at ${entry.sequence}`];
    if (used < 0 || held < 0 || balance < 0) return [`fell below nothing at ${entry.sequence}`];
  }
  return [];
}

function couponFaults(
  { world, views }: Rest,
  voucherId: string,
  journal: readonly VoucherJournalEntry[],
): readonly string[] {
  const limits = world.book.coupons.get(voucherId);
  if (!limits) return [];
  const passed = journal.find(({ usedAfter, heldAfter }) => usedAfter + heldAfter > limits.maxUses);
  const users = [...views.values()].filter((view) => wasConfirmed(view) && usesCoupon(view, voucherId));
  const used = journal.at(-1)?.usedAfter ?? 0;
  const perCustomer = Map.groupBy(users, ({ draft }) => draft.email);
  return [
    ...(passed ? [`passed its limit of ${limits.maxUses} at ${passed.sequence}`] : []),
    ...(used === users.length ? [] : [`counts ${used} uses; ${users.length} orders stand with it`]),
    ...[...perCustomer]
      .filter(([, orders]) => orders.length > limits.maxUsesPerCustomer)
      .map(([email, orders]) => `was used ${orders.length} times by ${email}`),
  ];
}

const usesCoupon = ({ draft }: OrderView, voucherId: string): boolean =>
  draft.discounts.some((discount) => discount.voucherId === voucherId);

/** Per order, the card's journal and the order's ledger tell the same; staff's changes stand there once. */
async function cardFaults(
  { world, views }: Rest,
  voucherId: string,
  journal: readonly VoucherJournalEntry[],
): Promise<readonly string[]> {
  if (!world.book.giftCards.includes(voucherId)) return [];
  const byReference = Map.groupBy(journal, ({ reference }) => reference);
  const changeBy = (reference: string): number =>
    (byReference.get(reference) ?? []).reduce((sum, entry) => sum + entry.balanceChange, 0);
  const wrong = topUpFaults(world, voucherId, byReference);
  for (const [orderId, { draft }] of views) {
    const isPaidByIt = draft.tenders.some((tender) => tender.voucherId === voucherId);
    if (!isPaidByIt && !byReference.has(orderId)) continue;
    const keeps = balancesOf(await orderRpc(world, orderId).ledger()).get("voucher_liability") ?? 0;
    if (changeBy(orderId) !== 0 - keeps)
      wrong.push(`changed by ${changeBy(orderId)} for ${orderId}, which keeps ${keeps}`);
  }
  return wrong;
}

function topUpFaults(
  world: World,
  voucherId: string,
  byReference: ReadonlyMap<string, readonly VoucherJournalEntry[]>,
): string[] {
  const asked = [...world.book.topUps.values()].filter((note) => note.voucherId === voucherId);
  const wrong = asked.flatMap(({ id, amountMinor, isAccepted }) => {
    const found = byReference.get(id) ?? [];
    const isRight = found.length === 1 || (found.length === 0 && !isAccepted);
    const isSame = found.every(({ balanceChange }) => balanceChange === amountMinor);
    return isRight && isSame ? [] : [`has ${id} ${found.length} times in its journal`];
  });
  const strange = [...byReference.keys()].filter(
    (reference) => !world.book.topUps.has(reference) && !reference.startsWith("ord_"),
  );
  return [...wrong, ...strange.map((reference) => `was changed by ${reference}, which nobody asked for`)];
}
