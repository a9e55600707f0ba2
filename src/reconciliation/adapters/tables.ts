import { sql } from "drizzle-orm";
import { check, index, integer, primaryKey, sqliteTable, text } from "drizzle-orm/sqlite-core";

/** Differences between what is promised and what is; one row for ever per class, aggregate and subject. */
export const breaks = sqliteTable(
  "breaks",
  {
    /** Made from class, aggregate and subject, so that the same difference keeps one row. */
    id: text("id").primaryKey(),
    class: text("class").notNull(),
    aggregateKind: text("aggregate_kind").notNull(),
    aggregateId: text("aggregate_id").notNull(),
    subject: text("subject").notNull(),
    expected: text("expected").notNull(),
    found: text("found").notNull(),
    status: text("status").notNull(),
    firstSeenMs: integer("first_seen_ms").notNull(),
    /** When it was seen after it had not been there: its age counts from here. */
    openedAtMs: integer("opened_at_ms").notNull(),
    lastSeenMs: integer("last_seen_ms").notNull(),
    timesSeen: integer("times_seen").notNull(),
    resolvedAtMs: integer("resolved_at_ms"),
    /** Why a person lets it stand, and who. */
    acceptedReason: text("accepted_reason"),
    acceptedBy: text("accepted_by"),
    /** First aid so far, since it was opened. */
    aidAttempts: integer("aid_attempts").notNull().default(0),
    nextAidAtMs: integer("next_aid_at_ms").notNull().default(0),
  },
  (table) => [
    index("breaks_status_seen").on(table.status, table.lastSeenMs, table.id),
    index("breaks_class_seen").on(table.class, table.status, table.lastSeenMs, table.id),
    index("breaks_aggregate").on(table.aggregateKind, table.aggregateId),
    check("breaks_status", sql`status IN ('open', 'accepted', 'resolved')`),
    check("breaks_aggregate_kind", sql`aggregate_kind IN ('order', 'stock', 'voucher')`),
    check(
      "breaks_times",
      sql`first_seen_ms >= 0 AND opened_at_ms >= first_seen_ms AND last_seen_ms >= opened_at_ms`,
    ),
    check("breaks_counts", sql`times_seen >= 1 AND aid_attempts >= 0`),
    check("breaks_resolved", sql`(status = 'resolved') = (resolved_at_ms IS NOT NULL)`),
    check(
      "breaks_accepted",
      sql`status <> 'accepted' OR (accepted_reason IS NOT NULL AND accepted_by IS NOT NULL)`,
    ),
  ],
);

/** What was tried about a break, by first aid or by a person: never changed. */
export const breakAttempts = sqliteTable(
  "break_attempts",
  {
    breakId: text("break_id").notNull(),
    /** The caller's id of the attempt: a repeat adds nothing. */
    attemptId: text("attempt_id").notNull(),
    action: text("action").notNull(),
    actor: text("actor").notNull(),
    outcome: text("outcome").notNull(),
    detail: text("detail").notNull(),
    atMs: integer("at_ms").notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.breakId, table.attemptId] }),
    index("break_attempts_at").on(table.breakId, table.atMs),
    check("break_attempts_outcome", sql`outcome IN ('done', 'refused', 'failed')`),
    check("break_attempts_at_ms", sql`at_ms >= 0`),
  ],
);

/** How far each comparison is, and who runs it: a run that stops is taken up by the next one. */
export const reconciliationJobs = sqliteTable(
  "reconciliation_jobs",
  {
    name: text("name").primaryKey(),
    /** Where the next page starts; NULL when no lap is under way. */
    cursor: text("cursor"),
    lapStartedAtMs: integer("lap_started_at_ms"),
    /** Of the lap under way. */
    checked: integer("checked").notNull().default(0),
    found: integer("found").notNull().default(0),
    lastLapAtMs: integer("last_lap_at_ms"),
    lastLapChecked: integer("last_lap_checked").notNull().default(0),
    lastLapFound: integer("last_lap_found").notNull().default(0),
    /** What a rebuild has compared: equal at the end, page by page, when the copies are whole. */
    objectChecksum: text("object_checksum").notNull().default(""),
    copyChecksum: text("copy_checksum").notNull().default(""),
    leaseOwner: text("lease_owner"),
    leaseUntilMs: integer("lease_until_ms").notNull().default(0),
    updatedAtMs: integer("updated_at_ms").notNull().default(0),
  },
  () => [
    check(
      "reconciliation_jobs_counts",
      sql`checked >= 0 AND found >= 0 AND last_lap_checked >= 0 AND last_lap_found >= 0`,
    ),
    check("reconciliation_jobs_lease", sql`lease_until_ms >= 0 AND updated_at_ms >= 0`),
  ],
);
