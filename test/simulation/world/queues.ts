import { SECOND_MS } from "#kernel";
import type { QueueSender } from "#platform";
import { createProcess } from "../core/process.ts";
import type { Network } from "../core/network.ts";
import type { Scheduler } from "../core/scheduler.ts";
import type { Weather } from "../core/weather.ts";

type Parked = { readonly id: string; readonly body: unknown; attempts: number; isSettled: boolean };
export type Consume = (batch: MessageBatch) => Promise<void>;

const MAX_BATCH = 10;
const MAX_ATTEMPTS = 10;
/** A batch whose consumer has not come back after this long is delivered again. */
const VISIBILITY_MS = 60 * SECOND_MS;

/**
 * A queue that delivers at least once, in no order, and that loses messages as the local one does. A batch that its
 * consumer did not finish comes again.
 */
export class SimQueue {
  readonly name: string;
  readonly counts = { delivered: 0, lost: 0, consumersKilled: 0 };
  readonly #scheduler: Scheduler;
  readonly #weather: Weather;
  readonly #network: Network;
  readonly #consume: Consume;
  #waiting: Parked[] = [];
  #serial = 0;
  #isTicking = false;

  constructor(
    name: string,
    world: { scheduler: Scheduler; weather: Weather; network: Network },
    consume: Consume,
  ) {
    this.name = name;
    this.#scheduler = world.scheduler;
    this.#weather = world.weather;
    this.#network = world.network;
    this.#consume = consume;
  }

  readonly sender: QueueSender = {
    sendBatch: (messages) => {
      const bodies = [...messages].map(({ body }) => body);
      return this.#network.callService("queue", `${this.name}.sendBatch`, () => {
        for (const body of bodies) this.#accept(body);
      });
    },
  };

  #accept(body: unknown): void {
    const fate = this.#weather.messageFate("message");
    if (fate.arrivals.length === 0) this.counts.lost += 1;
    this.#serial += 1;
    const id = `${this.name}-${this.#serial}`;
    for (const afterMs of fate.arrivals) this.#park({ id, body, attempts: 0, isSettled: false }, afterMs);
  }

  #park(message: Parked, afterMs: number): void {
    this.#scheduler.schedule(afterMs, {
      label: "message is ready",
      about: this.name,
      process: undefined,
      run: () => {
        this.#waiting.push(message);
        this.#tick();
      },
    });
  }

  #tick(): void {
    if (this.#isTicking) return;
    this.#isTicking = true;
    this.#scheduler.schedule(this.#scheduler.random.whole(5, 500), {
      label: "batch",
      about: this.name,
      process: undefined,
      run: () => {
        this.#isTicking = false;
        this.#deliver();
      },
    });
  }

  #deliver(): void {
    const { random } = this.#scheduler;
    const size = random.whole(1, MAX_BATCH);
    const taken: Parked[] = [];
    while (taken.length < size && this.#waiting.length > 0)
      taken.push(...this.#waiting.splice(random.whole(0, this.#waiting.length - 1), 1));
    if (this.#waiting.length > 0) this.#tick();
    if (taken.length === 0) return;
    this.counts.delivered += taken.length;
    const process = createProcess(`consumer ${this.name}`);
    this.#scheduler.current = process;
    const giveBack = (): void => {
      process.isAlive = false;
      for (const message of taken) if (!message.isSettled) this.#retry(message, 1);
    };
    void this.#consume(this.#batchOf(taken)).then(giveBack, giveBack);
    const killAfterMs = this.#weather.chance(this.#weather.climate.turnCrash * 5)
      ? random.whole(1, 2_000)
      : VISIBILITY_MS;
    this.#scheduler.schedule(killAfterMs, {
      label: "consumer is killed",
      about: this.name,
      process,
      run: () => {
        this.counts.consumersKilled += 1;
        giveBack();
      },
    });
  }

  #retry(message: Parked, delaySeconds: number): void {
    if (message.isSettled) return;
    message.isSettled = true;
    const again = { ...message, attempts: message.attempts + 1, isSettled: false };
    // The outbox sends it again: a message that the queue gave up on is only late.
    if (again.attempts < MAX_ATTEMPTS) this.#park(again, delaySeconds * SECOND_MS);
  }

  #batchOf(taken: readonly Parked[]): MessageBatch {
    const messages = taken.map((message) => ({
      id: message.id,
      body: message.body,
      attempts: message.attempts + 1,
      timestamp: new Date(this.#scheduler.now),
      ack: () => {
        message.isSettled = true;
      },
      retry: (options?: { delaySeconds?: number }) => this.#retry(message, options?.delaySeconds ?? 1),
    }));
    // The part of the platform's interface that consumers use.
    return { queue: this.name, messages } as unknown as MessageBatch;
  }
}
