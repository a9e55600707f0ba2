import { epochMs, type CartId, type EpochMs, type OrderId } from "#kernel";
import type { LineSettings } from "#admission";
import type { Ticket } from "../../src/admission/domain/line.ts";

/** The SQL of a gate object. Writes are called inside its transactions only. */
export const GATE_MIGRATIONS: readonly string[] = [
  `CREATE TABLE tickets (
    number INTEGER PRIMARY KEY AUTOINCREMENT, cart_id TEXT NOT NULL UNIQUE, status TEXT NOT NULL,
    admitted_until_ms INTEGER, order_id TEXT, customer TEXT, quantity INTEGER) STRICT`,
  "CREATE INDEX tickets_by_status ON tickets (status, number)",
  "CREATE INDEX tickets_by_customer ON tickets (customer) WHERE customer IS NOT NULL",
  "CREATE TABLE settings (id INTEGER PRIMARY KEY CHECK (id = 1), body TEXT NOT NULL) STRICT",
];

type TicketRow = {
  number: number;
  cart_id: string;
  status: string;
  admitted_until_ms: number | null;
  order_id: string | null;
  customer: string | null;
  quantity: number | null;
};

export class GateStore {
  readonly #sql: SqlStorage;

  constructor(sql: SqlStorage) {
    this.#sql = sql;
  }

  /** A new ticket at the end of the line. */
  add(cartId: CartId): Ticket {
    const { number } = this.#sql
      .exec<{ number: number }>(
        "INSERT INTO tickets (cart_id, status) VALUES (?, 'waiting') RETURNING number",
        cartId,
      )
      .one();
    return { number, cartId, status: "waiting" };
  }

  byCart(cartId: CartId): Ticket | undefined {
    return this.#read("SELECT * FROM tickets WHERE cart_id = ?", cartId)[0];
  }

  /** Orders under one customer's name; at most 100, more than any limit that makes sense here. */
  byCustomer(customer: string): Ticket[] {
    return this.#read("SELECT * FROM tickets WHERE customer = ? ORDER BY number LIMIT 100", customer);
  }

  /** The first in line. */
  firstWaiting(limit: number): Ticket[] {
    return this.#read("SELECT * FROM tickets WHERE status = 'waiting' ORDER BY number LIMIT ?", limit);
  }

  /** Everyone with a turn. */
  admitted(): Ticket[] {
    return this.#read("SELECT * FROM tickets WHERE status = 'admitted' ORDER BY number");
  }

  /** Numbers of all who wait, in order. */
  waitingNumbers(): number[] {
    return this.#sql
      .exec<{ number: number }>("SELECT number FROM tickets WHERE status = 'waiting' ORDER BY number")
      .toArray()
      .map((row) => row.number);
  }

  save(ticket: Ticket): void {
    this.#sql.exec(
      "UPDATE tickets SET status = ?, admitted_until_ms = ?, order_id = ?, customer = ?, quantity = ? WHERE number = ?",
      ticket.status,
      ticket.admittedUntil ?? null,
      ticket.orderId ?? null,
      ticket.customer ?? null,
      ticket.quantity ?? null,
      ticket.number,
    );
  }

  /** Whoever left and comes back gets a new number, so the old row goes. */
  remove(number: number): void {
    this.#sql.exec("DELETE FROM tickets WHERE number = ?", number);
  }

  /** Marks people as gone; at most a few thousand at a time. */
  markLeft(numbers: readonly number[]): void {
    this.#sql.exec(
      "UPDATE tickets SET status = 'left', admitted_until_ms = NULL WHERE number IN (SELECT value FROM json_each(?))",
      JSON.stringify(numbers),
    );
  }

  counts(): Readonly<Record<Ticket["status"], number>> {
    const rows = this.#sql
      .exec<{ status: string; n: number }>("SELECT status, count(*) AS n FROM tickets GROUP BY status")
      .toArray();
    const of = (status: Ticket["status"]): number => rows.find((row) => row.status === status)?.n ?? 0;
    return { waiting: of("waiting"), admitted: of("admitted"), redeemed: of("redeemed"), left: of("left") };
  }

  settings(): LineSettings | undefined {
    const row = this.#sql.exec<{ body: string }>("SELECT body FROM settings WHERE id = 1").toArray()[0];
    // Written by this object only, from parsed settings.
    return row ? (JSON.parse(row.body) as LineSettings) : undefined;
  }

  saveSettings(settings: LineSettings): void {
    this.#sql.exec(
      "INSERT INTO settings (id, body) VALUES (1, ?) ON CONFLICT (id) DO UPDATE SET body = excluded.body",
      JSON.stringify(settings),
    );
  }

  #read(query: string, ...bindings: (string | number)[]): Ticket[] {
    return this.#sql
      .exec<TicketRow>(query, ...bindings)
      .toArray()
      .map((row) => ({
        number: row.number,
        // Written by this object only.
        cartId: row.cart_id as CartId,
        status: row.status as Ticket["status"],
        ...(row.admitted_until_ms === null
          ? {}
          : { admittedUntil: epochMs(row.admitted_until_ms) satisfies EpochMs }),
        ...(row.order_id === null ? {} : { orderId: row.order_id as OrderId }),
        ...(row.customer === null ? {} : { customer: row.customer }),
        ...(row.quantity === null ? {} : { quantity: row.quantity }),
      }));
  }
}
