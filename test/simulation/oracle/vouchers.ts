import type { OrderId } from "#kernel";
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
  const given: Given = new Map();
  for (const voucherId of [...world.book.coupons.keys(), ...world.book.cards.keys()]) {
    const voucher = voucherRpc(world, voucherId);
    const journal = await wholeJournal(voucher);
    const view = await voucher.view();
    const wrong = [
      ...journalFaults(journal),
      ...couponFaults(rest, voucherId, journal),
      ...cardFaults(rest, { voucherId, journal }, given),
    ];
    if (!view) wrong.push("was issued and does not exist");
    else if (view.held !== 0) wrong.push(`has ${view.held} held, and nobody is buying`);
    findings.push(...wrong.map((what) => ({ what: `${voucherId} ${what}`, about: [voucherId] })));
  }
  return [...findings, ...(await ledgerFaults(rest, given))];
}

type Card = { readonly voucherId: string; readonly journal: readonly VoucherJournalEntry[] };

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

/** Of an order's money on cards: what each card gave. */
type Given = Map<OrderId, Map<string, number>>;

/** What a card gave to each order is at most what the order asked of it; staff's changes stand there once. */
function cardFaults({ world, views }: Rest, card: Card, given: Given): readonly string[] {
  const { voucherId, journal } = card;
  if (!world.book.cards.has(voucherId)) return [];
  const byReference = Map.groupBy(journal, ({ reference }) => reference);
  const wrong = topUpFaults(world, voucherId, byReference);
  for (const [orderId, { draft }] of views) {
    const moves = byReference.get(orderId) ?? [];
    const gaveMinor = 0 - moves.reduce((sum, entry) => sum + entry.balanceChange, 0);
    const askedMinor = draft.tenders.find((tender) => tender.voucherId === voucherId)?.amountMinor ?? 0;
    if (gaveMinor < 0 || gaveMinor > askedMinor)
      wrong.push(`gave ${gaveMinor} of ${askedMinor} to ${orderId}`);
    const ofOrder = given.get(orderId) ?? new Map<string, number>();
    given.set(orderId, ofOrder.set(voucherId, gaveMinor));
  }
  return wrong;
}

/** What an order's ledger keeps of cards is what all of them gave to it. */
async function ledgerFaults({ world, views }: Rest, given: Given): Promise<readonly Finding[]> {
  const findings: Finding[] = [];
  for (const orderId of views.keys()) {
    const cards = given.get(orderId) ?? new Map<string, number>();
    const gave = [...cards.values()].reduce((sum, minor) => sum + minor, 0);
    const keeps = balancesOf(await orderRpc(world, orderId).ledger()).get("voucher_liability") ?? 0;
    if (gave === keeps) continue;
    const about = [orderId, ...cards.keys()];
    findings.push({ what: `${orderId} keeps ${keeps} of cards that gave ${gave}`, about });
  }
  return findings;
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
