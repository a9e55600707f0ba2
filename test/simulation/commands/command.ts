import type { Random } from "../../support/random.ts";
import type { World } from "../world/world.ts";

/**
 * One kind of thing that people do to the shop. Its script runs as a process of its own; whatever it learns goes into
 * the world's book. To add a kind: write such a file and name it in `commands.ts`.
 */
export type Command = {
  readonly name: string;
  /** How often it is chosen, compared with the others. */
  readonly weight: number;
  readonly run: (world: World, random: Random) => Promise<void>;
};

/** Calls again after a growing wait until there is an answer; gives up after `limit` tries. */
export async function insist<T>(world: World, limit: number, call: () => Promise<T>): Promise<T | undefined> {
  for (let attempt = 0; attempt < limit; attempt += 1) {
    try {
      return await call();
    } catch {
      await world.pause(Math.min(60_000, 500 * 2 ** attempt));
    }
  }
  return undefined;
}
