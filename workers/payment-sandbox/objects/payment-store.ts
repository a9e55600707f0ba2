import { epochMs, type EpochMs } from "#kernel";
import type { PaymentReply } from "../api/payment-reply.ts";
import type { Movement } from "../domain/movements.ts";
import type { Payment } from "../domain/payment.ts";
import { WEBHOOK_BATCH, WEBHOOK_WAITS_MS } from "../limits.ts";

export type StoredReply = { readonly bodyHash: string; readonly reply: PaymentReply };
export type WaitingWebhook = { readonly number: number; readonly body: string; readonly attempts: number };

/** The SQL of one payment. Every method is synchronous, for use inside a transaction. */
export class PaymentStore {
  static readonly migrations = [
    `CREATE TABLE payment (singleton INTEGER PRIMARY KEY CHECK (singleton = 1), body TEXT NOT NULL) STRICT`,
    `CREATE TABLE replies (operation TEXT NOT NULL, key TEXT NOT NULL, body_hash TEXT NOT NULL, reply TEXT NOT NULL,
      PRIMARY KEY (operation, key)) STRICT`,
    `CREATE TABLE movements (number INTEGER PRIMARY KEY, body TEXT NOT NULL,
      is_posted INTEGER NOT NULL DEFAULT 0 CHECK (is_posted IN (0, 1))) STRICT`,
    `CREATE TABLE webhooks (number INTEGER PRIMARY KEY, body TEXT NOT NULL, attempts INTEGER NOT NULL DEFAULT 0,
      next_at_ms INTEGER, delivered_at_ms INTEGER) STRICT`,
  ];

  readonly #sql: SqlStorage;

  constructor(sql: SqlStorage) {
    this.#sql = sql;
  }

  load(): Payment | undefined {
    const row = this.#sql.exec<{ body: string }>("SELECT body FROM payment").toArray()[0];
    // Written by `save` below and by nobody else.
    return row ? (JSON.parse(row.body) as Payment) : undefined;
  }

  save(payment: Payment): void {
    this.#sql.exec(
      "INSERT INTO payment (singleton, body) VALUES (1, ?) ON CONFLICT (singleton) DO UPDATE SET body = excluded.body",
      JSON.stringify(payment),
    );
  }

  reply(operation: string, key: string): StoredReply | undefined {
    const row = this.#sql
      .exec<{ body_hash: string; reply: string }>(
        "SELECT body_hash, reply FROM replies WHERE operation = ? AND key = ?",
        operation,
        key,
      )
      .toArray()[0];
    return row ? { bodyHash: row.body_hash, reply: JSON.parse(row.reply) as PaymentReply } : undefined;
  }

  keepReply(operation: string, key: string, stored: StoredReply): void {
    this.#sql.exec(
      "INSERT INTO replies (operation, key, body_hash, reply) VALUES (?, ?, ?, ?)",
      operation,
      key,
      stored.bodyHash,
      JSON.stringify(stored.reply),
    );
  }

  nextMovementNumber(): number {
    return this.#sql.exec<{ n: number }>("SELECT count(*) + 1 AS n FROM movements").one().n;
  }

  addMovements(movements: readonly Movement[]): void {
    for (const movement of movements) {
      this.#sql.exec("INSERT INTO movements (body) VALUES (?)", JSON.stringify(movement));
    }
  }

  unposted(): { readonly upTo: number; readonly movements: readonly Movement[] } {
    const rows = this.#sql
      .exec<{ number: number; body: string }>(
        "SELECT number, body FROM movements WHERE is_posted = 0 ORDER BY number LIMIT 100",
      )
      .toArray();
    return { upTo: rows.at(-1)?.number ?? 0, movements: rows.map((row) => JSON.parse(row.body) as Movement) };
  }

  markPosted(upTo: number): void {
    this.#sql.exec("UPDATE movements SET is_posted = 1 WHERE number <= ?", upTo);
  }

  nextWebhookNumber(): number {
    return this.#sql.exec<{ n: number }>("SELECT count(*) + 1 AS n FROM webhooks").one().n;
  }

  addWebhook(body: string, now: EpochMs): void {
    this.#sql.exec("INSERT INTO webhooks (body, next_at_ms) VALUES (?, ?)", body, now);
  }

  /** Takes the webhooks that are due and books their next try at once: a crash on the way means a repeat, not a loss. */
  takeDueWebhooks(now: EpochMs): readonly WaitingWebhook[] {
    const rows = this.#sql
      .exec<WaitingWebhook>(
        "SELECT number, body, attempts FROM webhooks WHERE next_at_ms <= ? ORDER BY number LIMIT ?",
        now,
        WEBHOOK_BATCH,
      )
      .toArray();
    for (const row of rows) {
      const wait = WEBHOOK_WAITS_MS[row.attempts];
      this.#sql.exec(
        "UPDATE webhooks SET attempts = attempts + 1, next_at_ms = ? WHERE number = ?",
        wait === undefined ? null : now + wait,
        row.number,
      );
    }
    return rows;
  }

  markDelivered(number: number, now: EpochMs): void {
    this.#sql.exec(
      "UPDATE webhooks SET next_at_ms = NULL, delivered_at_ms = ? WHERE number = ?",
      now,
      number,
    );
  }

  nextWebhookAt(): EpochMs | undefined {
    const row = this.#sql.exec<{ at: number | null }>("SELECT min(next_at_ms) AS at FROM webhooks").one();
    return row.at === null ? undefined : epochMs(row.at);
  }
}
