import { after, ok, refuse, type EpochMs, type Money, type Result } from "#kernel";
import { BaseObject, describeError, objectNamespace, type OutboxQueues } from "#platform";
import { paymentReply, type PaymentReply } from "../api/payment-reply.ts";
import { decide, type PaymentCommand } from "../domain/decide.ts";
import { evolve, initialState } from "../domain/evolve.ts";
import { movementsOf } from "../domain/movements.ts";
import type { Payment, PaymentEvent, PaymentRefusal } from "../domain/payment.ts";
import { findTestCard, type AnswerManner } from "../domain/test-cards.ts";
import { POST_RETRY_MS } from "../limits.ts";
import {
  LEDGER_NAME,
  type Answer,
  type CallOptions,
  type CreatePayment,
  type LedgerRpc,
  type PageAnswer,
  type PaymentRpc,
  type Repeatable,
} from "./contract.ts";
import { PaymentStore, type WaitingWebhook } from "./payment-store.ts";
import { postWebhook, webhookId, webhookOf, type WebhookTransport } from "./webhook.ts";

const EXPIRY = "expire";
const WEBHOOKS = "webhooks";
const POSTING = "post";

type LedgerPost = LedgerRpc["post"];
type Operation = "capture" | "void" | "refund";

/**
 * One payment: decides, books the movement and the webhook in the same transaction, then posts to the ledger and tells
 * the merchant. A reply leaves only after the ledger has the movement, unless the ledger is unreachable.
 */
export class SandboxPaymentObject extends BaseObject<SandboxEnv> implements PaymentRpc {
  /** Replaced by tests. */
  transport: WebhookTransport = postWebhook;
  /** Replaced by tests. */
  postMovements: LedgerPost = (movements) => this.#ledger().post(movements);
  readonly #store: PaymentStore;

  constructor(ctx: DurableObjectState, env: SandboxEnv) {
    super(ctx, env, { component: "sandbox-payment", migrations: PaymentStore.migrations, isLazy: true });
    this.#store = new PaymentStore(this.sql);
  }

  protected override queues(): OutboxQueues | undefined {
    return undefined;
  }

  async create(command: CreatePayment, options: CallOptions): Promise<Result<Answer, PaymentRefusal>> {
    const { key } = command.request;
    const result = this.transact((): Result<Answer, PaymentRefusal> => {
      const stored = this.#store.reply("create", key);
      if (stored) return replay(stored, command.bodyHash);
      const now = this.now();
      const request = {
        ...command.request,
        createdAt: now,
        expiresAt: after(now, command.sessionSeconds * 1000),
      };
      const created: Payment = { request, state: initialState };
      const card = command.cardId === undefined ? undefined : findTestCard("id", command.cardId);
      this.#apply(created, []);
      const paid = card ? this.#decide({ type: "pay", card }) : ok(created);
      if (!paid.ok) return paid;
      const reply = paymentReply(paid.value);
      this.#store.keepReply("create", key, { bodyHash: command.bodyHash, reply });
      return ok({ reply, manner: card?.manner ?? "at_once", isReplay: false });
    });
    return this.#afterwards(result, options);
  }

  async read(): Promise<Result<PaymentReply, PaymentRefusal>> {
    const current = this.#current();
    return current.ok ? ok(paymentReply(current.value)) : current;
  }

  async page(): Promise<Result<Payment, PaymentRefusal>> {
    return this.#current();
  }

  /** Captures `amount`, or everything; what is left is released. */
  async capture(
    amount: Money | undefined,
    repeat: Repeatable,
    options: CallOptions,
  ): Promise<Result<Answer, PaymentRefusal>> {
    const command = (payment: Payment): PaymentCommand => ({
      type: "capture",
      amount: amount ?? payment.request.amount,
    });
    return this.#afterwards(this.#once("capture", repeat, command), options);
  }

