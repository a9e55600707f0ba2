import { epochMs, type EpochMs } from "#kernel";

/**
 * What waits in an outbox; `oldestAt` is when the oldest event of it happened, shipping events left out: those wait on
 * purpose until their units are packed, the oldest since `shippingSince`.
 */
export type OutboxAudit = {
  readonly waiting: number;
  readonly oldestAt?: EpochMs;
  readonly shippingSince?: EpochMs;
};

/** Reads what waits in the outbox table of an object; its acknowledged rows are struck. Reads every body. */
export function auditOutbox(sql: SqlStorage): OutboxAudit {
  const row = sql
    .exec<{ n: number; oldest: string | null; shipping: string | null }>(
      `SELECT count(*) AS n,
         min(CASE WHEN destination <> 'shipping' THEN body ->> '$.occurredAt' END) AS oldest,
         min(CASE WHEN destination = 'shipping' THEN body ->> '$.occurredAt' END) AS shipping FROM outbox`,
    )
    .one();
  return {
    waiting: row.n,
    ...(row.oldest === null ? {} : { oldestAt: epochMs(Date.parse(row.oldest)) }),
    ...(row.shipping === null ? {} : { shippingSince: epochMs(Date.parse(row.shipping)) }),
  };
}
