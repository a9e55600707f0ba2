import { after, DAY_MS, epochMs, type EpochMs } from "#kernel";

/** Later than any deadline. */
const FAR_MS = 3_650 * DAY_MS;

/**
 * The one alarm that an object has. Setting it is a write of its own, so it is set only when it has to be; the write joins
 * the turn that it is called in, and the answer to that turn waits for it.
 */
export class ObjectAlarm {
  readonly #storage: DurableObjectStorage;
  readonly #earliest: () => EpochMs | undefined;
  // A cache of what the alarm is set to, so that an unchanged deadline costs no write.
  #setTo: EpochMs | undefined;

  /** `earliest` says when something is due at the earliest. */
  constructor(storage: DurableObjectStorage, earliest: () => EpochMs | undefined) {
    this.#storage = storage;
    this.#earliest = earliest;
  }

  /** It has gone off, and is not set any more. */
  goneOff(): void {
    this.#setTo = undefined;
  }

  /**
   * Moves it only to an earlier time: one that goes off too early finds nothing to do and is set anew then, which is
   * cheaper than a write with every change.
   */
  setSooner(): void {
    const earliest = this.#earliest();
    if (earliest === undefined) return;
    if (this.#setTo === undefined || earliest < this.#setTo) this.#set(earliest);
  }

  /** Sets it to the earliest deadline, or ends it when nothing is due any more. */
  set(): void {
    const earliest = this.#earliest();
    if (earliest !== undefined && earliest === this.#setTo) return;
    if (earliest !== undefined) return this.#set(earliest);
    if (this.#setTo === undefined) return;
    this.#setTo = undefined;
    void this.#storage.deleteAlarm();
  }

  /**
   * For the first turn of a new object, before it writes anything: the platform makes a table of its own for an object's
   * first alarm, and SQLite prepares every statement anew that it knew before a table was made. {@link set} must follow in
   * the same turn.
   */
  prepare(now: EpochMs): void {
    this.#set(after(now, FAR_MS));
  }

  #set(at: EpochMs): void {
    this.#setTo = at;
    void this.#storage.setAlarm(epochMs(Math.max(at, 1)));
  }
}
