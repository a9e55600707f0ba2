import { inParallel } from "../support/parallel.ts";
import { askAll, expectOk, type Ask, type Money } from "../support/shop-client.ts";
import { accountFor, countClasses, SOLD, type Account } from "./accounts.ts";
import type { Attempt } from "./shoppers.ts";

/** Requests at once while everything is asked for; the shop has nothing else to do then. */
const ASK_WIDTH = 8;

export type Witnesses = {
  readonly origin: string;
  readonly paymentOrigin: string;
  readonly adminToken: string;
  readonly paymentKey: string;
};

export type OrderRow = {
  readonly id: string;
  readonly status: string;
  readonly paymentStatus: string;
  readonly email: string;
  readonly total: Money;
};
export type OrderBody = {
  readonly id: string;
  readonly status: string;
  readonly email: string;
  readonly total: Money;
  readonly lines: readonly { readonly sku: string; readonly quantity: number }[];
  readonly payment: { readonly captured: Money };
  /** Why it was called off. */
  readonly cancelReason?: string;
};
type Level = { readonly onHand: number; readonly held: number; readonly available: number };
type Movement = Record<"sequence" | "onHandChange" | "heldChange" | "onHandAfter" | "heldAfter", number> & {
  readonly kind: string;
  readonly location: string;
  readonly reference: string;
};
type Sum = { readonly count: number; readonly amountMinor: number };
type Totals = Record<"authorised" | "captured" | "released" | "refunded", Sum> & {
  readonly reference: string;
};
type Balance = { readonly account: string; readonly debitMinor: number; readonly creditMinor: number };
type Posting = { readonly account: string; readonly debit: Money; readonly credit: Money };

const ENDED = new Set([...SOLD, "cancelled"]);

/** Everything that there is to know afterwards, read from the shop's and the provider's own mouths. */
export type Evidence = {
  readonly rows: readonly OrderRow[];
  readonly orders: readonly OrderBody[];
  readonly ledgers: ReadonlyMap<string, readonly Posting[]>;
  readonly levels: ReadonlyMap<string, Level>;
  readonly journals: ReadonlyMap<string, readonly Movement[]>;
  readonly totals: readonly Totals[];
  readonly balances: readonly Balance[];
};

const staff = ({ adminToken }: Witnesses, path: string): Ask => ({
  path: `/admin/api${path}`,
  headers: { authorization: `Bearer ${adminToken}` },
});

/** The level of one SKU, from its object. */
export const levelOf = (witnesses: Witnesses, sku: string): Promise<Level> =>
  expectOk<Level>(witnesses.origin, staff(witnesses, `/stock/${sku}`));

/** States on the way to another one; the API lists orders by state, so a long history costs nothing. */
const MOVING = [
  "created",
  "holding",
  "held",
  "authorising",
  "authorised",
  "payment_unknown",
  "committing",
  "capturing",
  "releasing",
  "needs_attention",
] as const;

/**
 * What is still on its way, one line each: empty when the shop has come to rest. `placed` are orders that the list has to
 * know by now, because a list that lags behind hides what moves.
 */
export async function unsettled(
  witnesses: Witnesses,
  skus: readonly string[],
  placed: readonly string[] = [],
): Promise<readonly string[]> {
  const levels = await Promise.all(skus.map((sku) => levelOf(witnesses, sku)));
  const held = levels.flatMap((level, index) =>
    level.held === 0 ? [] : [`${skus[index] ?? ""} has ${level.held} held`],
  );
  if (held.length > 0) return held;
  const moving = await inParallel(MOVING, ASK_WIDTH, (status) =>
    askAll<OrderRow>(witnesses.origin, staff(witnesses, `/orders?status=${status}`)),
  );
  const waiting = moving.flat().map((row) => `${row.id} is ${row.status} in the list`);
  if (waiting.length > 0 || placed.length === 0) return waiting;
  const listed = await listedOrders(witnesses);
  const known = new Set(listed.map(({ id }) => id));
  return placed.filter((id) => !known.has(id)).map((id) => `${id} is not in the list`);
}

/** The orders that the list knows by now. */
export const listedOrders = (witnesses: Witnesses): Promise<readonly OrderRow[]> =>
  askAll<OrderRow>(witnesses.origin, staff(witnesses, "/orders"));

