import { epochMs, ok, refuse, truncate } from "#kernel";
import { chunk, D1_MAX_BATCH, keysetPage, readCursor, runBatch } from "#platform";
import type { Attempt, Break, BreakStatus } from "../contract.ts";
import type { BreakTable, Named } from "../app/ports.ts";
import { factsOf, isBreakClass, type AggregateKind, type BreakClass } from "../domain/breaks.ts";
import { MAX_AID_ATTEMPTS, MAX_COUNTED, MAX_DETAIL_CHARACTERS, MAX_LIST_PAGE } from "../domain/limits.ts";

type Row = {
  id: string;
  class: string;
  aggregate_kind: string;
  aggregate_id: string;
  subject: string;
  expected: string;
  found: string;
  status: string;
  first_seen_ms: number;
  opened_at_ms: number;
  last_seen_ms: number;
  times_seen: number;
  resolved_at_ms: number | null;
  accepted_reason: string | null;
  accepted_by: string | null;
  aid_attempts: number;
};
type AttemptRow = {
  attempt_id: string;
  action: string;
  actor: string;
  outcome: string;
  detail: string;
  at_ms: number;
};

const cut = (text: string): string => truncate(text, MAX_DETAIL_CHARACTERS);

/** The same difference is one row for ever: seen again it is only noted, back after it was gone it is opened anew. */
const SEE = `INSERT INTO breaks (id, class, aggregate_kind, aggregate_id, subject, expected, found, status,
    first_seen_ms, opened_at_ms, last_seen_ms, times_seen)
  VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, 'open', ?8, ?8, ?8, 1)
  ON CONFLICT (id) DO UPDATE SET expected = excluded.expected, found = excluded.found,
    last_seen_ms = max(last_seen_ms, excluded.last_seen_ms), times_seen = times_seen + 1,
    opened_at_ms = CASE WHEN status = 'resolved' THEN max(opened_at_ms, excluded.last_seen_ms) ELSE opened_at_ms END,
    aid_attempts = CASE WHEN status = 'resolved' THEN 0 ELSE aid_attempts END,
    next_aid_at_ms = CASE WHEN status = 'resolved' THEN 0 ELSE next_aid_at_ms END,
    accepted_reason = CASE WHEN status = 'resolved' THEN NULL ELSE accepted_reason END,
    accepted_by = CASE WHEN status = 'resolved' THEN NULL ELSE accepted_by END,
    resolved_at_ms = NULL,
    status = CASE WHEN status = 'resolved' THEN 'open' ELSE status END`;

const see = (db: D1Database, finding: Named, at: number): D1PreparedStatement =>
  db
    .prepare(SEE)
    .bind(
      finding.breakId,
      finding.class,
      finding.aggregate.kind,
      finding.aggregate.id,
      finding.subject,
      cut(finding.expected),
      cut(finding.found),
      at,
    );

/** The breaks of D1. */
export const createBreakTable = (db: D1Database): BreakTable => ({
  ...findings(db),
  ...aid(db),
  ...attempts(db),
  list: (request) => listBreaks(db, request),
  countOpen: () => countOpen(db),
});

