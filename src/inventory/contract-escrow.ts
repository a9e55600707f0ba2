import type { Parcel, Units } from "./domain/escrow.ts";

/** What a parent tells one of its shards of their units, all of it at once; repeating it changes nothing. */
export type ExchangeTerms = {
  readonly generation: number;
  /** Units on their way to the shard that it may not have booked yet. */
  readonly grant?: Parcel;
  /** No new order is served there any more; free units go home. */
  readonly isRecalled: boolean;
  /** The last parcel that has come home. */
  readonly returned: number;
};

/** What a shard answers: all of it as it stood at one moment, `version`. */
export type ExchangeReply = {
  /** The last grant that is booked. */
  readonly booked: number;
  /** Units on their way home. */
  readonly parcel?: Parcel;
  readonly version: number;
  /** Sold of all that was ever lent, by location. */
  readonly sold: Units;
  readonly held: Units;
  readonly holdsPerSecond: number;
};
