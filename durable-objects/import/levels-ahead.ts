import type { CountedLevel, ImportPorts } from "#catalog-import";
import { LEVELS_AHEAD, SHOWN_PATIENCE_MS, SHOWN_POLL_MS } from "../../src/catalog-import/domain/limits.ts";

/**
 * Levels that this import has counted and that lists do not show yet. A stock object stays awake until its level is
 * shown; an import that ran ahead of the projection by thousands of them would fill the memory, and after a crash all
 * of them would wake at once. In memory only: whoever starts anew has none awake.
 */
export class LevelsAhead {
  readonly #runs: (readonly CountedLevel[])[] = [];
  readonly #wait: (ms: number) => Promise<void>;
  #isGivenUp = false;

  constructor(wait: (ms: number) => Promise<void> = (ms) => scheduler.wait(ms)) {
    this.#wait = wait;
  }

  /** Waits until the projection is near enough; once that has taken too long, never again. */
  async makeRoom(areShown: ImportPorts["areShown"]): Promise<void> {
    for (let waitedMs = 0; this.#isFull(); waitedMs += SHOWN_POLL_MS) {
      const [oldest = []] = this.#runs;
      if (await areShown(oldest)) this.#runs.shift();
      else if (waitedMs >= SHOWN_PATIENCE_MS) this.#isGivenUp = true;
      else await this.#wait(SHOWN_POLL_MS);
    }
  }

  add(levels: readonly CountedLevel[]): void {
    if (levels.length > 0) this.#runs.push(levels);
  }

  #isFull(): boolean {
    return !this.#isGivenUp && this.#runs.reduce((sum, run) => sum + run.length, 0) > LEVELS_AHEAD;
  }
}