/** Asks the shop and the payment provider for everything. */
export async function gather(witnesses: Witnesses, skus: readonly string[]): Promise<Evidence> {
  const { origin, paymentOrigin, paymentKey } = witnesses;
  const rows = await listedOrders(witnesses);
  const orders = await inParallel(rows, ASK_WIDTH, ({ id }) =>
    expectOk<OrderBody>(origin, staff(witnesses, `/orders/${id}`)),
  );
  const postings = await inParallel(rows, ASK_WIDTH, ({ id }) =>
    expectOk<{ items: Posting[] }>(origin, staff(witnesses, `/orders/${id}/ledger`)),
  );
  const ledgers = new Map(rows.map(({ id }, index) => [id, postings[index]?.items ?? []]));
  const levels = new Map<string, Level>();
  const journals = new Map<string, readonly Movement[]>();
  for (const sku of skus) {
    levels.set(sku, await levelOf(witnesses, sku));
    const newestFirst = await askAll<Movement>(origin, staff(witnesses, `/stock/${sku}/journal`));
    journals.set(sku, newestFirst.toReversed());
  }
  const provider: Ask = { path: "/v1/ledger/totals", headers: { authorization: `Bearer ${paymentKey}` } };
  const totals = await askAll<Totals>(paymentOrigin, provider);
  const { balances } = await expectOk<{ balances: Balance[] }>(paymentOrigin, provider);
  return { rows, orders, ledgers, levels, journals, totals, balances };
}

/** What is wrong, one sentence each; empty when every promise was kept. */
export function judge(
  evidence: Evidence,
  attempts: readonly Attempt[],
  initial: ReadonlyMap<string, number>,
): readonly string[] {
  return [...judgeAttempts(evidence, attempts), ...judgeBooks(evidence, initial)];
}

/** The same without the buyers' side: stock, money and the list agree with the orders, whoever made them. */
export function judgeBooks(evidence: Evidence, initial: ReadonlyMap<string, number>): readonly string[] {
  return [...judgeStock(evidence, initial), ...judgeMoney(evidence), ...judgeList(evidence)];
}

/** P2: each attempt is accounted for, one key makes one order, and an order costs what was shown. */
function judgeAttempts({ orders }: Evidence, attempts: readonly Attempt[]): string[] {
  const known = new Set(attempts.map(({ email }) => email));
  const ordersOf = Map.groupBy(orders, ({ email }) => email);
  return [
    ...accountsOf(orders, attempts).flatMap((account) => ("fault" in account ? [account.fault] : [])),
    ...attempts.flatMap(({ email, key, totalMinor }) => {
      const [first, ...others] = ordersOf.get(email) ?? [];
      const isDearer = first !== undefined && first.total.amountMinor !== totalMinor;
      return [
        ...(others.length > 0 ? [`key ${key} made ${others.length + 1} orders`] : []),
        ...(isDearer ? [`${first.id} costs something else than was shown`] : []),
      ];
    }),
    ...orders.filter(({ email }) => !known.has(email)).map(({ id }) => `nobody asked for ${id}`),
  ];
}

/** What became of each attempt, in order. */
function accountsOf(orders: readonly OrderBody[], attempts: readonly Attempt[]): readonly Account[] {
  const byEmail = new Map(orders.map((order) => [order.email, order]));
  return attempts.map((attempt) => accountFor(attempt, byEmail.get(attempt.email)));
}

/** P1 and P6: what is gone from the shelf is what was sold, nothing is still held, and the journal tells all of it. */
function judgeStock({ orders, levels, journals }: Evidence, initial: ReadonlyMap<string, number>): string[] {
  const faults: string[] = [];
  for (const [sku, level] of levels) {
    const sold = sumOf(
      orders
        .filter((order) => SOLD.has(order.status))
        .flatMap((order) => order.lines.filter((line) => line.sku === sku).map((line) => line.quantity)),
    );
    const expected = (initial.get(sku) ?? 0) - sold;
    if (level.onHand !== expected)
      faults.push(`${sku}: ${level.onHand} on hand, ${expected} expected (${sold} sold)`);
    if (level.held !== 0) faults.push(`${sku}: ${level.held} still held`);
    if (level.onHand < 0 || level.available < 0) faults.push(`${sku}: sold more than there was`);
    faults.push(...judgeJournal(sku, journals.get(sku) ?? [], level));
  }
  return faults;
}

