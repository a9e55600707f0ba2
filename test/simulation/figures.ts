import { claimsAt } from "./oracle/tables.ts";
import type { World } from "./world/world.ts";

/** What the worlds of one run went through. */
export type Figures = {
  worlds: number;
  events: number;
  orders: number;
  acknowledged: number;
  sold: number;
  soldAtShards: number;
  adjustments: number;
  crashes: number;
  turnCrashes: number;
  alarms: number;
  jumps: number;
  lost: number;
  answersLost: number;
  doubled: number;
  late: number;
  slow: number;
  outages: number;
  providerUnknown: number;
  webhooks: number;
  queueLost: number;
  consumersKilled: number;
  readonly states: Set<string>;
};

export const noFigures = (): Figures => ({
  worlds: 0,
  events: 0,
  orders: 0,
  acknowledged: 0,
  sold: 0,
  soldAtShards: 0,
  adjustments: 0,
  crashes: 0,
  turnCrashes: 0,
  alarms: 0,
  jumps: 0,
  lost: 0,
  answersLost: 0,
  doubled: 0,
  late: 0,
  slow: 0,
  outages: 0,
  providerUnknown: 0,
  webhooks: 0,
  queueLost: 0,
  consumersKilled: 0,
  states: new Set(),
});

/** Adds what one world went through. */
export function addWorld(figures: Figures, world: World): void {
  const { counts, weather, provider, book } = world;
  const queues = Object.values(world.queues);
  figures.worlds += 1;
  figures.events += world.scheduler.eventCount;
  figures.orders += book.orders.size;
  figures.acknowledged += [...book.orders.values()].filter(({ isAnswered }) => isAnswered).length;
  figures.sold += [...provider.book.values()].filter(({ captures }) => captures > 0).length;
  figures.soldAtShards += claimsAtShards(world).filter(({ status }) => status === "committed").length;
  figures.adjustments += book.adjustments.size;
  figures.crashes += counts.crashes;
  figures.turnCrashes += counts.turnCrashes;
  figures.alarms += counts.alarms;
  figures.jumps += counts.jumps;
  figures.lost += weather.counts.lost;
  figures.answersLost += weather.counts.answersLost;
  figures.doubled += weather.counts.doubled;
  figures.late += weather.counts.late;
  figures.slow += weather.counts.slow;
  figures.outages += weather.counts.outages;
  figures.providerUnknown += provider.counts.unknown;
  figures.webhooks += provider.counts.webhooks;
  figures.queueLost += queues.reduce((sum, queue) => sum + queue.counts.lost, 0);
  figures.consumersKilled += queues.reduce((sum, queue) => sum + queue.counts.consumersKilled, 0);
  for (const state of book.states) figures.states.add(state);
}

const claimsAtShards = (world: World) =>
  [...world.hosts.values()].flatMap((host) => (host.kind === "shard" ? claimsAt(host) : []));

/** One line for people and for `npm run prove`. */
export function figuresLine(figures: Figures, seed: number, seconds: number): string {
  const { states, ...numbers } = figures;
  const words = Object.entries(numbers).map(([name, value]) => `${name} ${value}`);
  return `simulation: seed ${seed}, ${words.join(", ")}, states ${states.size} (${[...states].sort().join(" ")}), ${seconds.toFixed(1)} s of CPU`;
}
