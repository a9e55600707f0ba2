import { epochMs } from "#kernel";
import type { DeadLetterTable } from "../app/ports.ts";

type LetterRow = { id: string; queue: string; body: string; reason: string; received_at_ms: number };

/** The dead letters of D1. */
export const createDeadLetterTable = (db: D1Database): DeadLetterTable => ({
  async keep(letter) {
    await db
      .prepare(
        `INSERT INTO dead_letters (id, queue, body, reason, received_at_ms) VALUES (?, ?, ?, ?, ?)
         ON CONFLICT (id) DO UPDATE SET times = times + 1, reason = excluded.reason,
           received_at_ms = max(received_at_ms, excluded.received_at_ms), replayed_at_ms = NULL`,
      )
      .bind(letter.id, letter.queue, letter.body, letter.reason, letter.receivedAt)
      .run();
  },
  async find(id) {
    const row = await db
      .prepare("SELECT id, queue, body, reason, received_at_ms FROM dead_letters WHERE id = ?")
      .bind(id)
      .first<LetterRow>();
    if (!row) return undefined;
    return {
      id: row.id,
      queue: row.queue,
      body: row.body,
      reason: row.reason,
      receivedAt: epochMs(row.received_at_ms),
    };
  },
  async markReplayed(id, at) {
    await db.prepare("UPDATE dead_letters SET replayed_at_ms = ? WHERE id = ?").bind(at, id).run();
  },
  async countOpen(atMost) {
    const row = await db
      .prepare("SELECT count(*) AS n FROM (SELECT 1 FROM dead_letters WHERE replayed_at_ms IS NULL LIMIT ?)")
      .bind(atMost)
      .first<{ n: number }>();
    return row?.n ?? 0;
  },
});
