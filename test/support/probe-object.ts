import type { EpochMs } from "#kernel";
import { BaseObject, type Destination, type EventEnvelope, type OutboxQueues } from "#platform";

/** Messages that a probe has sent, by object name; a queue in memory that a test can break. */
export class ProbeObject extends BaseObject<Cloudflare.Env> {
  readonly sent: unknown[] = [];
  readonly batches: EventEnvelope[][] = [];
  readonly ran: string[] = [];
  isQueueDown = false;
  failures = 0;
  /** A deadline of the probe's own, as a subclass would derive it from its tables. */
  ownAt: EpochMs | undefined;

  constructor(ctx: DurableObjectState, env: Cloudflare.Env) {
    super(ctx, env, { component: "probe", migrations: ["CREATE TABLE facts (fact TEXT) STRICT"] });
  }

  protected override queues(): OutboxQueues {
    const sendBatch = (messages: Iterable<{ body: unknown }>): Promise<void> => {
      if (this.isQueueDown) return Promise.reject(new Error("queue down"));
      const bodies = [...messages].map((message) => message.body as EventEnvelope);
      this.sent.push(...bodies);
      this.batches.push(bodies);
      return Promise.resolve();
    };
    return { projection: { sendBatch }, shipping: { sendBatch }, notifications: { sendBatch } };
  }

  protected override onDue(key: string): Promise<void> {
    this.ran.push(key);
    if (this.failures === 0) return Promise.resolve();
    this.failures -= 1;
    return Promise.reject(new Error("not yet"));
  }

  protected override ownDeadline(): EpochMs | undefined {
    return this.ownAt;
  }

  protected override async onOwnDeadline(): Promise<void> {
    await this.onDue("own");
    this.ownAt = undefined;
  }

  /** Moves the own deadline to `inMs` from now, in a transaction that touches nothing else. */
  planOwn(inMs: number): void {
    this.ownAt = (this.clock.now() + inMs) as EpochMs;
    this.transact(() => undefined);
  }

  alarmAt(): Promise<number | null> {
    return this.ctx.storage.getAlarm();
  }

  /** Sets a deadline `inMs` from now; throws inside the transaction when asked to. */
  plan(key: string, inMs: number, isBroken = false): void {
    this.transact(() => {
      this.due.set(key, (this.clock.now() + inMs) as ReturnType<typeof this.clock.now>);
      if (isBroken) throw new Error("broken on purpose");
    });
  }

  /** Takes a deadline away. */
  cancel(key: string): void {
    this.transact(() => this.due.clear(key));
  }

  /** Writes a fact and tells of it; throws inside the transaction when asked to. */
  note(fact: string, sequence: number, isBroken = false): void {
    this.transact(() => {
      this.sql.exec("INSERT INTO facts (fact) VALUES (?)", fact);
      this.emit(["projection"], eventOf(sequence, fact));
      if (isBroken) throw new Error("broken on purpose");
    });
  }

  /** An event that the list and the parcels want. */
  noteStep(sequence: number, fact = String(sequence)): void {
    this.transact(() => this.emit(["projection", "shipping"], eventOf(sequence, fact)));
  }

  /** An event that only the parcels want. */
  noteParcel(sequence: number): void {
    this.transact(() => this.emit(["shipping"], eventOf(sequence, String(sequence))));
  }

  noteLatest(sequence: number, destination: Destination = "projection"): void {
    this.transact(() => this.emitLatest([destination], eventOf(sequence, String(sequence)), 100));
  }

  /** An event whose marks of sending go with its change; throws inside the transaction when asked to. */
  noteAlong(sequence: number, isBroken = false): void {
    this.transact(() => {
      this.emit(["projection", "shipping"], eventOf(sequence, String(sequence)));
      this.takeAlong();
      if (isBroken) throw new Error("broken on purpose");
    });
  }

  flushNow(): Promise<void> {
    return this.flush();
  }

  facts(): string[] {
    return this.sql
      .exec<{ fact: string }>("SELECT fact FROM facts")
      .toArray()
      .map((row) => row.fact);
  }

  waiting(): number {
    return this.outbox.size();
  }
}

const eventOf = (sequence: number, fact: string): EventEnvelope => ({
  id: `probe:${sequence}`,
  type: "probe.noted",
  aggregate: { kind: "order", id: "probe" },
  sequence,
  occurredAt: "2027-01-01T00:00:00.000Z",
  version: 1,
  data: { fact },
  traceparent: "",
});
