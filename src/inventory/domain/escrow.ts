import { invariant } from "#kernel";
import { MAX_SHARDS, MIN_UNITS_PER_SHARD, POOL_SHARE_PPM, SHARD_HOLDS_PER_SECOND } from "./escrow-limits.ts";

/**
 * Escrow: the free units of a hot SKU are lent to shards, each of which sells its own without asking anybody. Units
 * travel in numbered parcels, one at a time per shard and direction, sent again until the other side has booked them:
 * at every moment `pool + in flight + Σ shards + sold = total`, and no unit is in two places.
 */

/** Whole units above 0 per location; a location without units is absent. */
export type Units = readonly { readonly locationId: string; readonly quantity: number }[];

/** Units on their way. `sequence` counts per shard and direction, from 1. */
export type Parcel = { readonly shard: number; readonly sequence: number; readonly units: Units };

export const countUnits = (units: Units): number => units.reduce((sum, { quantity }) => sum + quantity, 0);

/** What the parent remembers of one shard. */
export type ShardBook = {
  readonly shard: number;
  /** Sent, and not yet booked by the shard. */
  readonly grant?: Parcel;
  readonly lastGrant: number;
  /** Highest return that was booked here. */
  readonly lastReturn: number;
  /** Units granted − units returned. */
  readonly lent: number;
  /** Units sold there so far, as the shard said in its report of that version. */
  readonly sold: number;
  readonly reportVersion: number;
};

/** What a shard says of itself. `version` grows with every change; a sale that was undone lowers `sold`. */
export type ShardReport = { readonly version: number; readonly sold: number };

/** The parent's book. `generation` counts the splits; a shard sells in one generation only. */
export type Escrow = {
  readonly generation: number;
  readonly phase: "whole" | "split" | "recalling";
  readonly shards: readonly ShardBook[];
};

export const WHOLE: Escrow = { generation: 0, phase: "whole", shards: [] };

/** Units that are out of the parent's hands and not known to be sold: in flight, free or held at shards. */
export const lentUnits = (escrow: Escrow): number =>
  escrow.shards.reduce((sum, book) => sum + book.lent - book.sold, 0);

/** Shards that a rate of holds wants. */
export const shardsFor = (holdsPerSecond: number): number =>
  Math.min(MAX_SHARDS, Math.max(2, Math.ceil(holdsPerSecond / SHARD_HOLDS_PER_SECOND)));

/** A decision of the parent: the new book, and the units that leave its own level for a parcel. */
export type Split = { readonly escrow: Escrow; readonly taken: Units };

/**
 * Lends the free units to shards in equal parts and keeps a tenth. `undefined` when the SKU is split already or there
 * is too little to share. Shards that existed before keep their books, so that a late parcel is never booked twice.
 */
export function split(escrow: Escrow, free: Units, shards: number): Split | undefined {
  invariant(shards >= 1 && shards <= MAX_SHARDS, "a split has 1 to 16 shards");
  if (escrow.phase !== "whole" || escrow.shards.some((book) => book.grant)) return undefined;
  const part = free.flatMap(({ locationId, quantity }) => {
    const each = Math.floor((quantity * (1_000_000 - POOL_SHARE_PPM)) / 1_000_000 / shards);
    return each > 0 ? [{ locationId, quantity: each }] : [];
  });
  if (countUnits(part) < MIN_UNITS_PER_SHARD) return undefined;
  const count = Math.max(shards, escrow.shards.length);
  const books = Array.from({ length: count }, (_, index) => {
    const book = escrow.shards[index] ?? {
      shard: index + 1,
      lastGrant: 0,
      lastReturn: 0,
      lent: 0,
      sold: 0,
      reportVersion: 0,
    };
    return index < shards ? lend(book, part) : book;
  });
  return {
    escrow: { generation: escrow.generation + 1, phase: "split", shards: books },
    taken: part.map(({ locationId, quantity }) => ({ locationId, quantity: quantity * shards })),
  };
}

function lend(book: ShardBook, units: Units): ShardBook {
  const sequence = book.lastGrant + 1;
  return {
    ...book,
    grant: { shard: book.shard, sequence, units },
    lastGrant: sequence,
    lent: book.lent + countUnits(units),
  };
}

const change = (escrow: Escrow, shard: number, edit: (book: ShardBook) => ShardBook): Escrow => ({
  ...escrow,
  shards: escrow.shards.map((book) => (book.shard === shard ? edit(book) : book)),
});

