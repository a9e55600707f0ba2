import type { PaymentOutcome, PaymentPort, ProviderPort, RefundOutcome } from "#orders";

/** What the fake provider knows of one key. */
type FakePayment = { outcome: PaymentOutcome; captures: number; voids: number };

/**
 * A payment provider in memory with a ledger of its own: the second witness in tests. `answers` are consumed one per
 * authorise call, `"throw-away"` meaning that the provider acted and the reply was lost.
 */
export class FakePayments implements ProviderPort {
  readonly provider = "fake";
  readonly payments = new Map<string, FakePayment>();
  authorise: PaymentPort["authorise"];
  next: "approve" | "decline" | "redirect" | "lose-reply" | "never-arrives" = "approve";
  captureAnswers: "capture" | "unknown" = "capture";
  calls: string[] = [];
  /** Whether it says that it is there. */
  isUp = true;
  checkAvailability = (): Promise<boolean> => Promise.resolve(this.isUp);

  constructor() {
    this.authorise = (request) => {
      this.calls.push(`authorise ${request.key}`);
      if (this.next === "never-arrives")
        return Promise.resolve({ kind: "unknown", detail: "connection refused" });
      const known = this.payments.get(request.key);
      if (known) return Promise.resolve(known.outcome);
      const reference = `pay_${request.key}`;
      const amountMinor = request.amount.amountMinor;
      const outcomes = {
        approve: { kind: "authorised", reference, amountMinor, cardLast4: "4242" },
        "lose-reply": { kind: "authorised", reference, amountMinor, cardLast4: "4242" },
        decline: { kind: "declined", reason: "insufficient_funds", isFinal: true },
        redirect: { kind: "pending", reference, redirectUrl: `https://pay.example/${request.key}` },
      } as const satisfies Record<string, PaymentOutcome>;
      this.payments.set(request.key, { outcome: outcomes[this.next], captures: 0, voids: 0 });
      return Promise.resolve(
        this.next === "lose-reply" ? { kind: "unknown", detail: "timeout" } : outcomes[this.next],
      );
    };
  }

  /** The buyer pays on the provider's page. */
  pay(key: string, amountMinor: number): void {
    this.payments.set(key, {
      outcome: { kind: "authorised", reference: `pay_${key}`, amountMinor },
      captures: 0,
      voids: 0,
    });
  }

  statusByKey: PaymentPort["statusByKey"] = (key) => {
    this.calls.push(`status ${key}`);
    return Promise.resolve(this.payments.get(key)?.outcome ?? { kind: "not_found" });
  };

  capture: PaymentPort["capture"] = ({ reference, key, amount }) => {
    this.calls.push(`capture ${key}`);
    const payment = this.payments.get(reference.slice("pay_".length));
    if (!payment) return Promise.resolve({ kind: "not_found" });
    payment.captures = 1;
    return Promise.resolve(
      this.captureAnswers === "unknown"
        ? { kind: "unknown", detail: "timeout" }
        : { kind: "captured", reference, amountMinor: amount.amountMinor },
    );
  };

  /** Refunds by key: what the provider has really sent back. */
  readonly refunds = new Map<string, number>();
  refundAnswers: "refund" | "unknown" | "decline" | "pending" | "not-sent" = "refund";

  refund: ProviderPort["refund"] = ({ reference, key, amount }) => {
    this.calls.push(`refund ${key}`);
    const answers: Record<typeof this.refundAnswers, RefundOutcome> = {
      refund: { kind: "refunded", reference: `re_${key}`, amountMinor: amount.amountMinor },
      unknown: { kind: "unknown", detail: "timeout" },
      decline: { kind: "declined", reason: "account_closed" },
      pending: { kind: "pending", reference: `re_${key}` },
      "not-sent": { kind: "not_sent", retryAfterSeconds: 5 },
    };
    const isDone = this.refundAnswers !== "decline" && this.refundAnswers !== "not-sent";
    if (isDone && this.payments.has(reference.slice("pay_".length)))
      this.refunds.set(key, amount.amountMinor);
    return Promise.resolve(answers[this.refundAnswers]);
  };

  refundStatusByKey: ProviderPort["refundStatusByKey"] = ({ key }) => {
    this.calls.push(`refund-status ${key}`);
    const amountMinor = this.refunds.get(key);
    return Promise.resolve(
      amountMinor === undefined
        ? { kind: "not_found" }
        : { kind: "refunded", reference: `re_${key}`, amountMinor },
    );
  };

  voidPayment: PaymentPort["voidPayment"] = ({ reference, key }) => {
    this.calls.push(`void ${key}`);
    const payment = this.payments.get(reference.slice("pay_".length));
    // As the contract of providers has it: a void that comes after the capture tells of the capture.
    if (payment && payment.captures > 0 && payment.outcome.kind === "authorised")
      return Promise.resolve({ kind: "captured", reference, amountMinor: payment.outcome.amountMinor });
    if (payment) payment.voids = 1;
    return Promise.resolve(payment ? { kind: "voided", reference } : { kind: "not_found" });
  };
}