  async voidPayment(repeat: Repeatable, options: CallOptions): Promise<Result<Answer, PaymentRefusal>> {
    return this.#afterwards(
      this.#once("void", repeat, () => ({ type: "void" })),
      options,
    );
  }

  /** Refunds `amount`, or all that was captured and not yet refunded. */
  async refund(
    amount: Money | undefined,
    repeat: Repeatable,
    options: CallOptions,
  ): Promise<Result<Answer, PaymentRefusal>> {
    const command = (payment: Payment): PaymentCommand => ({
      type: "refund",
      amount: amount ?? refundable(payment),
    });
    return this.#afterwards(this.#once("refund", repeat, command), options);
  }

  async refundByKey(key: string): Promise<Result<PaymentReply, PaymentRefusal>> {
    if (!this.isStored) return refuse({ code: "payment_unknown" });
    const stored = this.#store.reply("refund", key);
    return stored ? ok(stored.reply) : refuse({ code: "refund_unknown" });
  }

  async pay(cardId: string): Promise<Result<PageAnswer, PaymentRefusal>> {
    const card = findTestCard("id", cardId);
    if (!card) return refuse({ code: "payment_unknown" });
    return this.#afterwards(this.#onPage({ type: "pay", card }, card.manner), { isWebhookFirst: false });
  }

  async answerChallenge(isApproved: boolean): Promise<Result<PageAnswer, PaymentRefusal>> {
    return this.#afterwards(this.#onPage({ type: "answer_challenge", isApproved }, "at_once"), {
      isWebhookFirst: false,
    });
  }

  protected override async onDue(key: string): Promise<void> {
    if (key === EXPIRY) {
      this.transact(() => this.#expireIfDue());
      await this.#afterwards(ok(undefined), { isWebhookFirst: false });
    } else if (key === POSTING) await this.#post();
    else if (key === WEBHOOKS) await this.#sendWebhooks();
  }

  #current(): Result<Payment, PaymentRefusal> {
    if (!this.isStored) return refuse({ code: "payment_unknown" });
    const payment = this.transact(() => this.#expireIfDue());
    if ((this.#store.nextWebhookAt() ?? Infinity) <= this.now()) this.ctx.waitUntil(this.#sendWebhooks());
    return payment ? ok(payment) : refuse({ code: "payment_unknown" });
  }

  /** A session ends on time even when its alarm is late. */
  #expireIfDue(): Payment | undefined {
    const payment = this.#store.load();
    if (!payment) return undefined;
    const decision = decide(payment, { type: "expire", now: this.now() });
    return decision.ok && decision.value.length > 0 ? this.#apply(payment, decision.value) : payment;
  }

  #decide(command: PaymentCommand): Result<Payment, PaymentRefusal> {
    const payment = this.#expireIfDue();
    if (!payment) return refuse({ code: "payment_unknown" });
    const decision = decide(payment, command);
    return decision.ok ? ok(this.#apply(payment, decision.value)) : decision;
  }

  #onPage(command: PaymentCommand, manner: AnswerManner): Result<PageAnswer, PaymentRefusal> {
    if (!this.isStored) return refuse({ code: "payment_unknown" });
    const decided = this.transact(() => this.#decide(command));
    return decided.ok ? ok({ payment: decided.value, manner }) : decided;
  }

  #once(
    operation: Operation,
    repeat: Repeatable,
    command: (payment: Payment) => PaymentCommand,
  ): Result<Answer, PaymentRefusal> {
    if (!this.isStored) return refuse({ code: "payment_unknown" });
    return this.transact((): Result<Answer, PaymentRefusal> => {
      const stored = this.#store.reply(operation, repeat.key);
      if (stored) return replay(stored, repeat.bodyHash);
      const payment = this.#store.load();
      if (!payment) return refuse({ code: "payment_unknown" });
      const wanted = command(payment);
      const decided = this.#decide(wanted);
      if (!decided.ok) return decided;
      const refund = wanted.type === "refund" ? { refund: { key: repeat.key, amount: wanted.amount } } : {};
      const reply = { ...paymentReply(decided.value), ...refund };
      this.#store.keepReply(operation, repeat.key, { bodyHash: repeat.bodyHash, reply });
      return ok({ reply, manner: "at_once", isReplay: false });
    });
  }

  /** Writes what happened with its movements, messages and deadlines; only ever inside a transaction. */
  #apply(before: Payment, events: readonly PaymentEvent[]): Payment {
    const now = this.now();
    const payment = events.reduce((current, event) => this.#applyOne(current, event, now), before);
    this.#store.save(payment);
    if (payment.state.status === "requires_action") this.due.set(EXPIRY, payment.request.expiresAt);
    else this.due.clear(EXPIRY);
    if (this.#store.unposted().movements.length > 0) this.due.set(POSTING, after(now, POST_RETRY_MS));
    this.#setWebhookDeadline();
    return payment;
  }

  #applyOne(before: Payment, event: PaymentEvent, now: EpochMs): Payment {
    const payment = evolve(before, event);
    this.#store.addMovements(
      movementsOf(payment, event, { firstNumber: this.#store.nextMovementNumber(), now }),
    );
    const message = webhookOf(payment, event, { number: this.#store.nextWebhookNumber(), now });
    if (message !== undefined) this.#store.addWebhook(message, now);
    return payment;
  }

  /** After the commit: the ledger first, then the merchant, without making the caller wait for the merchant. */
  async #afterwards<T>(result: T, options: CallOptions): Promise<T> {
    if (!this.isStored) return result;
    await this.#post();
    const sent = this.#sendWebhooks();
    if (options.isWebhookFirst) await sent;
    else this.ctx.waitUntil(sent);
    return result;
  }

  async #post(): Promise<void> {
    const { upTo, movements } = this.#store.unposted();
    if (movements.length === 0) return;
    try {
      await this.postMovements(movements);
    } catch (error) {
      this.log.warn("sandbox.post_failed", { reason: describeError(error) });
      this.transact(() => this.due.set(POSTING, after(this.now(), POST_RETRY_MS)));
      return;
    }
    this.transact(() => {
      this.#store.markPosted(upTo);
      if (this.#store.unposted().movements.length === 0) this.due.clear(POSTING);
    });
  }

  async #sendWebhooks(): Promise<void> {
    const due = this.transact(() => {
      const taken = this.#store.takeDueWebhooks(this.now());
      this.#setWebhookDeadline();
      return taken;
    });
    await Promise.all(due.map((webhook) => this.#sendWebhook(webhook)));
  }

  async #sendWebhook(webhook: WaitingWebhook): Promise<void> {
    const faults = webhook.attempts === 0 ? await this.#webhookFaults() : [];
    const message = { id: webhookId(this.name, webhook.number), body: webhook.body };
    const target = { url: this.env.WEBHOOK_URL, secret: this.env.PAYMENT_WEBHOOK_SECRET, now: this.now() };
    const isTaken = faults.includes("drop_webhooks") || (await this.transport(message, target));
    if (faults.includes("duplicate_webhooks")) await this.transport(message, target);
    if (!isTaken)
      return this.log.warn("sandbox.webhook_failed", {
        webhookId: message.id,
        attempts: webhook.attempts + 1,
      });
    this.transact(() => {
      this.#store.markDelivered(webhook.number, this.now());
      this.#setWebhookDeadline();
    });
  }

  async #webhookFaults(): Promise<readonly string[]> {
    if (this.env.ENVIRONMENT !== "development") return [];
    return this.#ledger().takeFaults(["duplicate_webhooks", "drop_webhooks"]);
  }

  #setWebhookDeadline(): void {
    const next = this.#store.nextWebhookAt();
    if (next === undefined) this.due.clear(WEBHOOKS);
    else this.due.set(WEBHOOKS, next);
  }

  #ledger(): LedgerRpc {
    return objectNamespace<LedgerRpc>(this.env.LEDGER).getByName(LEDGER_NAME);
  }
}

const replay = (
  stored: { bodyHash: string; reply: PaymentReply },
  bodyHash: string,
): Result<Answer, PaymentRefusal> =>
  stored.bodyHash === bodyHash
    ? ok({ reply: stored.reply, manner: "at_once", isReplay: true })
    : refuse({ code: "idempotency_key_reused" });

function refundable({ request, state }: Payment): Money {
  const left = state.status === "captured" ? state.capturedMinor - state.refundedMinor : 0;
  return { currency: request.amount.currency, amountMinor: left };
}
