import { after, epochMs, ok, refuse, type EpochMs, type OrderId, type Result } from "#kernel";
import type { InboxClaim, InboxEntry, InboxMessage, WebhookInboxRpc } from "#payments";
import { BaseObject, describeError, newTraceparent, type CallContext, type OutboxQueues } from "#platform";
import {
  INBOX_BATCH,
  INBOX_GATHER_MS,
  INBOX_GATHERED_MAX,
  INBOX_KEPT_MS,
  INBOX_LEASE_MS,
  INBOX_MAX_PAGE,
  INBOX_MAX_ROWS,
  INBOX_WAITS_MS,
  INBOX_WRITE_MS,
  INBOX_WRITTEN_TOGETHER,
} from "../../src/payments/domain/limits.ts";
import { WebhookInboxStore } from "./webhook-inbox-store.ts";

/** Makes an order ask its provider; throws when the order cannot be reached. */
export type SettleOrder = (orderId: OrderId, call: CallContext) => Promise<void>;

const WORK = "work";
const PURGE = "purge";
const PURGE_MS = 24 * 60 * 60 * 1000;

type Name = Pick<InboxMessage, "provider" | "eventId">;

/** A message whose sender waits until it is written down. */
type Arrival = {
  readonly message: InboxMessage;
  readonly resolve: (claim: InboxClaim) => void;
  readonly reject: (error: unknown) => void;
};

/**
 * Genuine webhooks of the payment providers, each worked off at least once: claim with a lease, settle the order, note
 * it. What comes in at about the same time is written together, and what comes about one order within a moment is settled
 * together. An object that dies in between leaves leases that
 * run out, and the alarm does the work; an order that is settled twice asks its provider twice and nothing more. Nothing here decides about money, so losing the inbox loses no
 * payment: orders also poll.
 */
export abstract class WebhookInboxShell<Env> extends BaseObject<Env> implements WebhookInboxRpc {
  readonly #store: WebhookInboxStore;
  // Settled, and not written yet: goes with the next transaction. When the object forgets them, their leases run out and
  // the orders are settled once more.
  #settled: (Name & { readonly at: EpochMs })[] = [];
  #arrived: Arrival[] = [];
  // Orders that are about to be sent to ask, each with what has come about it.
  readonly #gathered = new Map<OrderId, InboxMessage[]>();

  constructor(ctx: DurableObjectState, env: Env) {
    super(ctx, env, { component: "webhook-inbox", migrations: WebhookInboxStore.migrations, isLazy: true });
    this.#store = new WebhookInboxStore(this.sql);
  }

  protected abstract settleOrder(): SettleOrder;

  protected override queues(): OutboxQueues | undefined {
    return undefined;
  }

  async receive(message: InboxMessage, call: CallContext): Promise<InboxClaim> {
    const claim = await new Promise<InboxClaim>((resolve, reject) => {
      this.#arrived.push({ message, resolve, reject });
      if (this.#arrived.length === 1) setTimeout(() => this.#writeArrived(), INBOX_WRITE_MS);
      if (this.#arrived.length >= INBOX_WRITTEN_TOGETHER) this.#writeArrived();
    });
    if (claim === "claimed") this.#gather(message, call);
    return claim;
  }

  async list(page: { readonly before: EpochMs; readonly limit: number }): Promise<readonly InboxEntry[]> {
    if (this.#settled.length > 0) this.#change(() => undefined);
    return this.isStored ? this.#store.list(page.before, Math.min(page.limit, INBOX_MAX_PAGE)) : [];
  }

  async replay(
    name: Name,
    call: CallContext,
  ): Promise<Result<InboxEntry, { readonly code: "webhook_unknown" }>> {
    const entry = this.isStored ? this.#store.find(name) : undefined;
    if (!entry) return refuse({ code: "webhook_unknown" });
    this.#change(() => this.#lease(entry));
    await this.#work(entry, call);
    this.#change(() => undefined);
    return ok(this.#store.find(name) ?? entry);
  }

  protected override async onDue(key: string): Promise<void> {
    if (key === PURGE) {
      this.#change(() => {
        this.#store.purge(epochMs(this.now() - INBOX_KEPT_MS), INBOX_MAX_ROWS);
        if (this.#store.list(this.now(), 1).length > 0) this.due.set(PURGE, after(this.now(), PURGE_MS));
      });
      return;
    }
    const abandoned = this.#change(() => {
      const rows = this.#store.abandoned(this.now(), INBOX_BATCH);
      for (const row of rows) this.#lease(row);
      this.#schedule();
      return rows;
    });
    for (const entry of abandoned) {
      await this.#work(entry, { traceparent: newTraceparent(), actor: "system:webhook-inbox" });
    }
  }

  /** Sends the order to ask once for all that comes about it in the next moment. */
  #gather(message: InboxMessage, call: CallContext): void {
    const gathered = this.#gathered.get(message.orderId);
    if (gathered) gathered.push(message);
    // Too many at once: the lease runs out, and the alarm works them off.
    else if (this.#gathered.size < INBOX_GATHERED_MAX) {
      this.#gathered.set(message.orderId, [message]);
      this.ctx.waitUntil(this.#settleGathered(message.orderId, call));
    }
  }

  /** A failure leaves the leases to run out: the alarm tries again. */
  async #settleGathered(orderId: OrderId, call: CallContext): Promise<void> {
    await scheduler.wait(INBOX_GATHER_MS);
    const messages = this.#gathered.get(orderId) ?? [];
    this.#gathered.delete(orderId);
    try {
      await this.settleOrder()(orderId, call);
      for (const message of messages) this.#note(message);
    } catch (error) {
      this.log.warn("webhook_inbox.not_settled", { orderId, reason: describeError(error) });
    }
  }

