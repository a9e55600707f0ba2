import { epochMs, type EpochMs } from "#kernel";
import { sha256Hex } from "#platform";
import { JOB_NAMES, type JobName } from "../contract.ts";
import type { JobRecord, JobTable, PageDone } from "../app/ports.ts";

/** The row that carries the lease and the note of the last run. */
const LEASE = "lease";

type Row = {
  name: string;
  cursor: string | null;
  lap_started_at_ms: number | null;
  checked: number;
  found: number;
  last_lap_at_ms: number | null;
  last_lap_checked: number;
  last_lap_found: number;
  object_checksum: string;
  copy_checksum: string;
  updated_at_ms: number;
};

/** Only the holder of the lease moves a lap; who has lost it finds out here. */
const IS_HOLDER = `EXISTS (SELECT 1 FROM reconciliation_jobs AS lease
  WHERE lease.name = '${LEASE}' AND lease.lease_owner = ?1 AND lease.lease_until_ms > ?2)`;

/** The lease and the laps of D1, which runs one statement after the other: so two runners cannot both take the lease. */
export const createJobTable = (db: D1Database): JobTable => ({ ...lease(db), ...laps(db) });

const lease = (db: D1Database): Pick<JobTable, "takeLease" | "endLease" | "lastRun"> => ({
  async takeLease(owner, now, until) {
    const result = await db
      .prepare(
        `INSERT INTO reconciliation_jobs (name, lease_owner, lease_until_ms, updated_at_ms) VALUES ('${LEASE}', ?1, ?3, ?2)
         ON CONFLICT (name) DO UPDATE SET lease_owner = ?1, lease_until_ms = ?3
         WHERE lease_owner IS NULL OR lease_until_ms <= ?2`,
      )
      .bind(owner, now, until)
      .run();
    return result.meta.changes > 0;
  },
  async endLease(owner, note) {
    await db
      .prepare(
        `UPDATE reconciliation_jobs SET lease_owner = NULL, lease_until_ms = 0, checked = ?2, lap_started_at_ms = ?3,
           updated_at_ms = ?4
         WHERE name = '${LEASE}' AND lease_owner = ?1`,
      )
      .bind(owner, note.events, note.oldestAt ?? null, note.at)
      .run();
  },
  async lastRun() {
    const row = await db.prepare("SELECT * FROM reconciliation_jobs WHERE name = ?").bind(LEASE).first<Row>();
    const oldestAt = row?.lap_started_at_ms ?? undefined;
    return {
      waiting: {
        events: row?.checked ?? 0,
        ...(oldestAt === undefined ? {} : { oldestAt: epochMs(oldestAt) }),
      },
      ...(row ? { lastRunAt: epochMs(row.updated_at_ms) } : {}),
    };
  },
});

const laps = (db: D1Database): Pick<JobTable, "read" | "begin" | "advance" | "all"> => ({
  read: (name) => readJob(db, name),
  async begin(name, now) {
    await db
      .prepare(
        `INSERT INTO reconciliation_jobs (name, cursor, lap_started_at_ms, updated_at_ms) VALUES (?1, '', ?2, ?2)
         ON CONFLICT (name) DO UPDATE SET cursor = '', lap_started_at_ms = ?2, checked = 0, found = 0,
           object_checksum = '', copy_checksum = '', updated_at_ms = ?2
         WHERE cursor IS NULL`,
      )
      .bind(name, now)
      .run();
  },
  async advance(name, page, { owner, now }) {
    const checksums = await chain(await readJob(db, name), page);
    const result = await db
      .prepare(
        `UPDATE reconciliation_jobs SET cursor = ?4, checked = checked + ?5, found = found + ?6,
           object_checksum = ?7, copy_checksum = ?8, updated_at_ms = ?2,
           last_lap_at_ms = CASE WHEN ?4 IS NULL THEN ?2 ELSE last_lap_at_ms END,
           last_lap_checked = CASE WHEN ?4 IS NULL THEN checked + ?5 ELSE last_lap_checked END,
           last_lap_found = CASE WHEN ?4 IS NULL THEN found + ?6 ELSE last_lap_found END
         WHERE name = ?3 AND ${IS_HOLDER}`,
      )
      .bind(
        owner,
        now,
        name,
        page.nextCursor ?? null,
        page.checked,
        page.found,
        checksums.object,
        checksums.copy,
      )
      .run();
    return result.meta.changes > 0;
  },
  async all() {
    const { results } = await db
      .prepare(`SELECT * FROM reconciliation_jobs WHERE name <> '${LEASE}' ORDER BY name LIMIT 50`)
      .all<Row>();
    const rows = new Map(results.map((row) => [row.name, row]));
    return JOB_NAMES.map((name) => jobOf(name, rows.get(name)));
  },
});

/** The checksum of a lap is the checksum of its pages' checksums, in their order. */
async function chain(
  job: JobRecord,
  { checksums }: PageDone,
): Promise<{ readonly object: string; readonly copy: string }> {
  if (!checksums) return { object: job.objectChecksum, copy: job.copyChecksum };
  const [object, copy] = await Promise.all([
    sha256Hex(job.objectChecksum + checksums.object),
    sha256Hex(job.copyChecksum + checksums.copy),
  ]);
  return { object, copy };
}

async function readJob(db: D1Database, name: JobName): Promise<JobRecord> {
  const row = await db.prepare("SELECT * FROM reconciliation_jobs WHERE name = ?").bind(name).first<Row>();
  return jobOf(name, row ?? undefined);
}

const instant = (value: number | null | undefined): EpochMs | undefined =>
  value === null || value === undefined ? undefined : epochMs(value);

function jobOf(name: JobName, row: Row | undefined): JobRecord {
  const lapStartedAt = instant(row?.lap_started_at_ms);
  const lastLapAt = instant(row?.last_lap_at_ms);
  return {
    name,
    cursor: row?.cursor ?? "",
    isUnderWay: row !== undefined && row.cursor !== null,
    checked: row?.checked ?? 0,
    found: row?.found ?? 0,
    lastLapChecked: row?.last_lap_checked ?? 0,
    lastLapFound: row?.last_lap_found ?? 0,
    objectChecksum: row?.object_checksum ?? "",
    copyChecksum: row?.copy_checksum ?? "",
    ...(lapStartedAt === undefined ? {} : { lapStartedAt }),
    ...(lastLapAt === undefined ? {} : { lastLapAt }),
  };
}
