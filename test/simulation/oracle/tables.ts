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

export const outboxSize = (host: ObjectHost): number => number(host, "SELECT count(*) FROM outbox");
