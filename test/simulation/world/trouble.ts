import { MINUTE_MS, SECOND_MS } from "#kernel";
import type { ObjectHost } from "../core/object-host.ts";
import { createProcess } from "../core/process.ts";
import type { World } from "./world.ts";

const SWEEP_EVERY_MS = 5 * MINUTE_MS;
const SERVICES = ["d1", "queue", "provider", "cart"] as const;

/** By how much an object's clock may be wrong, drawn anew. */
export function skewIn({ weather, scheduler }: World): number {
  const { skewMs } = weather.climate;
  return skewMs === 0 ? 0 : scheduler.random.whole(-skewMs, skewMs);
}

/** What happens to a world by itself: the sweep, crashes at rest, jumping clocks, services that are down for a while. */
export function beginTrouble(world: World): void {
  const { random } = world.scheduler;
  const { climate } = world.weather;
  const about = (mean: number): number => -mean * Math.log(1 - random.next());
  const someHost = (): ObjectHost | undefined => {
    const all = [...world.hosts.values()];
    return all[random.whole(0, Math.max(0, all.length - 1))];
  };
  every(world, "sweep", { waitMs: () => SWEEP_EVERY_MS, work: () => world.sweep() });
  every(world, "crash", {
    waitMs: () => about(climate.crashEverySeconds * SECOND_MS),
    work: () => someHost()?.crash("killed at rest or while it waits"),
  });
  every(world, "clock jump", {
    waitMs: () => about(climate.jumpEverySeconds * SECOND_MS),
    work: () => {
      world.counts.jumps += 1;
      someHost()?.jump(skewIn(world));
    },
  });
  every(world, "outage", {
    waitMs: () => about(climate.outageEveryMinutes * MINUTE_MS),
    work: () => world.weather.beginOutage(random.pick(SERVICES), world.scheduler.now),
  });
}

type Repeated = { readonly waitMs: () => number; readonly work: () => void | Promise<void> };

/** Repeats something until the world is healed, the sweep a while longer; an infinite wait means never. */
function every(world: World, label: string, { waitMs, work }: Repeated): void {
  const again = (): void => {
    const wait = waitMs();
    if (!Number.isFinite(wait)) return;
    world.scheduler.schedule(wait, {
      label,
      about: "world",
      process: createProcess(label),
      isWanted: () => world.scheduler.now < world.sweepsUntil,
      run: () => {
        if (label !== "sweep" && world.sweepsUntil !== Infinity) return;
        void work();
        again();
      },
    });
  };
  again();
}