/** The shard has booked a grant. Repeating is safe. */
export const grantArrived = (escrow: Escrow, shard: number, sequence: number): Escrow =>
  change(escrow, shard, (book) => {
    if (book.grant?.sequence !== sequence) return book;
    const { grant: _settled, ...rest } = book;
    return rest;
  });

/**
 * Books what a shard sends back, and what it says of itself at that moment; a repeat brings nothing.
 */
export function acceptReturn(
  escrow: Escrow,
  parcel: Parcel,
  report: ShardReport,
): { readonly escrow: Escrow; readonly gained: Units } {
  const reported = acceptReport(escrow, parcel.shard, report);
  const book = reported.shards.find((entry) => entry.shard === parcel.shard);
  invariant(book, "only a shard of this SKU sends units back");
  if (parcel.sequence <= book.lastReturn) return { escrow: reported, gained: [] };
  invariant(parcel.sequence === book.lastReturn + 1, "a shard sends one parcel at a time");
  const lent = book.lent - countUnits(parcel.units);
  invariant(lent >= book.sold, "a shard never returns more than it was lent");
  const next = change(reported, parcel.shard, (entry) => ({ ...entry, lastReturn: parcel.sequence, lent }));
  return { escrow: next, gained: parcel.units };
}

/** Notes what a shard says of itself; an older report changes nothing. */
export const acceptReport = (escrow: Escrow, shard: number, { version, sold }: ShardReport): Escrow =>
  change(escrow, shard, (book) =>
    version > book.reportVersion ? { ...book, sold, reportVersion: version } : book,
  );

/** Calls all units home: demand is low, or the pool is empty while shards may have some left. */
export const recall = (escrow: Escrow): Escrow =>
  escrow.phase === "split" ? { ...escrow, phase: "recalling" } : escrow;

/** Whole again, once nothing is lent any more: every unit came back or is sold. */
export const settle = (escrow: Escrow): Escrow =>
  escrow.phase === "recalling" && lentUnits(escrow) === 0 && escrow.shards.every((book) => !book.grant)
    ? { ...escrow, phase: "whole" }
    : escrow;

/** A shard's own book. */
export type ShardEscrow = {
  /** The generation it may sell in; a recall ends it. */
  readonly generation: number;
  readonly isRecalled: boolean;
  readonly lastGrant: number;
  readonly lastReturn: number;
  /** Sent home, and not yet booked by the parent. */
  readonly parcel?: Parcel;
};

export const NEW_SHARD: ShardEscrow = { generation: 0, isRecalled: false, lastGrant: 0, lastReturn: 0 };

/**
 * Books a grant: the units are the shard's from now on. A repeat brings nothing. A grant of a generation that was
 * recalled meanwhile is booked all the same, because its units have left the parent; they go home at once.
 */
export function acceptGrant(
  book: ShardEscrow,
  parcel: Parcel,
  generation: number,
): { readonly book: ShardEscrow; readonly gained: Units } {
  if (parcel.sequence <= book.lastGrant) return { book, gained: [] };
  invariant(parcel.sequence === book.lastGrant + 1, "the parent sends one parcel at a time");
  const isNewer = generation > book.generation;
  return {
    book: {
      ...book,
      lastGrant: parcel.sequence,
      generation: Math.max(generation, book.generation),
      isRecalled: isNewer ? false : book.isRecalled,
    },
    gained: parcel.units,
  };
}

/** Ends a generation: no new hold is taken here any more. A recall that is older than the shard's generation is void. */
export const acceptRecall = (book: ShardEscrow, generation: number): ShardEscrow =>
  generation >= book.generation ? { ...book, generation, isRecalled: true } : book;

/** Whether the shard may take holds of this generation or an older one. */
export const isSelling = (book: ShardEscrow): boolean => book.lastGrant > 0 && !book.isRecalled;

/** Sends free units home once the shard is recalled; one parcel at a time. */
export function sendHome(
  book: ShardEscrow,
  shard: number,
  free: Units,
): { readonly book: ShardEscrow; readonly taken: Units } {
  if (!book.isRecalled || book.parcel || countUnits(free) === 0) return { book, taken: [] };
  const sequence = book.lastReturn + 1;
  return { book: { ...book, parcel: { shard, sequence, units: free }, lastReturn: sequence }, taken: free };
}

/** The parent has booked a parcel. Repeating is safe. */
export function returnArrived(book: ShardEscrow, sequence: number): ShardEscrow {
  if (book.parcel?.sequence !== sequence) return book;
  const { parcel: _settled, ...rest } = book;
  return rest;
}
