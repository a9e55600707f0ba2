import { epochMs, SECOND_MS, type OrderId } from "#kernel";
import type { AuthoriseRequest, PaymentOutcome, ProviderPort, RefundOutcome } from "#orders";
import type { Network } from "../core/network.ts";
import type { Scheduler } from "../core/scheduler.ts";
import type { Weather } from "../core/weather.ts";

export type Status = "open" | "authorised" | "captured" | "voided" | "declined" | "expired";

/** One payment in the provider's own book, the second witness. */
export type BookedPayment = {
  readonly key: string;
  readonly reference: string;
  readonly orderId: OrderId;
  readonly authorisedMinor: number;
  readonly expiresAt: number;
  status: Status;
  capturedMinor: number;
  /** How often money moved, whatever the status says now. */
  captures: number;
  voids: number;
  /** Money sent back, by the key of each refund. */
  readonly refunds: Map<string, number>;
};

/** What went back of a payment, in minor units. */
export const refundedMinor = (payment: BookedPayment): number =>
  [...payment.refunds.values()].reduce((sum, amount) => sum + amount, 0);

/** Tells the shop that there is news of an order's payment. */
export type SendWebhook = (orderId: OrderId, type: string) => void;

/** The token of a card that is refused; every other token is approved. */
export const BAD_TOKEN = "tok_declined";
/** The adapter gives up on a call after this long; the provider may act later. */
const CALL_LIMIT_MS = 8 * SECOND_MS;

/**
 * The payment sandbox as a model: authorise, status, capture and void, idempotent by key, with a book that nobody else
 * writes. Its faults are those of the network: charged and then silent, refused and then silent, slow, down for an hour.
 */
export class SimProvider {
  readonly book = new Map<string, BookedPayment>();
  readonly counts = { calls: 0, unknown: 0, webhooks: 0, refundsTooLarge: 0 };
  readonly #byReference = new Map<string, BookedPayment>();
  readonly #byOrder = new Map<OrderId, BookedPayment[]>();
  readonly #scheduler: Scheduler;
  readonly #network: Network;
  readonly #weather: Weather;
  readonly #webhook: SendWebhook;

  constructor(world: { scheduler: Scheduler; network: Network; weather: Weather }, webhook: SendWebhook) {
    this.#scheduler = world.scheduler;
    this.#network = world.network;
    this.#weather = world.weather;
    this.#webhook = webhook;
  }

  /** Enters a payment that was made before this world began. */
  restore(payment: BookedPayment): void {
    this.book.set(payment.key, payment);
    this.#byReference.set(payment.reference, payment);
    this.#byOrder.set(payment.orderId, [...this.paymentsOf(payment.orderId), payment]);
  }

  paymentsOf(orderId: OrderId): readonly BookedPayment[] {
    return this.#byOrder.get(orderId) ?? [];
  }

