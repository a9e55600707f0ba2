import type { World } from "../world/world.ts";

const TRAIL = 40;

/** A broken promise, with what is needed to see it again. */
export class BrokenPromise extends Error {
  override readonly name = "BrokenPromise";
}

/** Names the seed and the event, and tells the last forty events about these objects. */
export function broken(world: World, what: string, about: readonly string[]): BrokenPromise {
  const trail = world.scheduler
    .trailOf(about, TRAIL)
    .map(
      ({ number, at, about: of, label }) =>
        `  #${number} ${new Date(at).toISOString().slice(11, 23)} ${of}: ${label}`,
    );
  return new BrokenPromise(
    [
      what,
      `seed ${world.seed}, event ${world.scheduler.eventCount}. Repeat it with SEED=${world.seed} WORLDS=1.`,
      `The last ${trail.length} events about ${about.join(", ")}:`,
      ...trail,
    ].join("\n"),
  );
}
