import { STOCK_CHANGED, type Rush, type StockChanged, type StockLevel } from "#inventory";
import { after, epochMs, toIso, type EpochMs } from "#kernel";
import { newTraceparent, retryDelayMs, type EventEnvelope, type OutboxAudit } from "#platform";
import { decideRush } from "../../src/inventory/domain/demand.ts";
import { LINE_HOLDS_PER_SECOND } from "../../src/inventory/domain/escrow-limits.ts";
import { LEVEL_COALESCE_MS, LEVEL_RESEND_MS } from "../../src/inventory/domain/limits.ts";
import type { StockBook } from "./stock-book.ts";

/**
 * Tells the projection of the newest level: not more often than a burst of sales needs, and again until it is
 * acknowledged. Consumers want the level, not its history, so no change is written down for them: what has been
 * acknowledged is one row, and the message is made when it leaves.
 */
export class StockTeller {
  readonly #book: StockBook;
  readonly #lineOpensAt: number;
  readonly #show: () => StockLevel;
  #told: number | undefined;
  #tellAt: EpochMs | undefined;
  #attempts = 0;
  #rush: Rush | undefined;
  // Of the last change, so that its trace goes on; a new one after a restart.
  #traceparent: string | undefined;

  /** `lineOpensAt`: holds per second from which buyers are served by turn; `show`: the level as others see it. */
  constructor(book: StockBook, show: () => StockLevel, lineOpensAt = LINE_HOLDS_PER_SECOND) {
    this.#book = book;
    this.#show = show;
    this.#lineOpensAt = lineOpensAt;
  }

  /** Forgets what is known from memory; the tables know what was acknowledged. */
  forget(): void {
    this.#told = undefined;
  }

  get #toldVersion(): number {
    this.#told ??= this.#book.store.toldVersion();
    return this.#told;
  }

  get #isTold(): boolean {
    return this.#toldVersion >= this.#book.state.version;
  }

  /** The level has changed. */
  changed(now: EpochMs, traceparent: string): void {
    const at = after(now, LEVEL_COALESCE_MS);
    this.#tellAt = this.#tellAt === undefined ? at : epochMs(Math.min(this.#tellAt, at));
    this.#attempts = 0;
    this.#traceparent = traceparent;
  }

  /** Holds are asked for at this rate: from a certain one on, the level says that buyers go through the line. */
  asked(holdsPerSecond: number, now: EpochMs): void {
    this.#rush = decideRush(this.#rush, holdsPerSecond, { now, opensAt: this.#lineOpensAt });
  }

  /** When the next message wants to leave, if any. */
  deadline(now: EpochMs): EpochMs | undefined {
    if (this.#isTold) return undefined;
    this.#tellAt ??= now;
    return this.#tellAt;
  }

  /** The message that is due now, if any; it counts as sent. */
  take(now: EpochMs): EventEnvelope<typeof STOCK_CHANGED, StockChanged> | undefined {
    const deadline = this.deadline(now);
    if (deadline === undefined || deadline > now) return undefined;
    this.#attempts += 1;
    this.#tellAt = after(now, Math.max(LEVEL_RESEND_MS, retryDelayMs(this.#attempts + 1)));
    const { version, ...level } = this.#show();
    return {
      id: `stock:${level.sku}:${version}`,
      type: STOCK_CHANGED,
      aggregate: { kind: "stock", id: level.sku },
      sequence: version,
      occurredAt: toIso(this.#book.store.changedAt(version) ?? now),
      version: 1,
      data: this.#rush && this.#rush.lineOpenUntil > now ? { ...level, rush: this.#rush } : level,
      traceparent: this.#traceparent ?? newTraceparent(),
    };
  }

  /** The projection has applied these versions. Call it inside a transaction. */
  acknowledged(versions: readonly number[]): void {
    const newest = Math.min(Math.max(0, ...versions), this.#book.state.version);
    if (newest <= this.#toldVersion) return;
    this.#book.store.saveTold(newest);
    this.#told = newest;
    if (this.#isTold) this.#tellAt = undefined;
  }

  /** Nothing counts as told any more. Call it inside a transaction. */
  retell(): void {
    this.#book.store.saveTold(0);
    this.#told = 0;
    this.#tellAt = undefined;
    this.#attempts = 0;
  }

  audit(): OutboxAudit {
    if (this.#isTold) return { waiting: 0 };
    const oldestAt = this.#book.store.changedAt(this.#toldVersion + 1);
    return oldestAt === undefined ? { waiting: 1 } : { waiting: 1, oldestAt };
  }
}
