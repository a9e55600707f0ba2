import { epochMs, type EpochMs } from "#kernel";
import { createProcess, type Process } from "./process.ts";
import type { Scheduler } from "./scheduler.ts";
import { SimStorage } from "./sqlite-storage.ts";
import type { Weather } from "./weather.ts";

/** What the host calls on an object; the shells have more methods, reached by name. */
export type SimInstance = { clock: { now(): EpochMs }; alarm(): Promise<void> };

/** A call that an instance is working on; when it dies, the caller hears of it. */
export type Ticket = { readonly fail: (error: Error) => void };

export type HostCounts = { crashes: number; turnCrashes: number; alarms: number; alarmsGivenUp: number };

export type HostWorld = {
  readonly scheduler: Scheduler;
  readonly weather: Weather;
  readonly counts: HostCounts;
  readonly make: (kind: string, ctx: DurableObjectState) => SimInstance;
  /** A turn of this object begins; the world ends it by {@link ObjectHost.endTurn}. */
  readonly onTurn: (host: ObjectHost) => void;
};

/** After this many throws in a row the platform gives an alarm up. */
const MAX_ALARM_THROWS = 6;
const ALARM_RETRY_MS = 2_000;
/** A doomed turn crashes after 0 to this many of its transactions. */
const MAX_TRANSACTIONS_BEFORE_CRASH = 3;
const ODD_ALARM_MS = 10 * 60_000;
/** No time at all: the bell is to be set anew, whatever the alarm says. */
const UNSET = -1;

/**
 * The platform around one object: makes instances, gives each turn its output gate, rings the alarm at least once, and
 * kills the instance when told to. Storage and alarm outlive the instance.
 */
export class ObjectHost {
  readonly kind: string;
  readonly name: string;
  readonly key: string;
  readonly storage = new SimStorage();
  readonly inbound = new Set<Ticket>();
  /** The object's clock is ahead of the true one by this much. */
  skewMs = 0;
  instance: SimInstance | undefined;
  process: Process | undefined;
  readonly #world: HostWorld;
  #isInTurn = false;
  #isDoomed = false;
  /** How many messages had been handed to the gate before the cut of a doomed turn. */
  #handedOver = 0;
  #alarmToken = 0;
  #ringAt: number | undefined;
  #takenAlarm: number | undefined;
  #takenBefore: number | undefined;
  #isRinging = false;
  #throws = 0;

  constructor(kind: string, name: string, world: HostWorld) {
    this.kind = kind;
    this.name = name;
    this.key = `${kind} ${name}`;
    this.#world = world;
  }

  now(): EpochMs {
    return epochMs(this.#world.scheduler.now + this.skewMs);
  }

  /** Begins a turn, waking an instance when there is none, and gives it. */
  wake(): SimInstance {
    this.#beginTurn();
    this.instance ??= this.#construct();
    this.#world.scheduler.current = this.process;
    return this.instance;
  }

  #construct(): SimInstance {
    const process = createProcess(this.key, () => this.#beginTurn());
    this.process = process;
    this.#world.scheduler.current = process;
    const instance = this.#world.make(this.kind, this.#context());
    instance.clock = { now: () => this.now() };
    return instance;
  }

  #beginTurn(): void {
    if (this.#isInTurn) return;
    this.#isInTurn = true;
    this.storage.isTouched = false;
    const { weather } = this.#world;
    if (weather.chance(weather.climate.turnCrash)) this.#doom();
    this.#world.onTurn(this);
  }

  #doom(): void {
    this.#isDoomed = true;
    this.#handedOver = 0;
    this.#takenBefore = this.#takenAlarm;
    const after = this.#world.scheduler.random.whole(0, MAX_TRANSACTIONS_BEFORE_CRASH);
    this.storage.doomTurn(after, () => {
      this.#handedOver = this.process?.outgoing.length ?? 0;
    });
  }