type Findings = Pick<BreakTable, "see" | "resolve" | "unresolvedOf" | "oldest" | "find" | "accept">;
const findings = (db: D1Database): Findings => ({
  async see(found, at) {
    for (const together of chunk(found, D1_MAX_BATCH))
      await runBatch(
        db,
        together.map((each) => see(db, each, at)),
      );
  },
  async resolve(breakIds, at) {
    await db
      .prepare(
        `UPDATE breaks SET status = 'resolved', resolved_at_ms = max(?1, last_seen_ms)
         WHERE id IN (SELECT value FROM json_each(?2)) AND status <> 'resolved'`,
      )
      .bind(at, JSON.stringify(breakIds))
      .run();
  },
  async unresolvedOf(kind, ids) {
    const { results } = await db
      .prepare(
        `SELECT * FROM breaks INDEXED BY breaks_aggregate
         WHERE aggregate_kind = ?1 AND aggregate_id IN (SELECT value FROM json_each(?2)) AND status <> 'resolved'`,
      )
      .bind(kind, JSON.stringify(ids))
      .all<Row>();
    return results.flatMap(readBreak);
  },
  async oldest(limit) {
    const { results } = await db
      .prepare(
        `SELECT * FROM breaks INDEXED BY breaks_status_seen WHERE status IN ('open', 'accepted')
         ORDER BY last_seen_ms, id LIMIT ?`,
      )
      .bind(limit)
      .all<Row>();
    return results.flatMap(readBreak).map((entry) => ({ ...entry, check: factsOf(entry.class).check }));
  },
  async accept(breakId, { reason, actor }) {
    await db
      .prepare(
        `UPDATE breaks SET status = 'accepted', accepted_reason = ?, accepted_by = ?
         WHERE id = ? AND status <> 'resolved'`,
      )
      .bind(cut(reason), actor, breakId)
      .run();
  },
  async find(breakId) {
    const row = await db.prepare("SELECT * FROM breaks WHERE id = ?").bind(breakId).first<Row>();
    return row ? readBreak(row)[0] : undefined;
  },
});

const aid = (db: D1Database): Pick<BreakTable, "ailing" | "noteAid"> => ({
  async ailing(now, limit) {
    const { results } = await db
      .prepare(
        `SELECT * FROM breaks INDEXED BY breaks_status_seen WHERE status = 'open' AND next_aid_at_ms <= ? AND aid_attempts < ?
         ORDER BY last_seen_ms DESC, id LIMIT ?`,
      )
      .bind(now, MAX_AID_ATTEMPTS, limit)
      .all<Row>();
    return results.flatMap(readBreak);
  },
  async noteAid(breakId, attempt, next) {
    await runBatch(db, [
      insertAttempt(db, breakId, attempt),
      db
        .prepare("UPDATE breaks SET aid_attempts = aid_attempts + 1, next_aid_at_ms = ? WHERE id = ?")
        .bind(next.at, breakId),
    ]);
  },
});

const attempts = (db: D1Database): Pick<BreakTable, "addAttempt" | "hasAttempt" | "attempts"> => ({
  async addAttempt(breakId, attempt) {
    const [result] = await runBatch(db, [insertAttempt(db, breakId, attempt)]);
    return (result?.meta.changes ?? 0) > 0;
  },
  async hasAttempt(breakId, attemptId) {
    const row = await db
      .prepare("SELECT 1 AS n FROM break_attempts WHERE break_id = ? AND attempt_id = ?")
      .bind(breakId, attemptId)
      .first();
    return row !== null;
  },
  async attempts(breakId, limit) {
    const { results } = await db
      .prepare(
        `SELECT attempt_id, action, actor, outcome, detail, at_ms FROM break_attempts
         WHERE break_id = ? ORDER BY at_ms DESC, attempt_id DESC LIMIT ?`,
      )
      .bind(breakId, limit)
      .all<AttemptRow>();
    return results.map(readAttempt);
  },
});

const insertAttempt = (db: D1Database, breakId: string, attempt: Attempt): D1PreparedStatement =>
  db
    .prepare(
      `INSERT INTO break_attempts (break_id, attempt_id, action, actor, outcome, detail, at_ms)
       VALUES (?, ?, ?, ?, ?, ?, ?) ON CONFLICT (break_id, attempt_id) DO NOTHING`,
    )
    .bind(
      breakId,
      attempt.attemptId,
      attempt.action,
      attempt.actor,
      attempt.outcome,
      cut(attempt.detail),
      attempt.at,
    );

