import { invariant, SECOND_MS } from "#kernel";
import type { Exchange, ExchangeReply } from "../contract.ts";
import { MIN_UNITS_PER_SHARD, POOL_LASTS_MS, POOL_SHARE_PPM, SPLIT_HEADROOM } from "./escrow-limits.ts";
import {
  acceptReport,
  acceptReturn,
  countUnits,
  grantArrived,
  lentUnits,
  recall,
  settle,
  shardsFor,
  split,
  WHOLE,
  type Escrow,
  type ShardBook,
  type Units,
} from "./escrow.ts";
import { availableAt, firstLocation, sumOf, type Movement, type StockState } from "./level.ts";

/** What the shard said last, by location; the level has been moved by it. */
type ShardAccount = { readonly sold: Units; readonly held: Units };

/** What a parent has lent, beside its level. */
export type Lending = {
  readonly escrow: Escrow;
  /** By shard, the first one at 0. */
  readonly accounts: readonly ShardAccount[];
  /** Shards that new orders are sent to; 0 unless split. */
  readonly selling: number;
  /** How often somebody had a reason to look after all shards, and up to which of those that was done. */
  readonly looks: { readonly wanted: number; readonly done: number };
};

export const NOTHING_LENT: Lending = {
  escrow: WHOLE,
  accounts: [],
  selling: 0,
  looks: { wanted: 0, done: 0 },
};

const NO_ACCOUNT: ShardAccount = { sold: [], held: [] };

/** A new book, and the movements that the level makes with it in the same transaction. */
export type LendingDecision = { readonly lending: Lending; readonly movements: readonly Movement[] };

/** Whether the parent has to hear of its shards. */
export const isLending = ({ escrow, looks }: Lending): boolean =>
  escrow.phase !== "whole" || lentUnits(escrow) > 0 || looks.wanted > looks.done;

/** Units that shards have and no order holds there, as far as the parent knows. */
export function freeAtShards(state: StockState): number {
  const { lent, lentHeld } = sumOf(state);
  return lent - lentHeld;
}

/**
 * Lends free units to shards at this rate of holds. `undefined` unless the SKU is whole, sells only what it has, and
 * keeps enough for the orders that do not know the shards yet.
 */
export function decideSplit(
  lending: Lending,
  state: StockState,
  holdsPerSecond: number,
): LendingDecision | undefined {
  if (state.policy.kind !== "deny" || lending.escrow.phase !== "whole") return undefined;
  const free = state.arrangement.serving.flatMap((locationId) => {
    const quantity = availableAt(state, locationId);
    return quantity > 0 ? [{ locationId, quantity }] : [];
  });
  const kept = (countUnits(free) * POOL_SHARE_PPM) / 1_000_000;
  if (kept < (holdsPerSecond * POOL_LASTS_MS) / SECOND_MS) return undefined;
  const worth = Math.floor((countUnits(free) - kept) / MIN_UNITS_PER_SHARD);
  const shards = Math.min(shardsFor(holdsPerSecond * SPLIT_HEADROOM), worth);
  const decision = shards >= 1 ? split(lending.escrow, free, shards) : undefined;
  if (!decision) return undefined;
  return {
    lending: { ...lending, escrow: decision.escrow, selling: shards },
    movements: decision.taken.map(({ locationId, quantity }) => ({
      kind: "lent",
      location: locationId,
      change: { lent: quantity },
    })),
  };
}

/** Sends new orders to the parent again and calls all free units home. Repeating changes nothing. */
export function decideRecall(lending: Lending, state: StockState): LendingDecision {
  if (lending.escrow.phase !== "split") return { lending, movements: [] };
  // It moves no unit; its number tells the projection that there are no shards to go to.
  const told: Movement = { kind: "recalled", location: firstLocation(state), change: {} };
  return { lending: { ...lending, escrow: recall(lending.escrow), selling: 0 }, movements: [told] };
}

/** What a shard is told now. */
export function exchangeFor(
  { escrow }: Lending,
  { arrangement }: StockState,
  { grant, lastReturn }: ShardBook,
): Exchange {
  return {
    generation: escrow.generation,
    arrangement,
    ...(grant ? { grant } : {}),
    isRecalled: escrow.phase !== "split",
    returned: lastReturn,
  };
}

/** Books what a shard answered. A repeated or late answer changes nothing. */
export function applyReply(lending: Lending, shard: number, reply: ExchangeReply): LendingDecision {
  const book = bookOf(lending.escrow, shard);
  const isNews = reply.version > book.reportVersion;
  const before = lending.accounts[shard - 1] ?? NO_ACCOUNT;
  const now: ShardAccount = isNews ? { sold: reply.sold, held: reply.held } : before;
  const report = { version: reply.version, sold: countUnits(reply.sold) };
  const arrived = grantArrived(lending.escrow, shard, reply.booked);
  const booked = reply.parcel
    ? acceptReturn(arrived, reply.parcel, report)
    : { escrow: acceptReport(arrived, shard, report), gained: [] };
  const accounts = booked.escrow.shards.map((_, index) =>
    index === shard - 1 ? now : (lending.accounts[index] ?? NO_ACCOUNT),
  );
  const home = booked.gained.map(({ locationId, quantity }): Movement => ({
    kind: "lent_back",
    location: locationId,
    change: { lent: 0 - quantity },
  }));
  return {
    lending: { ...lending, escrow: settle(booked.escrow), accounts },
    movements: [...movedBy(before, now), ...home],
  };
}

function bookOf(escrow: Escrow, shard: number): ShardBook {
  const book = escrow.shards[shard - 1];
  invariant(book, "only a shard of this SKU is asked");
  return book;
}

/** What has been sold and held at a shard since it was asked last. */
function movedBy(before: ShardAccount, now: ShardAccount): readonly Movement[] {
  const places = new Set(
    [before, now].flatMap(({ sold, held }) => [...sold, ...held]).map(({ locationId }) => locationId),
  );
  return [...places].sort().flatMap((location): Movement[] => {
    const sold = at(now.sold, location) - at(before.sold, location);
    const held = at(now.held, location) - at(before.held, location);
    if (sold === 0 && held === 0) return [];
    return [{ kind: "lent_sold", location, change: { onHand: 0 - sold, lent: 0 - sold, lentHeld: held } }];
  });
}

const at = (units: Units, location: string): number =>
  units.find(({ locationId }) => locationId === location)?.quantity ?? 0;

/** Somebody has a reason to look after the shards. */
export const wantLook = (lending: Lending): Lending => ({
  ...lending,
  looks: { ...lending.looks, wanted: lending.looks.wanted + 1 },
});

/** All shards have answered since `wanted` was read. */
export const noteLook = (lending: Lending, wanted: number): Lending => ({
  ...lending,
  looks: { ...lending.looks, done: Math.max(lending.looks.done, wanted) },
});

/** States what has to hold between the book and the level: `pool + lent` counts every unit once. Defect if not. */
export function checkLending({ escrow }: Lending, state: StockState): void {
  invariant(
    sumOf(state).lent === lentUnits(escrow),
    `${state.sku}: the units lent are the sum of what the shards have`,
  );
}
