import type { Likeness, SemanticIndex, SemanticProduct } from "../app/ports.ts";
import { fromHex, manyFromHex, toHex } from "../domain/bytes.ts";
import { nearestCells } from "../domain/cells.ts";
import { embed, type KnownTerms } from "../domain/embed.ts";
import {
  COMPARED_AT_ONCE,
  MAX_ALIKE,
  MAX_ASKED,
  MAX_COMPARED_TEXTS,
  MIN_ALIKE,
  PROBED_CELLS,
  PROBED_CELLS_OF_QUERY,
} from "../domain/limits.ts";
import { termsOfProduct, termsOfQuery, type Terms } from "../domain/text.ts";
import { DirectionTable, likeness, type Direction } from "../domain/vectors.ts";
import { MODEL_SQL, type CellsRow, type TermRow, type VectorRow } from "./model-sql.ts";

/** A D1 database, or a session of one. */
type Db = Pick<D1Database, "prepare" | "batch">;

/**
 * The index on our own model, in D1. Holds nothing between calls. A question about given products is one round trip, one
 * about the whole catalogue three; neither grows with it. Without a model everything is empty.
 */
export const createLocalIndex = (db: Db): SemanticIndex => ({
  upsert: (products) => upsert(db, products),
  remove: async (numbers) => {
    if (numbers.length > 0) await db.prepare(MODEL_SQL.remove).bind(JSON.stringify(numbers)).run();
  },
  query: ({ text, among, limit }) =>
    among ? compareSome(db, { text, among, limit }) : findNear(db, { text, limit }),
  neighbours: (products) =>
    findNeighbours(
      db,
      products.map(({ number }) => number),
    ),
  compareTexts: (text, others) => compareTexts(db, text, others),
});

async function upsert(db: Db, products: readonly SemanticProduct[]): Promise<readonly number[]> {
  if (products.length === 0) return [];
  const read = products.map(({ number, text }) => ({ number, terms: termsOfProduct(text) }));
  const numbers = JSON.stringify(read.map(({ number }) => number));
  const [terms, cells, before] = await db.batch([
    termsStatement(
      db,
      read.map(({ terms: of }) => of),
    ),
    db.prepare(MODEL_SQL.cells),
    db.prepare(MODEL_SQL.vectors).bind(numbers),
  ]);
  const model = readCells(cells);
  if (!model) return [];
  const known = readTerms(terms);
  const old = new Map(rowsOf<VectorRow>(before).map((row) => [row.number, row.direction.toLowerCase()]));
  const placed = read.map(({ number, terms: of }) => ({ number, direction: embed(of, known) }));
  const changed = placed.filter(
    ({ number, direction }) => old.get(number) !== (direction && toHex(direction)),
  );
  const put = changed.flatMap(({ number, direction }) =>
    direction
      ? [{ number, direction: toHex(direction), cell: nearestCells(model.cells, direction, 1)[0] ?? 0 }]
      : [],
  );
  const lost = changed.flatMap(({ number, direction }) => (direction ? [] : [number]));
  if (changed.length > 0)
    await db.batch([
      db.prepare(MODEL_SQL.put).bind(JSON.stringify(put), model.version),
      db.prepare(MODEL_SQL.remove).bind(JSON.stringify(lost)),
    ]);
  return changed.map(({ number }) => number);
}

type Question = { readonly text: string; readonly among: readonly number[]; readonly limit: number };

async function compareSome(db: Db, { text, among, limit }: Question): Promise<readonly Likeness[]> {
  const wanted = termsOfQuery(text);
  if (wanted.size === 0 || among.length === 0) return [];
  const [terms, vectors] = await db.batch([
    termsStatement(db, [wanted]),
    db.prepare(MODEL_SQL.vectors).bind(JSON.stringify(among.slice(0, MAX_ASKED))),
  ]);
  return rank(embed(wanted, readTerms(terms)), rowsOf<VectorRow>(vectors), limit);
}

async function findNear(
  db: Db,
  { text, limit }: Pick<Question, "text" | "limit">,
): Promise<readonly Likeness[]> {
  const wanted = termsOfQuery(text);
  if (wanted.size === 0) return [];
  const [terms, cells] = await db.batch([termsStatement(db, [wanted]), db.prepare(MODEL_SQL.cells)]);
  const model = readCells(cells);
  const direction = embed(wanted, readTerms(terms));
  if (!model || !direction) return [];
  const probed = nearestCells(model.cells, direction, PROBED_CELLS_OF_QUERY);
  const around = await db
    .prepare(MODEL_SQL.surroundingsOfQuery)
    .bind(JSON.stringify(probed))
    .all<VectorRow>();
  return rank(direction, around.results, limit);
}