  /** The buyer's card on the payment page: approved, or declined with the page still open. */
  payOnPage(reference: string, isApproved: boolean): void {
    const payment = this.#byReference.get(reference);
    if (!payment || this.#statusOf(payment) !== "open") return;
    if (isApproved) payment.status = "authorised";
    this.#webhook(payment.orderId, isApproved ? "payment.authorised" : "payment.declined");
  }

  /** The buyer leaves by the page's own way back. */
  cancelOnPage(reference: string): void {
    const payment = this.#byReference.get(reference);
    if (!payment || this.#statusOf(payment) !== "open") return;
    payment.status = "voided";
    this.#webhook(payment.orderId, "payment.voided");
  }

  readonly port: ProviderPort = {
    provider: "sandbox",
    authorise: (request) => this.#ask("authorise", request.orderId, () => this.#authorise(request)),
    statusByKey: (key) => this.#ask("status", key, () => this.#outcomeOf(this.book.get(key))),
    capture: ({ reference, amount }) =>
      this.#ask("capture", reference, () => this.#capture(reference, amount.amountMinor)),
    voidPayment: ({ reference }) => this.#ask("void", reference, () => this.#void(reference)),
    refund: ({ reference, key, amount }) =>
      this.#ask("refund", reference, () => this.#refund(reference, key, amount.amountMinor)),
    refundStatusByKey: ({ reference, key }) =>
      this.#ask("refund status", reference, () => this.#refundStatus(reference, key)),
  };

  async #ask<Outcome extends { readonly kind: string }>(
    what: string,
    about: string,
    work: () => Outcome,
  ): Promise<Outcome | { readonly kind: "unknown"; readonly detail: string }> {
    this.counts.calls += 1;
    try {
      const answered = this.#network.callService("provider", `${what} ${about}`, work);
      const cut = scheduler.wait(this.#weather.climate.messages.slow > 0 ? CALL_LIMIT_MS : CALL_LIMIT_MS * 2);
      const outcome = await Promise.race([answered, cut.then(() => undefined)]);
      if (outcome) return outcome;
    } catch {
      // No answer: the provider may have acted.
    }
    this.counts.unknown += 1;
    return { kind: "unknown", detail: "no answer" };
  }

  #authorise(request: AuthoriseRequest): PaymentOutcome {
    const known = this.book.get(request.key);
    if (known) return this.#outcomeOf(known);
    const { choice } = request;
    const token = choice.kind === "token" ? choice.token : undefined;
    const payment: BookedPayment = {
      key: request.key,
      reference: `pay_${request.key}`,
      orderId: request.orderId,
      authorisedMinor: request.amount.amountMinor,
      expiresAt: this.#scheduler.now + request.sessionSeconds * SECOND_MS,
      status: token === undefined ? "open" : token === BAD_TOKEN ? "declined" : "authorised",
      capturedMinor: 0,
      captures: 0,
      voids: 0,
      refunds: new Map(),
    };
    this.restore(payment);
    if (token !== undefined)
      this.#webhook(payment.orderId, token === BAD_TOKEN ? "payment.declined" : "payment.authorised");
    return this.#outcomeOf(payment);
  }

  #capture(reference: string, amountMinor: number): PaymentOutcome {
    const payment = this.#byReference.get(reference);
    if (payment?.status === "authorised" && amountMinor <= payment.authorisedMinor) {
      payment.status = "captured";
      payment.capturedMinor = amountMinor;
      payment.captures += 1;
      this.#webhook(payment.orderId, "payment.captured");
    }
    return this.#outcomeOf(payment);
  }

  #void(reference: string): PaymentOutcome {
    const payment = this.#byReference.get(reference);
    if (payment && (this.#statusOf(payment) === "open" || payment.status === "authorised")) {
      payment.status = "voided";
      payment.voids += 1;
      this.#webhook(payment.orderId, "payment.voided");
    }
    const outcome = this.#outcomeOf(payment);
    return outcome.kind === "declined" ? { kind: "voided", reference } : outcome;
  }

  #refund(reference: string, key: string, amountMinor: number): RefundOutcome {
    const payment = this.#byReference.get(reference);
    if (!payment) return { kind: "not_found" };
    if (!payment.refunds.has(key)) {
      if (payment.status !== "captured" || amountMinor > payment.capturedMinor - refundedMinor(payment)) {
        this.counts.refundsTooLarge += 1;
        return { kind: "declined", reason: "too much" };
      }
      payment.refunds.set(key, amountMinor);
    }
    return this.#refundStatus(reference, key);
  }

  #refundStatus(reference: string, key: string): RefundOutcome {
    const amountMinor = this.#byReference.get(reference)?.refunds.get(key);
    return amountMinor === undefined
      ? { kind: "not_found" }
      : { kind: "refunded", reference: key, amountMinor };
  }

  #statusOf(payment: BookedPayment): Status {
    if (payment.status === "open" && this.#scheduler.now >= payment.expiresAt) payment.status = "expired";
    return payment.status;
  }

  #outcomeOf(payment: BookedPayment | undefined): PaymentOutcome {
    if (!payment) return { kind: "not_found" };
    const { reference } = payment;
    switch (this.#statusOf(payment)) {
      case "open":
        return {
          kind: "pending",
          reference,
          redirectUrl: `https://pay.example/${reference}`,
          expiresAt: epochMs(payment.expiresAt),
        };
      case "authorised":
        return { kind: "authorised", reference, amountMinor: payment.authorisedMinor, cardLast4: "4242" };
      case "captured":
        return { kind: "captured", reference, amountMinor: payment.capturedMinor };
      case "voided":
        return { kind: "voided", reference };
      case "declined":
        return { kind: "declined", reference, reason: "insufficient_funds", isFinal: true };
      case "expired":
        return { kind: "declined", reference, reason: "session_expired", isFinal: true };
    }
  }
}
