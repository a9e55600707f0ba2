import type { RecordedEvent } from "../../../src/orders/domain/events.ts";
import { replay } from "../../../src/orders/domain/evolve.ts";
import { viewOf } from "../../../src/orders/domain/view.ts";
import type { ObjectHost } from "../core/object-host.ts";

/**
 * The one place of the simulation that reads the objects' own tables. Everything else asks the objects as the shop
 * does; when a schema changes, only this file follows.
 */
const rows = (host: ObjectHost, text: string): Record<string, unknown>[] =>
  host.storage.database.all(text, []);
const number = (host: ObjectHost, text: string): number =>
  Number(Object.values(rows(host, text)[0] ?? {})[0]);

/** Whether anything was ever stored: a lazy object that was only asked has no tables. */
export const isStored = (host: ObjectHost): boolean =>
  number(host, "SELECT count(*) FROM sqlite_master WHERE name = 'migrations'") > 0;

const ORDER_CHECK = `SELECT (SELECT count(*) FROM events) AS events, (SELECT coalesce(max(sequence), 0) FROM events) AS last,
  (SELECT coalesce(max(version), 0) FROM snapshot) AS version,
  (SELECT coalesce(sum(debit_minor) - sum(credit_minor), 0) FROM ledger) AS imbalance`;

/** What is wrong with an order by its own tables; cheap enough for every turn. */
export function orderViolations(host: ObjectHost): readonly string[] {
  const [row] = rows(host, ORDER_CHECK);
  if (!row) return [];
  const wrong: string[] = [];
  if (row["events"] !== row["last"])
    wrong.push(`its log has a gap: ${String(row["events"])} events up to ${String(row["last"])}`);
  if (row["version"] !== row["last"])
    wrong.push(`its state is version ${String(row["version"])}, its log ends at ${String(row["last"])}`);
  if (row["imbalance"] !== 0) wrong.push(`its ledger is off by ${String(row["imbalance"])}`);
  return wrong;
}

/** The view that the whole log of an order leads to. */
export function replayedView(host: ObjectHost): unknown {
  const events = rows(host, "SELECT sequence, occurred_at_ms, data FROM events ORDER BY sequence").map(
    (row): RecordedEvent => ({
      sequence: Number(row["sequence"]),
      occurredAt: Number(row["occurred_at_ms"]) as RecordedEvent["occurredAt"],
      event: JSON.parse(String(row["data"])) as RecordedEvent["event"],
    }),
  );
  const state = replay(events);
  return state && viewOf(state);
}

/** Everything that orders have claimed of a stock object or of one of its shards. */
export function claimsAt(host: ObjectHost): readonly ClaimFact[] {
  if (!isStored(host)) return [];
  return rows(host, "SELECT claim, quantity, status FROM holds").map((row) => {
    const [orderId = "", part = "0"] = String(row["claim"]).split("/");
    return { orderId, part: Number(part), quantity: Number(row["quantity"]), status: String(row["status"]) };
  });
}

export type ClaimFact = {
  readonly orderId: string;
  readonly part: number;
  readonly quantity: number;
  readonly status: string;
};

type Parcel = { readonly sequence: number; readonly units: readonly { readonly quantity: number }[] };
type Lent = {
  readonly escrow: {
    readonly shards: readonly {
      readonly shard: number;
      readonly grant?: Parcel;
      readonly lastReturn: number;
    }[];
  };
};
type Borrowed = { readonly book: { readonly lastGrant: number; readonly parcel?: Parcel } };

const bookOf = <Book>(host: ObjectHost): Book | undefined => {
  const [row] = rows(host, "SELECT book FROM escrow");
  return row && (JSON.parse(String(row["book"])) as Book);
};

/** What a parent has in its journal as lent and not yet known to be sold or home. */
const LENT = "SELECT coalesce(sum(others ->> '$.lent.change'), 0) FROM journal";
const KNOWN_SOLD = "SELECT coalesce(sum(0 - on_hand_change), 0) FROM journal WHERE kind = 'lent_sold'";
const BORROWED =
  "SELECT coalesce(sum(on_hand_change), 0) FROM journal WHERE kind IN ('borrowed', 'given_back')";
const FREE = "SELECT coalesce(sum(on_hand_change - held_change), 0) FROM journal";

const countOf = (parcel: Parcel | undefined): number =>
  parcel?.units.reduce((sum, { quantity }) => sum + quantity, 0) ?? 0;

/**
 * What is wrong between a stock object and its shards, told by their tables alone: all units that were lent are at a
 * shard, were there when they were sold, or are in a parcel that the other side has not booked; and no shard sells what
 * it has not.
 */
export function escrowViolations(parent: ObjectHost, shards: readonly ObjectHost[]): readonly string[] {
  const lent = isStored(parent) ? bookOf<Lent>(parent) : undefined;
  if (!lent) return [];
  const wrong: string[] = [];
  let found = 0;
  for (const { shard, grant, lastReturn } of lent.escrow.shards) {
    const host = shards.find(({ name }) => name.startsWith(`${shard}:`));
    const isThere = host !== undefined && isStored(host);
    const borrowed = isThere ? bookOf<Borrowed>(host) : undefined;
    if (isThere) {
      found += number(host, BORROWED);
      const free = number(host, FREE);
      if (free < 0) wrong.push(`shard ${shard} has sold ${0 - free} units that it does not have`);
    }
    if (grant && grant.sequence > (borrowed?.book.lastGrant ?? 0)) found += countOf(grant);
    const parcel = borrowed?.book.parcel;
    if (parcel && parcel.sequence > lastReturn) found += countOf(parcel);
  }
  const expected = number(parent, LENT) + number(parent, KNOWN_SOLD);
  return found === expected ? wrong : [...wrong, `lent ${expected} units, of which ${found} are anywhere`];
}

/** Units that lie at a shard, held ones too. */
export const unitsAt = (shard: ObjectHost): number =>
  isStored(shard) ? number(shard, "SELECT coalesce(sum(on_hand_change), 0) FROM journal") : 0;

export const outboxSize = (host: ObjectHost): number => number(host, "SELECT count(*) FROM outbox");
