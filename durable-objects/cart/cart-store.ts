import { ok, refuse, type EpochMs, type Result } from "#kernel";
import type { CartRefusal, IdempotencyTag } from "#cart";
import type { CartState } from "../../src/cart/domain/cart.ts";
import { MAX_STORED_REPLIES, REPLY_TTL_MS } from "../../src/cart/domain/limits.ts";

/**
 * The SQL of a cart object. Called inside its transactions only. The replies of older carts have AUTOINCREMENT, which costs
 * each of them another table: that differs on the disk only, as a number is used again only when no reply is left.
 */
export const CART_MIGRATIONS: readonly string[] = [
  "CREATE TABLE cart (id INTEGER PRIMARY KEY CHECK (id = 1), state TEXT NOT NULL) STRICT",
  `CREATE TABLE replies (
    number INTEGER PRIMARY KEY, key TEXT NOT NULL UNIQUE, request_hash TEXT NOT NULL,
    reply TEXT NOT NULL, stored_at_ms INTEGER NOT NULL) STRICT`,
];

/** Version of the stored shape; an older one is lifted in {@link CartStore.load}. */
const SHAPE = 1;

/** So many more than {@link MAX_STORED_REPLIES} may lie there for a while. */
const REPLIES_BETWEEN_CLEANINGS = 8;

type StoredReply = { readonly requestHash: string; readonly reply: unknown };

export class CartStore {
  readonly #sql: SqlStorage;
  // What the table says, once it was read or written.
  #known: { readonly cart: CartState | undefined } | undefined;

  constructor(sql: SqlStorage) {
    this.#sql = sql;
  }

  /** The cart; `undefined` when it was never opened, or was deleted. */
  load(): CartState | undefined {
    this.#known ??= { cart: this.#read() };
    return this.#known.cart;
  }

  #read(): CartState | undefined {
    const row = this.#sql.exec<{ state: string }>("SELECT state FROM cart WHERE id = 1").toArray()[0];
    if (!row) return undefined;
    // Written by this object only.
    const stored = JSON.parse(row.state) as { shape: number; cart: CartState };
    return stored.cart;
  }

  /** Forgets what is known from memory; call it when a transaction was rolled back. */
  forget(): void {
    this.#known = undefined;
  }

  save(cart: CartState): void {
    this.#sql.exec(
      "INSERT INTO cart (id, state) VALUES (1, ?) ON CONFLICT (id) DO UPDATE SET state = excluded.state",
      JSON.stringify({ shape: SHAPE, cart }),
    );
    this.#known = { cart };
  }

  /**
   * Decides once per key: a repeat gets the first reply. Only successes are kept: a refusal changed nothing, so asking again
   * is safe and may go better.
   */
  decideOnce<T, R>(
    tag: IdempotencyTag | undefined,
    now: EpochMs,
    decide: (cart: CartState) => Result<T, CartRefusal | R>,
  ): Result<T, CartRefusal | R> {
    const stored = tag && this.#reply(tag.key);
    if (stored && stored.requestHash !== tag.requestHash)
      return refuse({ code: "idempotency_key_reused" as const });
    // Written below for the same method, whose name is part of the request hash.
    if (stored) return ok(stored.reply as T);
    const cart = this.load();
    if (!cart) return refuse({ code: "cart_unknown" as const });
    const decision = decide(cart);
    if (decision.ok && tag) this.#saveReply(tag, decision.value, now);
    return decision;
  }

  #reply(key: string): StoredReply | undefined {
    const row = this.#sql
      .exec<{ request_hash: string; reply: string }>(
        "SELECT request_hash, reply FROM replies WHERE key = ?",
        key,
      )
      .toArray()[0];
    return row && { requestHash: row.request_hash, reply: JSON.parse(row.reply) };
  }

  /** Stores a reply and, now and then, lets go of old ones, so that a cart stays small whatever a script sends. */
  #saveReply(tag: IdempotencyTag, reply: unknown, now: EpochMs): void {
    const { number } = this.#sql
      .exec<{ number: number }>(
        "INSERT INTO replies (key, request_hash, reply, stored_at_ms) VALUES (?, ?, ?, ?) RETURNING number",
        tag.key,
        tag.requestHash,
        JSON.stringify(reply),
        now,
      )
      .one();
    if (number % REPLIES_BETWEEN_CLEANINGS !== 0) return;
    this.#sql.exec(
      "DELETE FROM replies WHERE stored_at_ms < ? OR number <= ?",
      now - REPLY_TTL_MS,
      number - MAX_STORED_REPLIES,
    );
  }

  /** Deletes the cart and its replies. */
  erase(): void {
    this.forget();
    this.#sql.exec("DELETE FROM cart WHERE id = 1");
    this.#sql.exec("DELETE FROM replies WHERE number >= 0");
  }
}
