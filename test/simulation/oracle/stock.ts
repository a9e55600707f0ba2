import type { JournalEntry, StockRpc } from "#inventory";
import type { OrderId } from "#kernel";
import type { World } from "../world/world.ts";
import { isSold, stockRpc, viewIn } from "./ask.ts";
import type { Finding } from "./at-rest.ts";

/** Kinds by which people, not orders, change what is on hand. */
const PEOPLE: readonly string[] = ["received", "counted", "adjusted", "damaged"];

/** Conservation of every SKU, told twice: by its journal, and by what the people ordered and delivered. */
export async function checkStock(world: World): Promise<readonly Finding[]> {
  const sold = await unitsSold(world);
  const findings: Finding[] = [];
  for (const sku of world.skus) {
    const stock = stockRpc(world, sku);
    const journal = await wholeJournal(stock);
    const level = await stock.level();
    const { violations } = await stock.audit({ limit: 1 });
    const wrong = [
      ...violations.map(({ rule }) => rule),
      ...journalFaults(journal),
      ...adjustmentFaults(world, sku, journal),
    ];
    const received = sumOf(journal.filter(({ kind }) => PEOPLE.includes(kind)));
    const expected = received - (sold.get(sku) ?? 0);
    if (level.onHand !== expected)
      wrong.push(`has ${level.onHand} on hand; ${received} came in and ${received - expected} were sold`);
    if (level.held !== 0) wrong.push(`has ${level.held} units held, and nobody is buying`);
    findings.push(...wrong.map((what) => ({ what: `${sku}: ${what}`, about: [sku] })));
  }
  return findings;
}

async function unitsSold(world: World): Promise<ReadonlyMap<string, number>> {
  const sold = new Map<string, number>();
  for (const { orderId, draft } of world.book.orders.values()) {
    if (!isSold(await viewIn(world, orderId as OrderId))) continue;
    for (const { sku, quantity } of draft.lines) sold.set(sku, (sold.get(sku) ?? 0) + quantity);
  }
  return sold;
}

const sumOf = (entries: readonly JournalEntry[]): number =>
  entries.reduce((sum, entry) => sum + entry.onHandChange, 0);

const PAGE = 100;

/** Oldest first. */
async function wholeJournal(stock: StockRpc): Promise<readonly JournalEntry[]> {
  const entries: JournalEntry[] = [];
  for (;;) {
    const before = entries.at(-1)?.sequence;
    const page = await stock.journal({ limit: PAGE, ...(before === undefined ? {} : { before }) });
    entries.push(...page);
    if (page.length < PAGE) return entries.reverse();
  }
}

/**
 * The journal has no gap, each entry follows from the one before at its location, and no sale ever took what was not there. Only people
 * who take units away that somebody has a claim on may leave less than nothing.
 */
function journalFaults(journal: readonly JournalEntry[]): readonly string[] {
  const places = new Map<string, { readonly onHand: number; readonly held: number }>();
  let wereUnitsTaken = false;
  for (const [index, entry] of journal.entries()) {
    const before = places.get(entry.location) ?? { onHand: 0, held: 0 };
    const onHand = before.onHand + entry.onHandChange;
    const held = before.held + entry.heldChange;
    places.set(entry.location, { onHand, held });
    if (entry.sequence !== index + 1) return [`its journal has ${entry.sequence} in place ${index + 1}`];
    if (entry.onHandAfter !== onHand || entry.heldAfter !== held)
      return [`its journal does not add up at ${entry.sequence}`];
    if (entry.kind === "held" && onHand - held < 0)
      return [`was oversold at ${entry.sequence}: ${onHand} on hand, ${held} held`];
    wereUnitsTaken ||= PEOPLE.includes(entry.kind) && entry.onHandChange < 0;
    if ((onHand < 0 && !wereUnitsTaken) || held < 0) return [`fell below nothing at ${entry.sequence}`];
  }
  return [];
}

/** Each accepted adjustment stands in the journal once, and nothing stands there that nobody asked for. */
function adjustmentFaults(world: World, sku: string, journal: readonly JournalEntry[]): readonly string[] {
  const found = Map.groupBy(
    journal.filter(({ kind }) => PEOPLE.includes(kind)),
    ({ reference }) => reference,
  );
  const asked = [...world.book.adjustments.values()].filter((note) => note.sku === sku);
  return [
    ...asked
      .filter(({ id, isAccepted }) => (found.get(id)?.length ?? 0) !== (isAccepted ? 1 : 0))
      .map(({ id }) => `adjustment ${id} stands ${found.get(id)?.length ?? 0} times in the journal`),
    ...[...found.keys()]
      .filter((id) => !world.book.adjustments.has(id))
      .map((id) => `nobody asked for adjustment ${id}`),
  ];
}
