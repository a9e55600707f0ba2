import type { Exchange, ExchangeReply } from "../contract.ts";
import {
  acceptGrant,
  acceptRecall,
  NEW_SHARD,
  returnArrived,
  sendHome,
  type ShardEscrow,
  type Units,
} from "./escrow.ts";
import { available, type Movement, type StockState } from "./level.ts";
import { decideArrangement } from "./settings.ts";

/** What a shard remembers of its parent. */
export type Borrowing = {
  readonly book: ShardEscrow;
  /** Booked less sent home, by location; what of it is not on hand was sold. */
  readonly net: Units;
};

export const NOTHING_BORROWED: Borrowing = { book: NEW_SHARD, net: [] };

/**
 * Does what the parent says, in this order: books the grant, ends the generation, strikes the parcel that came home, and
 * sends home what is free. Repeating changes nothing.
 */
export function decideExchange(
  { book, net }: Borrowing,
  state: StockState,
  request: Exchange & { readonly shard: number },
): { readonly borrowing: Borrowing; readonly movements: readonly Movement[] } {
  const { generation, grant, isRecalled, returned, shard } = request;
  const granted = grant ? acceptGrant(book, grant, generation) : { book, gained: [] };
  const told = returnArrived(isRecalled ? acceptRecall(granted.book, generation) : granted.book, returned);
  const home = sendHome(told, shard, freeOf(state, granted.gained));
  return {
    borrowing: { book: home.book, net: added(added(net, granted.gained, 1), home.taken, -1) },
    movements: [
      ...decideArrangement(state, request.arrangement),
      ...granted.gained.map(({ locationId, quantity }) => moved("borrowed", locationId, quantity)),
      ...home.taken.map(({ locationId, quantity }) => moved("given_back", locationId, 0 - quantity)),
    ],
  };
}

const moved = (kind: "borrowed" | "given_back", location: string, onHand: number): Movement => ({
  kind,
  location,
  change: { onHand },
});

/** Free units by location, with those that have just arrived. */
function freeOf(state: StockState, gained: Units): Units {
  const free = [...state.locations].map(([locationId, units]) => ({
    locationId,
    quantity: available(units),
  }));
  return added(
    free.filter(({ quantity }) => quantity > 0),
    gained,
    1,
  );
}

function added(units: Units, others: Units, sign: 1 | -1): Units {
  const sums = new Map(units.map(({ locationId, quantity }) => [locationId, quantity]));
  for (const { locationId, quantity } of others)
    sums.set(locationId, (sums.get(locationId) ?? 0) + sign * quantity);
  return [...sums]
    .filter(([, quantity]) => quantity !== 0)
    .map(([locationId, quantity]) => ({ locationId, quantity }));
}

/** What the parent hears, all of one moment. */
export function replyOf({ book, net }: Borrowing, state: StockState, holdsPerSecond: number): ExchangeReply {
  const onHand = [...state.locations].map(([locationId, units]) => ({ locationId, quantity: units.onHand }));
  return {
    booked: book.lastGrant,
    ...(book.parcel ? { parcel: book.parcel } : {}),
    version: state.version,
    sold: added(net, onHand, -1),
    held: [...state.locations]
      .map(([locationId, { held }]) => ({ locationId, quantity: held }))
      .filter(({ quantity }) => quantity > 0),
    holdsPerSecond,
  };
}