function judgeJournal(sku: string, journal: readonly Movement[], level: Level): string[] {
  const faults: string[] = [];
  // Each entry tells of one location; the level is the sum of them all.
  const places = new Map<string, { readonly onHand: number; readonly held: number }>();
  for (const [index, entry] of journal.entries()) {
    const before = places.get(entry.location) ?? { onHand: 0, held: 0 };
    const onHand = before.onHand + entry.onHandChange;
    const held = before.held + entry.heldChange;
    places.set(entry.location, { onHand, held });
    if (entry.sequence !== index + 1)
      faults.push(`${sku}: movement ${index + 1} is missing from the journal`);
    if (entry.onHandAfter !== onHand || entry.heldAfter !== held)
      faults.push(`${sku}: movement ${entry.sequence} miscounts`);
    if (onHand < held || held < 0) faults.push(`${sku}: movement ${entry.sequence} leaves less than nothing`);
  }
  // One order's leak must not hide behind another's.
  for (const [reference, moves] of Map.groupBy(journal, (entry) => entry.reference)) {
    const left = sumOf(moves.map((entry) => entry.heldChange));
    if (left !== 0) faults.push(`${sku}: ${left} still held by ${reference}`);
  }
  const sales = journal
    .filter((entry) => entry.kind === "committed")
    .map((entry) => `${entry.reference} ${entry.location}`);
  if (new Set(sales).size !== sales.length) faults.push(`${sku}: an order was committed twice`);
  const totals = [...places.values()];
  if (
    sumOf(totals.map(({ onHand }) => onHand)) !== level.onHand ||
    sumOf(totals.map(({ held }) => held)) !== level.held
  )
    faults.push(`${sku}: the journal does not add up to the level`);
  return faults;
}

/** P3: the provider's own book has one capture per sold order and no reservation is left over. */
function judgeMoney({ orders, totals, balances, ledgers }: Evidence): string[] {
  const faults: string[] = [];
  const byReference = new Map(totals.map((each) => [each.reference, each]));
  for (const order of orders) {
    const money = byReference.get(order.id);
    const isSold = SOLD.has(order.status);
    const captured = money?.captured ?? { count: 0, amountMinor: 0 };
    const due = isSold ? order.total.amountMinor : 0;
    if (captured.count !== (isSold ? 1 : 0) || captured.amountMinor !== due)
      faults.push(
        `${order.id} (${order.status}): ${captured.count} captures of ${captured.amountMinor}, due ${due}`,
      );
    if (order.payment.captured.amountMinor !== due) faults.push(`${order.id} believes in another capture`);
    const postings = ledgers.get(order.id) ?? [];
    const debits = sumOf(postings.map((posting) => posting.debit.amountMinor));
    const credits = sumOf(postings.map((posting) => posting.credit.amountMinor));
    if (debits !== credits)
      faults.push(`${order.id}: its ledger has ${debits} debits and ${credits} credits`);
  }
  const known = new Set(orders.map(({ id }) => id));
  for (const { reference, authorised, captured, released, refunded } of totals) {
    if (!known.has(reference))
      faults.push(`the provider has money for ${reference}, the shop has no such order`);
    if (authorised.amountMinor !== captured.amountMinor + released.amountMinor)
      faults.push(`${reference}: an authorisation is neither captured nor voided`);
    if (refunded.count > 0) faults.push(`${reference}: money went back although nobody returned anything`);
  }
  const debit = sumOf(balances.map((balance) => balance.debitMinor));
  const credit = sumOf(balances.map((balance) => balance.creditMinor));
  if (debit !== credit) faults.push(`the provider's book has ${debit} debits and ${credit} credits`);
  return faults;
}

/** P5: the list says what the orders say. Parcels move on meanwhile, so "sold" is compared, not each step of the way. */
function judgeList({ rows, orders }: Evidence): string[] {
  const rowOf = new Map(rows.map((row) => [row.id, row]));
  return orders.flatMap((order) => {
    const row = rowOf.get(order.id);
    const agrees =
      row !== undefined &&
      SOLD.has(row.status) === SOLD.has(order.status) &&
      ENDED.has(row.status) === ENDED.has(order.status) &&
      row.email === order.email &&
      row.total.amountMinor === order.total.amountMinor;
    return agrees
      ? []
      : [`${order.id}: the list says ${row?.status ?? "nothing"}, the order ${order.status}`];
  });
}

const sumOf = (numbers: readonly number[]): number => numbers.reduce((sum, each) => sum + each, 0);

/** How often each thing happened, for the report of a run. */
export function figures(
  { orders, totals }: Evidence,
  attempts: readonly Attempt[],
): Readonly<Record<string, number>> {
  const acknowledged = attempts.filter(({ outcome }) => outcome?.kind === "acknowledged").length;
  return {
    attempts: attempts.length,
    acknowledged,
    refused: attempts.filter(({ outcome }) => outcome?.kind === "refused").length,
    ...countClasses(accountsOf(orders, attempts)),
    repeated: attempts.filter(({ unanswered }) => unanswered > 0).length,
    sold: orders.filter((order) => SOLD.has(order.status)).length,
    cancelled: orders.filter((order) => order.status === "cancelled").length,
    captures: sumOf(totals.map((each) => each.captured.count)),
    voids: sumOf(totals.map((each) => each.released.count)),
  };
}