  #note({ provider, eventId }: Name): void {
    this.#settled.push({ provider, eventId, at: this.now() });
  }

  /** One transaction, with what was settled since the last one. */
  #change<T>(work: () => T): T {
    const settled = this.#settled;
    const result = this.transact(() => {
      for (const { at, ...name } of settled) this.#store.markProcessed(name, at);
      const made = work();
      if (settled.length > 0) this.#schedule();
      return made;
    });
    this.#settled = this.#settled.slice(settled.length);
    return result;
  }

  /** All that has arrived, in one transaction. When that fails, none of it is written and every sender hears so. */
  #writeArrived(): void {
    const arrived = this.#arrived;
    this.#arrived = [];
    if (arrived.length === 0) return;
    try {
      const answers = this.#change(() => this.#receiveAll(arrived, this.now()));
      for (const { arrival, claim } of answers) arrival.resolve(claim);
    } catch (error) {
      for (const { reject } of arrived) reject(error);
    }
  }

  #receiveAll(arrived: readonly Arrival[], now: EpochMs): { arrival: Arrival; claim: InboxClaim }[] {
    const answers = arrived.map((arrival) => ({ arrival, claim: this.#receive(arrival.message, now) }));
    this.#schedule();
    if (!this.due.has(PURGE)) this.due.set(PURGE, after(now, PURGE_MS));
    return answers;
  }

  #receive(message: InboxMessage, now: EpochMs): InboxClaim {
    const known = this.#store.find(message);
    if (known) {
      this.#store.countDelivery(message);
      if (known.state === "processed") return "processed";
      if (known.state === "working") return "busy";
      // Given up before, and delivered again: another chance.
      this.#store.lease(known, after(now, INBOX_LEASE_MS));
      return "claimed";
    }
    this.#store.add(message, now, after(now, INBOX_LEASE_MS));
    return "claimed";
  }

  #lease(entry: Name): void {
    this.#store.lease(entry, after(this.now(), INBOX_LEASE_MS));
    this.#schedule();
  }

  async #work(entry: InboxEntry, call: CallContext): Promise<void> {
    try {
      await this.settleOrder()(entry.orderId, call);
      this.#note(entry);
    } catch (error) {
      const wait = INBOX_WAITS_MS[entry.attempts - 1];
      const retryAt = wait === undefined ? undefined : after(this.now(), wait);
      this.log.warn("webhook_inbox.failed", { ...entry, reason: describeError(error) });
      this.#change(() => {
        this.#store.markFailed(entry, describeError(error), retryAt);
        this.#schedule();
      });
    }
  }

  #schedule(): void {
    const next = this.#store.nextLeaseEnd();
    if (next === undefined) this.due.clear(WORK);
    else this.due.set(WORK, next);
  }
}
