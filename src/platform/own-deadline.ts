import { epochMs, type EpochMs } from "#kernel";
import { retryDelayMs } from "./due-table.ts";

/** Follows the deadline that an object derives by itself: whether it has moved, and when its work is tried again. In memory only. */
export class OwnDeadline {
  readonly #read: () => EpochMs | undefined;
  // What the alarm was last asked to be set for.
  #known: EpochMs | undefined;
  #tries:
    { readonly attempts: number; readonly retryAt: EpochMs; readonly of: EpochMs | undefined } | undefined;

  constructor(read: () => EpochMs | undefined) {
    this.#read = read;
  }

  /** The deadline, not before the next try when its work has failed. */
  at(): EpochMs | undefined {
    const deadline = this.#read();
    if (deadline === undefined || !this.#tries) return deadline;
    return epochMs(Math.max(deadline, this.#tries.retryAt));
  }

  /** Whether it has moved since the last call. */
  takeChange(): boolean {
    const at = this.at();
    const hasChanged = at !== this.#known;
    this.#known = at;
    return hasChanged;
  }

  /** Its work starts; gives back the how manieth try this is, from 1. Each waits longer for the next. */
  begin(now: EpochMs): number {
    const attempts = (this.#tries?.attempts ?? 0) + 1;
    this.#tries = { attempts, retryAt: epochMs(now + retryDelayMs(attempts - 1)), of: this.#read() };
    return attempts;
  }

  /** Its work went through. A deadline that still stands is tried again all the same. */
  end(): void {
    if (this.#tries && this.#read() !== this.#tries.of) this.#tries = undefined;
  }
}
