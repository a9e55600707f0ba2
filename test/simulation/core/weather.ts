import { HOUR_MS, MINUTE_MS, SECOND_MS } from "#kernel";
import type { Random } from "../../support/random.ts";

/** What may happen to one message: probabilities from 0 to 1. */
export type MessageFaults = {
  /** Never arrives; the sender sees an error. */
  readonly lost: number;
  /** Arrives and acts, but the answer is lost; the sender sees an error. */
  readonly answerLost: number;
  /** Arrives twice. */
  readonly doubled: number;
  /** The sender sees an error, and the message arrives up to an hour later. */
  readonly late: number;
  /** Takes up to a minute, and the sender waits. */
  readonly slow: number;
};

export type Climate = {
  readonly messages: MessageFaults;
  /** A turn of an object ends in a crash, after one of its transactions. */
  readonly turnCrash: number;
  /** An alarm comes minutes late, or twice. */
  readonly oddAlarm: number;
  /** Mean minutes between outages of any one service. */
  readonly outageEveryMinutes: number;
  /** Mean seconds between crashes of objects at rest, and between jumps of a clock. */
  readonly crashEverySeconds: number;
  readonly jumpEverySeconds: number;
  /** Most by which an object's clock differs from the true one. */
  readonly skewMs: number;
};

const NO_FAULTS: MessageFaults = { lost: 0, answerLost: 0, doubled: 0, late: 0, slow: 0 };

export const FAIR: Climate = {
  messages: NO_FAULTS,
  turnCrash: 0,
  oddAlarm: 0,
  outageEveryMinutes: Infinity,
  crashEverySeconds: Infinity,
  jumpEverySeconds: Infinity,
  skewMs: 0,
};

export const ROUGH: Climate = {
  messages: { lost: 0.01, answerLost: 0.01, doubled: 0.02, late: 0.005, slow: 0.02 },
  turnCrash: 0.004,
  oddAlarm: 0.05,
  outageEveryMinutes: 90,
  crashEverySeconds: 120,
  jumpEverySeconds: 600,
  skewMs: 10 * MINUTE_MS,
};

export const STORM: Climate = {
  messages: { lost: 0.04, answerLost: 0.05, doubled: 0.06, late: 0.02, slow: 0.05 },
  turnCrash: 0.02,
  oddAlarm: 0.15,
  outageEveryMinutes: 30,
  crashEverySeconds: 20,
  jumpEverySeconds: 120,
  skewMs: 10 * MINUTE_MS,
};

export type Fate = {
  readonly arrivals: readonly number[];
  /** When the sender sees an error instead of the answer, counted from the sending. */
  readonly errorAfterMs?: number;
  /** How long the answer is under way; left to chance when absent. */
  readonly answerMs?: number;
};

/** Says what happens to messages of one kind; undefined leaves it to chance. For tests of one situation. */
export type Script = (what: string) => Fate | undefined;

const MAX_OUTAGE_MS = HOUR_MS;
const LATE_MS = HOUR_MS;

/** Decides what happens to messages, and which services are down. */
export class Weather {
  climate: Climate;
  script: Script = () => undefined;
  readonly counts = { lost: 0, answersLost: 0, doubled: 0, late: 0, slow: 0, outages: 0, refusedByOutage: 0 };
  readonly #random: Random;
  readonly #downUntil = new Map<string, number>();

  constructor(climate: Climate, random: Random) {
    this.climate = climate;
    this.#random = random;
  }

  /** From now on nothing goes wrong any more; what is under way stays as it is. */
  clear(): void {
    this.climate = { ...FAIR, skewMs: this.climate.skewMs };
    this.#downUntil.clear();
    this.script = () => undefined;
  }

  beginOutage(service: string, now: number, forMs = this.#random.whole(MINUTE_MS, MAX_OUTAGE_MS)): void {
    this.counts.outages += 1;
    this.#downUntil.set(service, now + forMs);
  }

  isDown(service: string, now: number): boolean {
    const until = this.#downUntil.get(service);
    if (until === undefined || until <= now) return false;
    this.counts.refusedByOutage += 1;
    return true;
  }

  chance(probability: number): boolean {
    return probability > 0 && this.#random.next() < probability;
  }

  /** Mostly milliseconds, sometimes seconds, so that replies overtake each other. */
  latencyMs(): number {
    const luck = this.#random.next();
    if (luck < 0.9) return this.#random.whole(1, 40);
    return luck < 0.99 ? this.#random.whole(40, 800) : this.#random.whole(800, 4_000);
  }

  /** `what` names the message, such as `hold` or `authorise ord_…`. */
  messageFate(what: string): Fate {
    const scripted = this.script(what);
    if (scripted) return scripted;
    const { lost, answerLost, doubled, late, slow } = this.climate.messages;
    const arrival = this.latencyMs();
    let luck = this.#random.next();
    if ((luck -= lost) < 0) return this.#count("lost", { arrivals: [], errorAfterMs: this.#errorMs() });
    if ((luck -= answerLost) < 0)
      return this.#count("answersLost", { arrivals: [arrival], errorAfterMs: arrival + this.#errorMs() });
    if ((luck -= doubled) < 0)
      return this.#count("doubled", { arrivals: [arrival, arrival + this.#random.whole(0, 5_000)] });
    if ((luck -= late) < 0)
      return this.#count("late", {
        arrivals: [this.#random.whole(SECOND_MS, LATE_MS)],
        errorAfterMs: this.#errorMs(),
      });
    if ((luck -= slow) < 0)
      return this.#count("slow", { arrivals: [this.#random.whole(SECOND_MS, MINUTE_MS)] });
    return { arrivals: [arrival] };
  }

  #errorMs(): number {
    return this.#random.whole(1, 10 * SECOND_MS);
  }

  #count(what: keyof Weather["counts"], fate: Fate): Fate {
    this.counts[what] += 1;
    return fate;
  }
}