  /** All promises of the turn have settled: its writes are durable, so what it said may leave. */
  endTurn(): void {
    this.#isInTurn = false;
    if (this.#isDoomed) this.#crashInTurn();
    else if (this.process && this.process.outgoing.length > 0) {
      const leaving = this.process.outgoing;
      this.process.outgoing = [];
      for (const send of leaving) send();
    }
    this.#setBell();
  }

  /** What was said before the cut may or may not have left; what came after it never does, and neither do its writes. */
  #crashInTurn(): void {
    this.#isDoomed = false;
    this.storage.crashTurn();
    // A handler that returned in this turn has not returned.
    this.#takenAlarm ??= this.#takenBefore;
    const said = this.process?.outgoing.slice(0, this.#handedOver) ?? [];
    for (const send of said) if (this.#world.weather.chance(0.5)) send();
    this.#world.counts.turnCrashes += 1;
    this.#die("died in its turn");
  }

  /** The machine dies between two turns. */
  crash(why: string): void {
    if (!this.process) return;
    this.#world.counts.crashes += 1;
    this.#die(why);
    this.#setBell();
  }

  #die(why: string): void {
    this.#world.scheduler.note(this.key, `crash: ${why}`);
    if (this.process) this.process.isAlive = false;
    this.process = undefined;
    this.instance = undefined;
    for (const ticket of this.inbound) ticket.fail(new Error("the object was reset"));
    this.inbound.clear();
    this.#isRinging = false;
    // A bell that came while the handler ran is rung anew.
    this.#ringAt = UNSET;
    // An alarm is done only when its handler has returned: the platform rings again unless a new one was set.
    if (this.#takenAlarm !== undefined) this.storage.alarmAt ??= this.now() + ALARM_RETRY_MS;
    this.#takenAlarm = undefined;
  }

  /** Sets the clock of this object anew; its alarm follows the new clock. */
  jump(skewMs: number): void {
    this.skewMs = skewMs;
    this.#ringAt = UNSET;
    this.#setBell();
  }

  #setBell(): void {
    const at = this.storage.alarmAt;
    if (at === this.#ringAt) return;
    this.#ringAt = at;
    this.#alarmToken += 1;
    if (at === undefined) return;
    const token = this.#alarmToken;
    const { weather, scheduler } = this.#world;
    const late = weather.chance(weather.climate.oddAlarm / 2) ? scheduler.random.whole(0, ODD_ALARM_MS) : 0;
    scheduler.schedule(at - this.now() + late + scheduler.random.whole(0, 20), {
      label: "alarm",
      about: this.key,
      process: undefined,
      isWanted: () => this.#alarmToken === token && !this.#isRinging,
      run: () => this.ring(),
    });
  }

  /** Rings the alarm now. The platform never runs two at a time in one instance. */
  ring(): void {
    if (this.#isRinging) return;
    this.#isRinging = true;
    this.#world.counts.alarms += 1;
    this.#takenAlarm = this.now();
    // A second ringing of an old alarm leaves a newer one alone.
    if (this.storage.alarmAt !== undefined && this.storage.alarmAt <= this.now())
      this.storage.alarmAt = undefined;
    this.#ringAt = UNSET;
    const instance = this.wake();
    const { process } = this;
    instance.alarm().then(
      () => {
        if (this.process === process) this.#alarmDone();
      },
      () => {
        if (this.process === process) this.#alarmThrew();
      },
    );
  }

  #alarmDone(): void {
    this.#isRinging = false;
    this.#takenAlarm = undefined;
    this.#throws = 0;
    // The bell may have been set for a time that passed while the handler ran.
    this.#ringAt = UNSET;
    const { weather, scheduler } = this.#world;
    if (!weather.chance(weather.climate.oddAlarm / 2)) return;
    scheduler.schedule(scheduler.random.whole(0, 5_000), {
      label: "alarm, a second time",
      about: this.key,
      process: undefined,
      run: () => this.ring(),
    });
  }

  #alarmThrew(): void {
    this.#isRinging = false;
    this.#ringAt = UNSET;
    this.#throws += 1;
    const isGivenUp = this.#throws > MAX_ALARM_THROWS;
    if (isGivenUp) {
      this.#world.counts.alarmsGivenUp += 1;
      this.#throws = 0;
    } else this.storage.alarmAt ??= this.now() + ALARM_RETRY_MS * 2 ** this.#throws;
    this.#takenAlarm = undefined;
  }

  #context(): DurableObjectState {
    const { storage, name } = this;
    const context = {
      id: { name, toString: () => name },
      storage,
      waitUntil: (work: Promise<unknown>) => void work.catch(() => undefined),
      blockConcurrencyWhile: <T>(work: () => Promise<T>) => work(),
      getWebSockets: () => [],
      acceptWebSocket: () => undefined,
    };
    // The part of the platform's class that the shells use.
    return context as unknown as DurableObjectState;
  }
}
