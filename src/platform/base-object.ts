import { DurableObject } from "cloudflare:workers";
import { epochMs, invariant, type EpochMs } from "#kernel";
import { platformClock, type Clock } from "./clock.ts";
import { DueTable, type DueEntry } from "./due-table.ts";
import type { Destination, EventEnvelope } from "./events.ts";
import { failpoint } from "./failpoints.ts";
import { createLogger, describeError, type Logger } from "./log.ts";
import { hasMigrationsTable, migrate } from "./migrate-object.ts";
import { ObjectAlarm } from "./object-alarm.ts";
import { Outbox, type OutboxQueues } from "./outbox.ts";
import { GATHER_MS } from "./outbox-limits.ts";
import { OwnDeadline } from "./own-deadline.ts";
import { inTime } from "./within.ts";

/** Longer than any work that is still going anywhere; its outward calls have shorter limits of their own. */
const WORK_LIMIT_MS = 60_000;

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
  /** Replaced by tests, like the limit below. */
  clock: Clock = platformClock;
  /** Milliseconds after which the work of a deadline counts as failed: an alarm that never ends would be the last one. */
  workLimitMs = WORK_LIMIT_MS;
  protected readonly sql: SqlStorage;
  protected readonly due: DueTable;
  protected readonly outbox: Outbox;
  protected readonly log: Logger;
  readonly #alarm: ObjectAlarm;
  readonly #own = new OwnDeadline(() => this.ownDeadline());
  readonly #migrations: readonly string[];
  readonly #isNew: boolean;
  #hasSchema = false;

  /** `isLazy` leaves a new object without tables until its first write, so that asking for an unknown name stores nothing. */
  constructor(ctx: DurableObjectState, env: Env, options: BaseObjectOptions) {
    super(ctx, env);
    this.sql = ctx.storage.sql;
    this.due = new DueTable(this.sql);
    this.outbox = new Outbox(this.sql);
    this.log = createLogger(options.component);
    this.#alarm = new ObjectAlarm(ctx.storage, () => this.#earliest());
    this.#migrations = [DueTable.migration, Outbox.migration, ...options.migrations];
    this.#isNew = !hasMigrationsTable(this.sql);
    if (!(options.isLazy && this.#isNew)) this.#makeSchema();
  }

  /** A transaction came to nothing: what a subclass knows from memory may not be so. */
  protected rolledBack(): void {}

  /** The queues behind the outbox's destinations; `undefined` for an object that tells nobody. */
  protected abstract queues(): OutboxQueues | undefined;

  /** Does the work of one deadline and may set the next one. When it throws, the entry is tried again later, with growing waits. */
  protected abstract onDue(key: string, attempts: number): Promise<void>;

  /** Whether the work of a deadline was done meanwhile, so that it only has to be struck. No, unless a subclass knows better. */
  protected isDone(_key: string): boolean {
    return false;
  }

  /**
   * The earliest deadline that the object derives from its own tables or memory instead of a row in {@link due}.
   * Asked after every transaction, so it must be cheap. None, unless a subclass says otherwise.
   */
  protected ownDeadline(): EpochMs | undefined {
    return undefined;
  }

  /**
   * Does the work of an own deadline that has passed, and moves it. When it throws, or leaves the same deadline standing,
   * it is tried again with growing waits; so deadlines of one instant are best worked off together.
   */
  protected async onOwnDeadline(_now: EpochMs): Promise<void> {
    invariant(false, "an object with deadlines of its own does their work");
  }

  /** Milliseconds for which events are gathered before the alarm sends them. */
  protected get gatherMs(): number {
    return GATHER_MS;
  }

  protected now(): EpochMs {
    return this.clock.now();
  }

  /** Whether anything was ever written here; always true unless the object is lazy. */
  protected get isStored(): boolean {
    return this.#hasSchema;
  }

  #makeSchema(): void {
    migrate(this.ctx.storage, this.#migrations, this.#isNew);
    if (this.#isNew) for (const table of [this.due, this.outbox]) table.startEmpty();
    this.#hasSchema = true;
  }

  /** The name this object was reached by. */
  protected get name(): string {
    invariant(this.ctx.id.name, "an object is reached by name");
    return this.ctx.id.name;
  }

  /**
   * One synchronous transaction; afterwards, in the same turn, the alarm stands at the earliest deadline or before it.
   * One that neither emits nor touches a deadline pays for neither.
   */
  protected transact<T>(work: () => T): T {
    if (this.#hasSchema) return this.#change(work);
    this.#makeSchema();
    this.#alarm.prepare(this.now());
    try {
      return this.#change(work);
    } finally {
      this.#alarm.set();
    }
  }

  #change<T>(work: () => T): T {
    const result = this.#inTransaction(work);
    this.#armSooner();
    return result;
  }

  #inTransaction<T>(work: () => T): T {
    try {
      const result = this.ctx.storage.transactionSync(() => {
        this.outbox.strikeApplied();
        return work();
      });
      this.outbox.commit();
      return result;
    } catch (error) {
      this.due.forget();
      this.outbox.rollBack();
      this.rolledBack();
      throw error;
    }
  }

  /** A consumer has applied these events (P5). Repeating is safe. */
  async acknowledge(destination: Destination, sequences: readonly number[]): Promise<void> {
    this.outbox.noteApplied(destination, sequences);
    if (!this.#hasSchema || !this.outbox.isAllApplied) return;
    // Nothing is left to wait for: struck at once, with what is done besides, which spares the object a wake-up.
    this.#inTransaction(() => this.#strikeDone(this.due.all()));
    this.#alarm.set();
  }

  /**
   * Writes an event for its destinations; call it inside {@link transact}. Projections carry the whole state, so the
   * newest replaces those that still wait; the others get every event, after `waitMs`.
   */
  protected emit(destinations: readonly Destination[], event: EventEnvelope, waitMs = this.gatherMs): void {
    const steps = destinations.filter((destination) => destination !== "projection");
    if (steps.length > 0) this.outbox.add(steps, event, epochMs(this.now() + waitMs));
    if (steps.length < destinations.length) this.emitLatest(["projection"], event, this.gatherMs);
  }

  /** Like {@link emit} for an event that replaces older ones still waiting; it leaves within `withinMs`. */
  protected emitLatest(destinations: readonly Destination[], event: EventEnvelope, withinMs: number): void {
    this.outbox.addLatest(destinations, event, epochMs(this.now() + withinMs));
  }

  /**
   * Marks what is being gathered as sent, with the transaction that it is called in, for the {@link flush} that must
   * follow: the marks need no write of their own then.
   */
  protected takeAlong(): void {
    this.outbox.takeAlong(this.now(), this.#gatherEnd());
  }

  /** Sends what was taken along, or else what is still being gathered. Never throws: what does not leave now, the alarm sends. */
  protected async flush(): Promise<void> {
    const until = this.#gatherEnd();
    const next = this.#hasSchema ? this.outbox.nextAt() : undefined;
    if (this.outbox.isLeaving || (next !== undefined && next <= until))
      await this.#attempt("outbox", 1, () => this.#drain(until));
  }

  #gatherEnd(): EpochMs {
    return epochMs(this.now() + this.gatherMs);
  }

  /** Runs every deadline that has passed. Never throws: after six throws the platform would give the alarm up. */
  override async alarm(): Promise<void> {
    if (!this.#hasSchema) return;
    this.#alarm.goneOff();
    const claims = this.#claimDue();
    const outboxAt = this.outbox.nextAt();
    if (outboxAt !== undefined && outboxAt <= this.now() + GATHER_MS) {
      // Its rows carry their own next attempt.
      await this.#attempt("outbox", 1, () => this.#drain());
    }
    for (const claimed of claims) await this.#runEntry(claimed);
    await this.#runOwn();
    this.#alarm.set();
  }

  /** Claims all that is due before any of its work starts: one write, which the outbox's marks join. */
  #claimDue(): readonly DueEntry[] {
    const now = this.now();
    const entries = this.due.dueAt(now);
    if (entries.length === 0 && !this.outbox.hasApplied) return [];
    const claims = this.#inTransaction(() => {
      this.#strikeDone(entries);
      return entries.filter(({ key }) => !this.isDone(key)).map((entry) => this.due.claim(entry, now));
    });
    this.#alarm.set();
    return claims;
  }

  #strikeDone(entries: readonly DueEntry[]): void {
    for (const { key } of entries) if (this.isDone(key)) this.due.clear(key);
  }

  async #runEntry(claimed: DueEntry): Promise<void> {
    await this.#attempt(claimed.key, claimed.attempts, async () => {
      await this.onDue(claimed.key, claimed.attempts - 1);
      this.#inTransaction(() => this.due.finish(claimed));
    });
  }

  async #runOwn(): Promise<void> {
    const now = this.now();
    const deadline = this.#own.at();
    if (deadline === undefined || deadline > now) return;
    const attempts = this.#own.begin(now);
    // A crash in the middle leaves the alarm set for the next try.
    this.#alarm.set();
    if (await this.#attempt("own", attempts, () => this.onOwnDeadline(now))) this.#own.end();
  }

  /** Whether the work went through; what it throws is logged. */
  async #attempt(key: string, attempts: number, work: () => Promise<void>): Promise<boolean> {
    try {
      await inTime(work(), this.workLimitMs);
      return true;
    } catch (error) {
      this.log.error("object.deadline_failed", { key, attempts, reason: describeError(error) });
      return false;
    }
  }

  /** Sends what is due; with `until`, what waits for its first sending until then, too. */
  async #drain(until?: EpochMs): Promise<void> {
    const queues = this.queues();
    if (!queues) return;
    await failpoint("outbox.before-send");
    const batches = this.outbox.isLeaving ? this.outbox.departures() : this.outbox.take(this.now(), until);
    // In the same write as the marks, and before anything leaves. A flush leaves the alarm where it is: soon.
    if (until === undefined) this.#alarm.set();
    await this.outbox.send(queues, batches, (destination, error) =>
      this.log.warn("outbox.send_failed", { destination, reason: describeError(error) }),
    );
    await failpoint("outbox.after-send");
  }

  #earliest(): EpochMs | undefined {
    const all = [this.due.earliest(), this.outbox.nextAt(), this.#own.at()];
    const known = all.filter((at) => at !== undefined);
    return known.length === 0 ? undefined : epochMs(Math.min(...known));
  }

  #armSooner(): void {
    // Each is asked, so that none tells of the same change again.
    const changes = [this.due.takeChange(), this.outbox.takeChange(), this.#own.takeChange()];
    if (changes.includes(true)) this.#alarm.setSooner();
  }
}
