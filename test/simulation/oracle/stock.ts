import type { JournalEntry, StockLevel, StockRpc } from "#inventory";
import type { OrderView } from "#orders";
import type { World } from "../world/world.ts";
import { isSold, OWN_PROOF, shardsOf, stockRpc, type Rest } from "./ask.ts";
import type { Finding } from "./at-rest.ts";
import { partsOf } from "./claims.ts";
import { escrowViolations, unitsAt } from "./tables.ts";

/** Kinds by which people change what lies somewhere, each by one adjustment. */
const PEOPLE: readonly string[] = ["received", "counted", "adjusted", "damaged", "repaired", "scrapped"];
/** Kinds that only move units; what a transfer loses is gone. */
const TRANSFERS: readonly string[] = [
  "transferred_out",
  "in_transit",
  "transferred_in",
  "transferred_back",
  "transfer_ended",
  "transfer_lost",
];

/** Conservation of every SKU, told twice: by its journal, and by what the people ordered, got and sent back. */
export async function checkStock({ world, views }: Rest): Promise<readonly Finding[]> {
  const kept = unitsKept(views.values());
  const findings: Finding[] = [];
  for (const sku of world.skus) {
    const stock = stockRpc(world, sku);
    const journal = await wholeJournal(stock);
    const level = await stock.level();
    const { violations } = await stock.audit(OWN_PROOF);
    const wrong = [
      ...violations.map(({ rule }) => rule),
      ...journalFaults(journal),
      ...adjustmentFaults(world, sku, journal),
      ...transferFaults(journal),
      ...sumFaults(level, journal, kept.get(sku)),
    ];
    wrong.push(...escrowViolations(world.host("stock", sku), shardsOf(world, sku)));
    for (const shard of shardsOf(world, sku))
      if (unitsAt(shard) !== 0) wrong.push(`left ${unitsAt(shard)} units at ${shard.key}`);
    if (level.held !== 0) wrong.push(`has ${level.held} units held, and nobody is buying`);
    findings.push(...wrong.map((what) => ({ what: `${sku}: ${what}`, about: [sku] })));
  }
  return findings;
}

type Kept = { shelf: number; damaged: number };

/** Units of each SKU that left the shelf for buyers and did not come back to it, and those that came back damaged. */
function unitsKept(views: Iterable<OrderView>): ReadonlyMap<string, Kept> {
  const kept = new Map<string, Kept>();
  for (const view of views) {
    if (!isSold(view)) continue;
    const back = view.returns.flatMap(({ lines }) => lines);
    for (const line of view.draft.lines) {
      const own = back.filter(({ lineId }) => lineId === line.lineId);
      const restocked = own.reduce((sum, entry) => sum + entry.restocked, 0);
      const scrapped = own.reduce((sum, entry) => sum + entry.scrapped, 0);
      for (const { sku, quantity } of partsOf(line)) {
        const units = kept.get(sku) ?? { shelf: 0, damaged: 0 };
        units.shelf += (line.quantity - restocked) * quantity;
        units.damaged += scrapped * quantity;
        kept.set(sku, units);
      }
    }
  }
  return kept;
}

function sumFaults(level: StockLevel, journal: readonly JournalEntry[], kept?: Kept): readonly string[] {
  const byPeople = journal.filter(({ kind }) => PEOPLE.includes(kind) || TRANSFERS.includes(kind));
  const shelf = sumOf(byPeople) - (kept?.shelf ?? 0);
  const damaged = byPeople.reduce((sum, { others }) => sum + (others?.damaged?.change ?? 0), 0);
  const wrong: string[] = [];
  if (level.onHand !== shelf)
    wrong.push(
      `has ${level.onHand} on hand; people left ${sumOf(byPeople)} and buyers keep ${kept?.shelf ?? 0}`,
    );
  if (level.damaged !== damaged + (kept?.damaged ?? 0))
    wrong.push(`has ${level.damaged} damaged; ${damaged} by people, ${kept?.damaged ?? 0} sent back`);
  return wrong;
}

/** What leaves one location arrives at the other, turns back, is lost, or is still on the way: nothing exists twice. */
function transferFaults(journal: readonly JournalEntry[]): readonly string[] {
  const moves = Map.groupBy(
    journal.filter(({ kind }) => TRANSFERS.includes(kind)),
    ({ reference }) => reference,
  );
  const inTransit = (entry: JournalEntry): number => entry.others?.inTransit?.change ?? 0;
  return [...moves].flatMap(([transferId, entries]) => {
    const lost = entries.reduce(
      (sum, entry) => sum + (entry.kind === "transfer_lost" ? inTransit(entry) : 0),
      0,
    );
    const left = entries.reduce((sum, entry) => sum + entry.onHandChange + inTransit(entry), 0);
    const onTheWay = entries.reduce((sum, entry) => sum + inTransit(entry), 0);
    return left === lost && onTheWay >= 0 ? [] : [`transfer ${transferId} made ${left - lost} units`];
  });
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
 * The journal has no gap, each entry follows from the one before at its location, and no sale ever took what was not
 * there. Only people who take units away that somebody has a claim on may leave less than nothing.
 */
function journalFaults(journal: readonly JournalEntry[]): readonly string[] {
  const locations = new Map<string, { onHand: number; held: number }>();
  let wereUnitsTaken = false;
  for (const [index, entry] of journal.entries()) {
    const at = locations.get(entry.location) ?? { onHand: 0, held: 0 };
    locations.set(entry.location, at);
    at.onHand += entry.onHandChange;
    at.held += entry.heldChange;
    const { onHand, held } = at;
    if (entry.sequence !== index + 1) return [`its journal has ${entry.sequence} in place ${index + 1}`];
    if (entry.onHandAfter !== onHand || entry.heldAfter !== held)
      return [`its journal does not add up at ${entry.sequence}`];
    if (entry.kind === "held" && onHand - held < 0)
      return [`was oversold at ${entry.sequence}: ${onHand} on hand, ${held} held`];
    wereUnitsTaken ||= PEOPLE.includes(entry.kind) && entry.onHandChange < 0;
    if ((onHand < 0 && !wereUnitsTaken) || held < 0) return [`fell below nothing at ${entry.sequence}`];
    const others = [entry.others?.damaged?.after, entry.others?.inTransit?.after];
    if (others.some((after) => (after ?? 0) < 0)) return [`counts less than nothing at ${entry.sequence}`];
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
      // A request that was late may still be carried out after its repeat was refused.
      .filter(({ id, isAccepted }) => {
        const times = found.get(id)?.length ?? 0;
        return times > 1 || (isAccepted && times === 0);
      })
      .map(({ id }) => `adjustment ${id} stands ${found.get(id)?.length ?? 0} times in the journal`),
    ...[...found.keys()]
      .filter((id) => !world.book.adjustments.has(id))
      .map((id) => `nobody asked for adjustment ${id}`),
  ];
}
