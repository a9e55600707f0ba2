import { createHash } from "node:crypto";
import type { Scheduler } from "./scheduler.ts";

/** What the code under test reaches for in its surroundings, replaced while a world runs. */
type Surroundings = {
  readonly now: typeof Date.now;
  readonly digest: SubtleCrypto["digest"];
  readonly fill: Crypto["getRandomValues"];
  readonly info: typeof console.info;
  readonly warn: typeof console.warn;
  readonly error: typeof console.error;
  readonly stackTraceLimit: number;
  readonly setTimeout: typeof setTimeout;
  readonly clearTimeout: typeof clearTimeout;
};

/**
 * Puts virtual time, repeatable randomness, an immediate hash and a silent log in place of the real ones, and gives the
 * way back. Nothing that a world runs may wait for the real machine.
 */
export function enterWorld(world: Scheduler): () => void {
  const before = keep();
  Date.now = () => world.now;
  crypto.subtle.digest = hash;
  const random = world.random.fork();
  crypto.getRandomValues = <T>(array: T): T => {
    if (array instanceof Uint8Array)
      for (let i = 0; i < array.length; i += 1) array[i] = random.whole(0, 255);
    return array;
  };
  const timers = timersIn(world);
  Reflect.set(globalThis, "scheduler", {
    wait: (ms: number) => new Promise((done) => timers.set(() => done(undefined), ms)),
  });
  Reflect.set(globalThis, "setTimeout", timers.set);
  Reflect.set(globalThis, "clearTimeout", timers.clear);
  console.info = console.warn = console.error = () => undefined;
  // Lost messages and ended timers make errors by the hundred thousand; looking at the stack for each costs more than they do.
  Error.stackTraceLimit = 0;
  return () => {
    Error.stackTraceLimit = before.stackTraceLimit;
    Date.now = before.now;
    crypto.subtle.digest = before.digest;
    crypto.getRandomValues = before.fill;
    console.info = before.info;
    console.warn = before.warn;
    console.error = before.error;
    Reflect.deleteProperty(globalThis, "scheduler");
    globalThis.setTimeout = before.setTimeout;
    globalThis.clearTimeout = before.clearTimeout;
  };
}

const keep = (): Surroundings => ({
  now: Date.now,
  digest: crypto.subtle.digest,
  fill: crypto.getRandomValues,
  info: console.info,
  warn: console.warn,
  error: console.error,
  stackTraceLimit: Error.stackTraceLimit,
  setTimeout: globalThis.setTimeout,
  clearTimeout: globalThis.clearTimeout,
});

/** The real one answers from another thread, whenever that is done. */
const hash: SubtleCrypto["digest"] = (_algorithm, data) => {
  const bytes = data instanceof ArrayBuffer ? new Uint8Array(data) : new Uint8Array(data.buffer);
  const digest = createHash("sha256").update(bytes).digest();
  return Promise.resolve(new Uint8Array(digest).buffer);
};

/** A timer belongs to whoever set it: when that has died it never rings. */
function timersIn(world: Scheduler) {
  const waiting = new Set<number>();
  let last = 0;
  return {
    set(ring: () => void, delayMs: number): number {
      const { current } = world;
      last += 1;
      const timer = last;
      waiting.add(timer);
      world.schedule(delayMs, {
        label: "timer",
        about: current?.name ?? "nobody",
        process: current,
        isWanted: () => waiting.has(timer),
        run: () => {
          waiting.delete(timer);
          ring();
        },
      });
      return timer;
    },
    clear: (timer: number | undefined) => void (timer !== undefined && waiting.delete(timer)),
  };
}
