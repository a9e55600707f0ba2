import { DurableObject } from "cloudflare:workers";
import { epochMs, invariant, type EpochMs } from "#kernel";
import { platformClock, type Clock } from "./clock.ts";
import { DueTable } from "./due-table.ts";
import type { Destination, EventEnvelope } from "./events.ts";
import { createLogger, describeError, type Logger } from "./log.ts";
import { Outbox, type OutboxQueues } from "./outbox.ts";

const OUTBOX_KEY = "outbox";

export type BaseObjectOptions = {
  /** Names the object's class in the logs. */
  readonly component: string;
  /** One statement each, in order; a released one never changes. */
  readonly migrations: readonly string[];
  readonly isLazy?: boolean;
};

/**
 * What every Kerbside object shares: numbered migrations, many deadlines on one alarm, an outbox that is struck on
 * acknowledgement, and an injected clock. A subclass parses, decides and stores inside {@link transact}; it never
 * awaits between the check and the write.
 */
export abstract class BaseObject<Env> extends DurableObject<Env> {
  /** Replaced by tests. */
  clock: Clock = platformClock;
  protected readonly sql: SqlStorage;
  protected readonly due: DueTable;
  protected readonly outbox: Outbox;
  protected readonly log: Logger;
  // A cache of what the alarm is set to, so that an unchanged deadline costs no write.
  #armedAt: EpochMs | undefined;

  readonly #migrations: readonly string[];
  #hasSchema = false;

  /** `isLazy` leaves a new object without tables until its first write, so that asking for an unknown name stores nothing. */
  constructor(ctx: DurableObjectState, env: Env, options: BaseObjectOptions) {
    super(ctx, env);
    this.sql = ctx.storage.sql;
    this.due = new DueTable(this.sql);
    this.outbox = new Outbox(this.sql);
    this.log = createLogger(options.component);
    this.#migrations = [DueTable.migration, Outbox.migration, ...options.migrations];
    if (!options.isLazy || hasMigrationsTable(this.sql)) this.#ensureSchema();
  }

  /** The queues behind the outbox's destinations; `undefined` for an object that tells nobody. */
  protected abstract queues(): OutboxQueues | undefined;

  /** Does the work of one deadline and may set the next one. When it throws, the entry is tried again later, with growing waits. */
  protected abstract onDue(key: string, attempts: number): Promise<void>;

  protected now(): EpochMs {
    return this.clock.now();
  }

  /** Whether anything was ever written here; always true unless the object is lazy. */
  protected get isStored(): boolean {
    return this.#hasSchema;
  }

  #ensureSchema(): void {
    if (this.#hasSchema) return;
    migrate(this.ctx.storage, this.#migrations);
    this.#hasSchema = true;
  }

  /** The name this object was reached by. */
  protected get name(): string {
    invariant(this.ctx.id.name, "an object is reached by name");
    return this.ctx.id.name;
  }

  /** One synchronous transaction; afterwards, in the same turn, the alarm stands at the earliest deadline. */
  protected transact<T>(work: () => T): T {
    this.#ensureSchema();
    const result = this.ctx.storage.transactionSync(() => {
      const value = work();
      const next = this.outbox.nextAt();
      if (next !== undefined) this.due.set(OUTBOX_KEY, next);
      else this.due.clear(OUTBOX_KEY);
      return value;
    });
    this.#arm();
    return result;
  }

  /** Sends waiting events without making the caller wait for the queue. */
  protected drainSoon(): void {
    this.ctx.waitUntil(this.#drain());
  }

  /** A consumer has applied these events (P5). Repeating is safe. */
  async acknowledge(destination: Destination, sequences: readonly number[]): Promise<void> {
    this.transact(() => this.outbox.strike(destination, sequences));
  }

  /** Writes an event for its destinations; call it inside {@link transact}. */
  protected emit(destinations: readonly Destination[], event: EventEnvelope): void {
    this.outbox.add(destinations, event, this.now());
  }

  /** Like {@link emit} for an event that replaces older ones still waiting; it leaves within `withinMs`. */
  protected emitLatest(destinations: readonly Destination[], event: EventEnvelope, withinMs: number): void {
    this.outbox.addLatest(destinations, event, epochMs(this.now() + withinMs));
  }

  /** Runs every deadline that has passed. Never throws: after six throws the platform would give the alarm up. */
  override async alarm(): Promise<void> {
    this.#armedAt = undefined;
    for (const entry of this.due.dueAt(this.now())) {
      const claimed = this.ctx.storage.transactionSync(() => this.due.claim(entry, this.now()));
      this.#arm();
      try {
        if (entry.key === OUTBOX_KEY) await this.#drain();
        else await this.onDue(entry.key, entry.attempts);
        this.ctx.storage.transactionSync(() => this.due.finish(claimed));
      } catch (error) {
        this.log.error("object.deadline_failed", {
          key: entry.key,
          attempts: claimed.attempts,
          reason: describeError(error),
        });
      }
    }
    this.#arm();
  }

  async #drain(): Promise<void> {
    const queues = this.queues();
    if (!queues) return;
    await this.outbox.drain(queues, this.now(), (destination, error) =>
      this.log.warn("outbox.send_failed", { destination, reason: describeError(error) }),
    );
    this.transact(() => undefined);
  }

  #arm(): void {
    const earliest = this.due.earliest();
    if (earliest !== undefined && earliest === this.#armedAt) return;
    this.#armedAt = earliest;
    // Not awaited: the write joins the current transaction's turn and the output gate waits for it.
    if (earliest === undefined) void this.ctx.storage.deleteAlarm();
    else void this.ctx.storage.setAlarm(epochMs(Math.max(earliest, 1)));
  }
}

const hasMigrationsTable = (sql: SqlStorage): boolean =>
  sql.exec("SELECT 1 FROM sqlite_master WHERE type = 'table' AND name = 'migrations'").toArray().length > 0;

function migrate(storage: DurableObjectStorage, migrations: readonly string[]): void {
  storage.transactionSync(() => {
    storage.sql.exec("CREATE TABLE IF NOT EXISTS migrations (number INTEGER PRIMARY KEY) STRICT");
    const applied = storage.sql.exec<{ n: number }>("SELECT count(*) AS n FROM migrations").one().n;
    invariant(applied <= migrations.length, "the object's state is not newer than this code");
    migrations.slice(applied).forEach((statement, index) => {
      storage.sql.exec(statement);
      storage.sql.exec("INSERT INTO migrations (number) VALUES (?)", applied + index + 1);
    });
  });
}