function rank(to: Direction | undefined, rows: readonly VectorRow[], limit: number): readonly Likeness[] {
  if (!to) return [];
  const table = new DirectionTable(rows.map(({ direction }) => fromHex(direction)));
  return table
    .nearest(to, { limit: Math.min(limit, MAX_ASKED), least: -1 })
    .flatMap(({ index, likeness: alike }) => {
      const row = rows[index];
      return row ? [{ number: row.number, likeness: alike }] : [];
    });
}

async function findNeighbours(
  db: Db,
  numbers: readonly number[],
): Promise<ReadonlyMap<number, readonly Likeness[]>> {
  if (numbers.length === 0) return new Map();
  const [own, cells] = await db.batch([
    db.prepare(MODEL_SQL.vectors).bind(JSON.stringify(numbers)),
    db.prepare(MODEL_SQL.cells),
  ]);
  const model = readCells(cells);
  if (!model) return new Map();
  const found = new Map<number, readonly Likeness[]>();
  // Products of one cell have the same surroundings, so these are read once for all of them.
  for (const [cell, members] of byCell(rowsOf<VectorRow>(own))) {
    const middle = model.middles[cell];
    const probed = middle ? nearestCells(model.cells, middle, PROBED_CELLS) : [cell];
    const { results } = await db
      .prepare(MODEL_SQL.surroundings)
      .bind(JSON.stringify(probed))
      .all<VectorRow>();
    const table = new DirectionTable(results.map(({ direction }) => fromHex(direction)));
    for (const [place, { number, direction }] of members.entries()) {
      if (place > 0 && place % COMPARED_AT_ONCE === 0) await letOthersRun();
      const near = table.nearest(fromHex(direction), { limit: MAX_ALIKE + 1, least: MIN_ALIKE });
      const others = near.flatMap(({ index, likeness: alike }) => {
        const other = results[index]?.number;
        return other === undefined || other === number ? [] : [{ number: other, likeness: alike }];
      });
      found.set(number, others.slice(0, MAX_ALIKE));
    }
  }
  // A product without a direction has no neighbours, which is worth knowing, too.
  for (const number of numbers) if (!found.has(number)) found.set(number, []);
  return found;
}

/** Comparing is nothing but reckoning: without a pause everybody else of this thread would wait for all of it. */
const letOthersRun = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 0));

function byCell(rows: readonly VectorRow[]): ReadonlyMap<number, readonly VectorRow[]> {
  const cells = new Map<number, VectorRow[]>();
  for (const row of rows) {
    const members = cells.get(row.cell);
    if (members) members.push(row);
    else cells.set(row.cell, [row]);
  }
  return cells;
}

async function compareTexts(
  db: Db,
  text: string,
  others: readonly string[],
): Promise<ReadonlyMap<string, number>> {
  const wanted = termsOfQuery(text);
  const asked = others.slice(0, MAX_COMPARED_TEXTS).map((other) => ({ other, terms: termsOfQuery(other) }));
  if (wanted.size === 0 || asked.length === 0) return new Map();
  const { results } = await termsStatement(db, [wanted, ...asked.map(({ terms }) => terms)]).all<TermRow>();
  const known = knownTerms(results);
  const to = embed(wanted, known);
  if (!to) return new Map();
  return new Map(
    asked.flatMap(({ other, terms }) => {
      const direction = embed(terms, known);
      return direction ? [[other, likeness(to, direction)] as const] : [];
    }),
  );
}

const termsStatement = (db: Db, all: readonly Terms[]): D1PreparedStatement =>
  db.prepare(MODEL_SQL.terms).bind(JSON.stringify([...new Set(all.flatMap((terms) => [...terms.keys()]))]));

const readTerms = (answer: D1Result | undefined): KnownTerms => knownTerms(rowsOf<TermRow>(answer));

const knownTerms = (rows: readonly TermRow[]): KnownTerms =>
  new Map(rows.map(({ term, direction, force }) => [term, { direction: fromHex(direction), force }]));

type Model = {
  readonly version: number;
  readonly cells: DirectionTable;
  readonly middles: readonly Direction[];
};

function readCells(answer: D1Result | undefined): Model | undefined {
  const [row] = rowsOf<CellsRow>(answer);
  if (!row) return undefined;
  const middles = manyFromHex(row.directions);
  return { version: row.version, middles, cells: new DirectionTable(middles) };
}

/** Rows of a statement of ours, whose columns and CHECK constraints say what they are. */
const rowsOf = <Row>(answer: D1Result | undefined): readonly Row[] => (answer?.results ?? []) as Row[];
