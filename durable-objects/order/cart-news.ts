import type { EpochMs } from "#kernel";
import { describeError, type Logger } from "#platform";

/**
 * How much of its order's news the cart has heard, in memory only: a crash forgets it, and the deadline tells the cart once
 * more, which changes nothing.
 */
export class CartNews {
  #count = 0;
  #heard = 0;
  #telling: Promise<void> | undefined;

  /** There is something that the cart has not heard yet; gives back when it has to be told at the latest. */
  add(deadline: EpochMs): EpochMs {
    this.#count += 1;
    return deadline;
  }

  get isHeard(): boolean {
    return this.#count > 0 && this.#heard === this.#count;
  }

  /** Tells by `tell` what the cart has not heard; when it cannot be reached, the log says so. Never throws. */
  async tellNow(tell: () => Promise<void>, log: Logger): Promise<void> {
    if (this.isHeard) return;
    try {
      await tell();
    } catch (error) {
      log.warn("order.cart_not_told", { reason: describeError(error) });
    }
  }

  /** Tells the cart by `work`; whoever asks while that is under way joins it. Rejects when the cart cannot be reached. */
  tell(work: () => Promise<void>): Promise<void> {
    const news = this.#count;
    this.#telling ??= work()
      .then(() => {
        this.#heard = news;
      })
      .finally(() => {
        this.#telling = undefined;
      });
    return this.#telling;
  }
}
