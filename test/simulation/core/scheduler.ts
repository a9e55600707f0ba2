import { createRandom, type Random } from "../../support/random.ts";
import type { Process } from "./process.ts";

/** One thing that will happen: a message arrives, a timer ends, a machine dies. */
type SimEvent = {
  readonly at: number;
  /** Breaks ties, so that a run repeats exactly. */
  readonly order: number;
  readonly label: string;
  /** Who the event is about; the trail of a failure is picked by it. */
  readonly about: string;
  readonly process: Process | undefined;
  /** Still wanted when its time has come; an alarm that was moved is not. */
  readonly isWanted?: () => boolean;
  readonly run: () => void;
};

export type EventNote = {
  readonly number: number;
  readonly at: number;
  readonly about: string;
  readonly label: string;
};

const TRAIL_LENGTH = 400_000;

/**
 * Single-threaded virtual time. Each step takes the earliest event, runs it, lets every promise that follows from it
 * settle, and only then looks at the next one. The same seed gives the same run.
 */
export class Scheduler {
  readonly random: Random;
  /** Milliseconds since 1970 on the world's true clock. */
  now: number;
  /** Whose code runs in this step. */
  current: Process | undefined;
  eventCount = 0;
  readonly #heap: SimEvent[] = [];
  readonly #trail: EventNote[] = [];
  #order = 0;

  constructor(seed: number, startsAt: number) {
    this.random = createRandom(seed);
    this.now = startsAt;
  }

  /** Lets something happen `afterMs` from now. An event of a process that has died meanwhile is dropped. */
  schedule(afterMs: number, what: Omit<SimEvent, "at" | "order">): void {
    this.#order += 1;
    push(this.#heap, { ...what, at: this.now + Math.max(0, Math.round(afterMs)), order: this.#order });
  }

  /** When the next event that is still wanted happens. */
  nextAt(): number | undefined {
    for (let next = this.#heap[0]; next; next = this.#heap[0]) {
      if (isWanted(next)) return next.at;
      pop(this.#heap);
    }
    return undefined;
  }

  /** Starts the earliest event; its promises settle after the caller has returned to the event loop. False when none is left. */
  begin(): boolean {
    for (let event = pop(this.#heap); event; event = pop(this.#heap)) {
      if (!isWanted(event)) continue;
      this.now = Math.max(this.now, event.at);
      this.eventCount += 1;
      this.note(event.about, event.label);
      this.current = event.process;
      event.process?.beginTurn?.();
      event.run();
      return true;
    }
    return false;
  }

  /** Puts a line into the trail. */
  note(about: string, label: string): void {
    this.#trail.push({ number: this.eventCount, at: this.now, about, label });
    if (this.#trail.length > TRAIL_LENGTH) this.#trail.splice(0, TRAIL_LENGTH / 2);
  }

  /** The last `count` events that were about any of these names. */
  trailOf(names: readonly string[], count: number): readonly EventNote[] {
    return this.#trail
      .filter(({ about, label }) => names.some((name) => about.includes(name) || label.includes(name)))
      .slice(-count);
  }
}

const isWanted = (event: SimEvent): boolean =>
  event.process?.isAlive !== false && event.isWanted?.() !== false;

const isBefore = (a: SimEvent, b: SimEvent): boolean => a.at < b.at || (a.at === b.at && a.order < b.order);

function push(heap: SimEvent[], event: SimEvent): void {
  let index = heap.length;
  heap.push(event);
  while (index > 0) {
    const above = (index - 1) >> 1;
    const parent = heap[above];
    if (!parent || !isBefore(event, parent)) break;
    heap[index] = parent;
    index = above;
  }
  heap[index] = event;
}

function pop(heap: SimEvent[]): SimEvent | undefined {
  const first = heap[0];
  const last = heap.pop();
  if (!first || !last || heap.length === 0) return first;
  let index = 0;
  for (;;) {
    const left = heap[2 * index + 1];
    const right = heap[2 * index + 2];
    if (!left) break;
    const isRight = right !== undefined && isBefore(right, left);
    const child = isRight ? right : left;
    if (!isBefore(child, last)) break;
    heap[index] = child;
    index = 2 * index + (isRight ? 2 : 1);
  }
  heap[index] = last;
  return first;
}
