import type { ObjectHost } from "./object-host.ts";
import type { Process } from "./process.ts";
import type { Scheduler } from "./scheduler.ts";
import type { Fate, Weather } from "./weather.ts";

type Reply = { readonly ok: true; readonly value: unknown } | { readonly ok: false; readonly error: unknown };
/** What a caller waits for; settled once, in a turn of the caller's process, and never when that has died. */
type Call = { readonly from: Process; readonly settle: (reply: Reply, afterMs: number) => void };

/** Where an answer's way back starts; undefined when the answer of this arrival is not awaited. */
type Answer = (reply: Reply) => void;

type Message = {
  readonly about: string;
  readonly label: string;
  readonly fate: Fate;
  /** Runs where the message goes, each time it arrives. */
  readonly arrive: (answer: Answer) => void;
};

/** Every message between two programs, with the fate that the weather gives it. */
export class Network {
  readonly #scheduler: Scheduler;
  readonly #weather: Weather;
  readonly #hostOf: (kind: string, name: string) => ObjectHost;
  readonly #stubs = new Map<string, object>();

  constructor(scheduler: Scheduler, weather: Weather, hostOf: (kind: string, name: string) => ObjectHost) {
    this.#scheduler = scheduler;
    this.#weather = weather;
    this.#hostOf = hostOf;
  }

  /** The namespace of one kind of object, as bindings give it. */
  namespace(kind: string): { getByName(name: string): unknown } {
    return { getByName: (name) => this.#stub(kind, name) };
  }

  #stub(kind: string, name: string): object {
    const key = `${kind} ${name}`;
    const known = this.#stubs.get(key);
    if (known) return known;
    const stub = new Proxy(
      {},
      {
        get: (_, method) =>
          typeof method === "string" && method !== "then"
            ? (...args: readonly unknown[]) => this.#callObject({ kind, name, method, args })
            : undefined,
      },
    );
    this.#stubs.set(key, stub);
    return stub;
  }

  #callObject(to: {
    kind: string;
    name: string;
    method: string;
    args: readonly unknown[];
  }): Promise<unknown> {
    const about = `${to.kind} ${to.name}`;
    const arrive = (answer: Answer): void => {
      const host = this.#hostOf(to.kind, to.name);
      const instance = host.wake();
      const { process } = host;
      const ticket = { fail: (error: Error) => answer({ ok: false, error }) };
      host.inbound.add(ticket);
      const leave = (reply: Reply): void => {
        // Through the gate: the answer leaves when what it tells of is durable.
        process?.outgoing.push(() => {
          if (host.inbound.delete(ticket)) answer(reply);
        });
      };
      invoke(instance, to.method, to.args).then(
        (value) => leave({ ok: true, value }),
        (error: unknown) => leave({ ok: false, error }),
      );
    };
    return this.#call({ about, label: to.method, fate: this.#weather.messageFate(to.method), arrive });
  }

  /**
   * A call to something outside the objects: `work` runs there when the request arrives. While the service is down the
   * caller gets an error and nothing happens.
   */
  callService<T>(service: string, what: string, work: () => T): Promise<T> {
    const { now } = this.#scheduler;
    const fate: Fate = this.#weather.isDown(service, now)
      ? { arrivals: [], errorAfterMs: this.#weather.latencyMs() }
      : this.#weather.messageFate(what);
    // The service gives what `work` gives, so the answer is a T.
    return this.#call({
      about: service,
      label: what,
      fate,
      arrive: (answer) => answer(attempt(work)),
    }) as Promise<T>;
  }

  #call(message: Message): Promise<unknown> {
    const { label } = message;
    const from = this.#scheduler.current;
    if (!from) throw new Error(`${label} is called by nobody`);
    return new Promise((resolve, reject) => {
      const call = this.#openCall(from, label, (reply) => {
        if (reply.ok) resolve(reply.value);
        else reject(reply.error instanceof Error ? reply.error : new Error(String(reply.error)));
      });
      from.outgoing.push(() => this.#send(message, call));
    });
  }

  #openCall(from: Process, label: string, settle: (reply: Reply) => void): Call {
    let isSettled = false;
    return {
      from,
      settle: (reply, afterMs) =>
        this.#scheduler.schedule(afterMs, {
          label: reply.ok ? `reply to ${label}` : `error from ${label}`,
          about: from.name,
          process: from,
          isWanted: () => !isSettled,
          run: () => {
            isSettled = true;
            settle(reply);
          },
        }),
    };
  }

  #send(message: Message, call: Call): void {
    const { fate, about, label, arrive } = message;
    if (fate.errorAfterMs !== undefined)
      call.settle({ ok: false, error: new Error(`${label} got no answer`) }, fate.errorAfterMs);
    for (const afterMs of fate.arrivals) {
      const answer: Answer = (reply) => {
        if (fate.errorAfterMs === undefined) call.settle(reply, fate.answerMs ?? this.#weather.latencyMs());
      };
      this.#scheduler.schedule(afterMs, {
        label: `${label} from ${call.from.name}`,
        about,
        process: undefined,
        run: () => arrive(answer),
      });
    }
  }
}

async function invoke(instance: object, method: string, args: readonly unknown[]): Promise<unknown> {
  const member: unknown = Reflect.get(instance, method);
  if (typeof member !== "function") throw new Error(`the object has no method ${method}`);
  return Reflect.apply(member, instance, args);
}

function attempt(work: () => unknown): Reply {
  try {
    return { ok: true, value: work() };
  } catch (error) {
    return { ok: false, error };
  }
}
