import { after, invariant, SECOND_MS, type EpochMs } from "#kernel";
import type { CarrierScanMessage, ParcelBooking, ParcelRpc } from "#fulfilment";
import { BaseObject, describeError, type OutboxQueues, type QueueSender } from "#platform";
import {
  decideCarrier,
  evolveCarrier,
  nextCarrierWakeAt,
  type CarrierCommand,
  type CarrierEvent,
} from "../../src/fulfilment/domain/carrier.ts";
import { SCAN_RESEND_BASE_MS, SCAN_RESEND_MAX_MS } from "../../src/fulfilment/domain/limits.ts";
import { PARCEL_MIGRATIONS, ParcelStore } from "./parcel-store.ts";

const STEP_KEY = "step";
const SEND_KEY = "send";

/**
 * One parcel of the simulated carrier. Its alarm moves it from label to door, and each scan goes to the carrier queue
 * until the consumer acknowledges it: a queue that loses messages, a consumer that is down and a restart only delay it.
 */
export class ParcelObject<Env extends { CARRIER_QUEUE: QueueSender } = { CARRIER_QUEUE: QueueSender }>
  extends BaseObject<Env>
  implements ParcelRpc
{
  readonly #store: ParcelStore;

  constructor(ctx: DurableObjectState, env: Env) {
    super(ctx, env, { component: "parcel", migrations: PARCEL_MIGRATIONS });
    this.#store = new ParcelStore(this.sql);
  }

  async book(booking: ParcelBooking): Promise<void> {
    invariant(booking.parcelId === this.name, "a booking reaches the object of its own parcel");
    invariant(booking.stepSeconds > 0, "a step of the carrier takes time");
    const stepMs = Math.round(booking.stepSeconds * SECOND_MS);
    this.transact(() => this.#apply(booking, { kind: "book", stepMs, at: this.now() }));
  }

  async acknowledgeScans(scanIds: readonly string[]): Promise<void> {
    this.transact(() => {
      this.#store.strikeScans(scanIds);
      this.#setDeadline(SEND_KEY, this.#store.nextScanAt());
    });
  }

  protected override queues(): OutboxQueues | undefined {
    return undefined;
  }

  protected override async onDue(key: string): Promise<void> {
    if (key === STEP_KEY) this.#advance();
    await this.#send();
  }

  #advance(): void {
    this.transact(() => {
      const booking = this.#store.booking();
      if (!booking) return;
      this.#apply(booking, { kind: "advance", at: this.now() });
      // Also when nothing happened: a clock that was set back must not end the parcel's journey.
      this.#setDeadline(STEP_KEY, nextCarrierWakeAt(this.#store.state()));
    });
  }

  #apply(booking: ParcelBooking, command: CarrierCommand): void {
    const before = this.#store.state();
    const events = decideCarrier(before, command);
    if (events.length === 0) return;
    const state = events.reduce(evolveCarrier, before);
    this.#store.save(booking, state);
    for (const event of events) {
      if (event.type === "parcel.scanned") this.#store.addScan(scanMessage(booking, event), this.now());
    }
    this.#setDeadline(STEP_KEY, nextCarrierWakeAt(state));
    this.#setDeadline(SEND_KEY, this.#store.nextScanAt());
  }

  async #send(): Promise<void> {
    const scans = this.transact(() => this.#takeScans());
    if (scans.length === 0) return;
    try {
      await this.env.CARRIER_QUEUE.sendBatch(scans.map((body) => ({ body })));
    } catch (error) {
      // The rows stay and the deadline for the next attempt is already set.
      this.log.warn("parcel.send_failed", { parcelId: this.name, reason: describeError(error) });
    }
  }

  #takeScans(): CarrierScanMessage[] {
    const scans = this.#store.scansDueAt(this.now());
    for (const scan of scans) {
      const wait = Math.min(SCAN_RESEND_MAX_MS, SCAN_RESEND_BASE_MS * 2 ** Math.min(scan.attempts, 10));
      this.#store.postponeScan(scan, after(this.now(), wait));
    }
    this.#setDeadline(SEND_KEY, this.#store.nextScanAt());
    return scans.map((scan) => scan.message);
  }

  #setDeadline(key: string, at: EpochMs | undefined): void {
    if (at === undefined) this.due.clear(key);
    else this.due.set(key, at);
  }
}

const scanMessage = (
  booking: ParcelBooking,
  event: Extract<CarrierEvent, { type: "parcel.scanned" }>,
): CarrierScanMessage => ({
  version: 1,
  scanId: `${booking.parcelId}:${event.number}`,
  orderId: booking.orderId,
  shipmentId: booking.shipmentId,
  parcelId: booking.parcelId,
  carrier: booking.carrier,
  trackingNumber: booking.trackingNumber,
  status: event.status,
  occurredAtMs: event.at,
  traceparent: booking.traceparent,
});