const listBreaks: (
  db: D1Database,
  ...args: Parameters<BreakTable["list"]>
) => ReturnType<BreakTable["list"]> = async (db, request) => {
  const position = readCursor(request.cursor, ["number", "string"]);
  if (!position) return refuse({ code: "invalid_cursor" });
  const limit = Math.min(Math.max(1, Math.trunc(request.limit)), MAX_LIST_PAGE);
  const { status = "open", class: name } = request;
  const filters = [
    ...(name === undefined ? [] : [{ sql: "class = ?", parameters: [name] }]),
    { sql: "status = ?", parameters: [status] },
    ...(position.length === 0 ? [] : [{ sql: "(last_seen_ms, id) < (?, ?)", parameters: [...position] }]),
  ];
  const { results } = await db
    .prepare(
      `SELECT * FROM breaks INDEXED BY ${name === undefined ? "breaks_status_seen" : "breaks_class_seen"}
         WHERE ${filters.map((filter) => filter.sql).join(" AND ")} ORDER BY last_seen_ms DESC, id DESC LIMIT ?`,
    )
    .bind(...filters.flatMap((filter) => filter.parameters), limit + 1)
    .all<Row>();
  const page = keysetPage(results, limit, { item: readBreak, key: (row) => [row.last_seen_ms, row.id] });
  return ok({ ...page, items: page.items.flat() });
};

const countOpen: (db: D1Database) => ReturnType<BreakTable["countOpen"]> = async (db) => {
  const { results } = await db
    .prepare(
      `SELECT class, status, count(*) AS n, min(opened_at_ms) AS oldest FROM
         (SELECT class, status, opened_at_ms FROM breaks INDEXED BY breaks_status_seen
          WHERE status IN ('open', 'accepted') LIMIT ?)
       GROUP BY class, status ORDER BY class`,
    )
    .bind(MAX_COUNTED)
    .all<{ class: string; status: string; n: number; oldest: number }>();
  const sum = (status: BreakStatus): number =>
    results.reduce((total, row) => (row.status === status ? total + row.n : total), 0);
  const openByClass = results.flatMap((row) =>
    row.status === "open" && isBreakClass(row.class)
      ? [
          {
            class: row.class,
            promise: factsOf(row.class).promise,
            open: row.n,
            oldestAt: epochMs(row.oldest),
          },
        ]
      : [],
  );
  return { openByClass, open: sum("open"), accepted: sum("accepted") };
};

/** A row of a class that this version does not know is left out: a newer one may have written it. */
function readBreak(row: Row): Break[] {
  const name: string = row.class;
  if (!isBreakClass(name)) return [];
  return [breakOf(row, name)];
}

function breakOf(row: Row, name: BreakClass): Break {
  const { promise, repairs } = factsOf(name);
  const isResolved = row.status === "resolved";
  return {
    breakId: row.id,
    class: name,
    promise,
    // The table's checks allow no other kind and no other status.
    aggregate: { kind: row.aggregate_kind as AggregateKind, id: row.aggregate_id },
    subject: row.subject,
    expected: row.expected,
    found: row.found,
    status: row.status as BreakStatus,
    firstSeenAt: epochMs(row.first_seen_ms),
    openedAt: epochMs(row.opened_at_ms),
    lastSeenAt: epochMs(row.last_seen_ms),
    timesSeen: row.times_seen,
    repairs: isResolved ? [] : repairs,
    aidAttempts: row.aid_attempts,
    ...(row.resolved_at_ms === null ? {} : { resolvedAt: epochMs(row.resolved_at_ms) }),
    ...(row.accepted_reason === null || row.accepted_by === null
      ? {}
      : { accepted: { reason: row.accepted_reason, by: row.accepted_by } }),
  };
}

const readAttempt = (row: AttemptRow): Attempt => ({
  attemptId: row.attempt_id,
  // Written by this table only.
  action: row.action as Attempt["action"],
  actor: row.actor,
  outcome: row.outcome as Attempt["outcome"],
  detail: row.detail,
  at: epochMs(row.at_ms),
});
