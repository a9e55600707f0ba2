import { describe, expect, test } from "vitest";
import { currency, epochMs, mintId, money } from "#kernel";
import type { AuthoriseRequest, PaymentChoice, PaymentPort, RefundPort } from "#orders";

/** What the contract needs of a provider: ways to choose what the bank will say. */
export type PaymentSubject = {
  readonly port: PaymentPort & Partial<RefundPort>;
  /** Makes the next authorise end this way. */
  readonly choose: (how: "approve" | "decline" | "redirect" | "lose-reply") => PaymentChoice;
  readonly payOnPage: (key: string) => Promise<void>;
  /** What the provider calls a payment that it never had. */
  readonly unknownReference: string;
};

export const testCall = {
  traceparent: "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01",
  actor: "test",
};
export const total = money(currency("EUR"), 5690);
export const eur = (minor: number) => money(currency("EUR"), minor);
export const redirect: PaymentChoice = {
  kind: "redirect",
  returnUrl: "http://shop.test/return",
  cancelUrl: "http://shop.test/cancel",
};

/** An authorise of 56.90 euros for a new order. */
export function authoriseRequest(choice: PaymentChoice, amount = total): AuthoriseRequest {
  const orderId = mintId("ord", epochMs(Date.now()));
  const texts = { orderNumber: "K-1042", email: "mira@example.com", description: "Order K-1042" };
  return { key: `${orderId}:authorise:1`, orderId, amount, choice, sessionSeconds: 900, ...texts };
}

/** The rules that hold for every provider of cards, whoever it is. */
export function describePaymentPort(name: string, make: () => PaymentSubject): void {
  describe(`the payment port, by the ${name}`, () => {
    describeAuthorise(make);
    describeAfterwards(make);
    describeRefunds(make);
  });
}

function describeAuthorise(make: () => PaymentSubject): void {
  test("authorises the whole amount, and tells the same when asked by key", async () => {
    const { port, choose } = make();
    const request = authoriseRequest(choose("approve"));
    const outcome = await port.authorise(request, testCall);
    expect(outcome).toMatchObject({ kind: "authorised", amountMinor: 5690, cardLast4: "4242" });
    expect(await port.statusByKey(request.key, testCall)).toEqual(outcome);
  });

  test("the same key twice is one payment", async () => {
    const { port, choose } = make();
    const request = authoriseRequest(choose("approve"));
    expect(await port.authorise(request, testCall)).toEqual(await port.authorise(request, testCall));
  });

  test("tells a decline with its reason, for good", async () => {
    const { port, choose } = make();
    const outcome = await port.authorise(authoriseRequest(choose("decline")), testCall);
    expect(outcome).toMatchObject({ kind: "declined", reason: "insufficient_funds", isFinal: true });
  });

  test("an open page is pending until the buyer has paid", async () => {
    const { port, choose, payOnPage } = make();
    const request = authoriseRequest(choose("redirect"));
    const outcome = await port.authorise(request, testCall);
    expect(outcome).toMatchObject({ kind: "pending", redirectUrl: expect.stringMatching(/^https?:/) });
    const reference = outcome.kind === "pending" ? outcome.reference : undefined;
    expect(await port.statusByKey(request.key, testCall, reference)).toMatchObject({ kind: "pending" });
    await payOnPage(request.key);
    expect(await port.statusByKey(request.key, testCall, reference)).toMatchObject({
      kind: "authorised",
      amountMinor: 5690,
    });
  });

  test("a lost reply is unknown, and the key finds what happened", async () => {
    const { port, choose } = make();
    const request = authoriseRequest(choose("lose-reply"));
    expect(await port.authorise(request, testCall)).toMatchObject({ kind: "unknown" });
    expect(await port.statusByKey(request.key, testCall)).toMatchObject({
      kind: "authorised",
      amountMinor: 5690,
    });
  });

  test("a key that never arrived is not found", async () => {
    expect(await make().port.statusByKey("ord_nobody:authorise:1", testCall)).toEqual({ kind: "not_found" });
  });
}

/** An authorised payment. */
export async function authorised({ port, choose }: PaymentSubject): Promise<string> {
  const outcome = await port.authorise(authoriseRequest(choose("approve")), testCall);
  if (outcome.kind !== "authorised") throw new Error(outcome.kind);
  return outcome.reference;
}

function describeAfterwards(make: () => PaymentSubject): void {
  test("captures, and says so again for the same key", async () => {
    const subject = make();
    const reference = await authorised(subject);
    const capture = { reference, key: `${reference}:capture:1`, amount: total };
    const outcome = await subject.port.capture(capture, testCall);
    expect(outcome).toEqual({ kind: "captured", reference, amountMinor: 5690 });
    expect(await subject.port.capture(capture, testCall)).toEqual(outcome);
  });

  test("captures a part, and tells how much", async () => {
    const subject = make();
    const reference = await authorised(subject);
    const part = { reference, key: `${reference}:capture:1`, amount: eur(5000) };
    expect(await subject.port.capture(part, testCall)).toEqual({
      kind: "captured",
      reference,
      amountMinor: 5000,
    });
  });

  test("voids an authorisation and an open page, also twice", async () => {
    const { port, choose } = make();
    for (const how of ["approve", "redirect"] as const) {
      const open = await port.authorise(authoriseRequest(choose(how)), testCall);
      if (!("reference" in open) || open.reference === undefined) throw new Error(open.kind);
      const { reference } = open;
      const voided = { kind: "voided", reference };
      expect(await port.voidPayment({ reference, key: `${reference}:void:1` }, testCall)).toEqual(voided);
      expect(await port.voidPayment({ reference, key: `${reference}:void:1` }, testCall)).toEqual(voided);
      expect(await port.voidPayment({ reference, key: `${reference}:void:2` }, testCall)).toEqual(voided);
    }
  });

  test("a payment that does not exist can neither be captured nor voided", async () => {
    const { port, unknownReference: reference } = make();
    expect(await port.capture({ reference, key: "c", amount: total }, testCall)).toEqual({
      kind: "not_found",
    });
    expect(await port.voidPayment({ reference, key: "v" }, testCall)).toEqual({ kind: "not_found" });
  });
}

function describeRefunds(make: () => PaymentSubject): void {
  test("captured money goes back in parts, each once, and never more than was captured", async (context) => {
    const subject = make();
    const { port } = subject;
    const { refund, refundStatusByKey } = port;
    if (!refund || !refundStatusByKey) return context.skip();
    const reference = await authorised(subject);
    const part = { reference, key: `${reference}:refund:1`, amount: eur(2000) };
    await port.capture({ reference, key: `${reference}:capture:1`, amount: eur(5000) }, testCall);
    const first = await refund(part, testCall);
    expect(first).toMatchObject({ kind: "refunded", amountMinor: 2000 });
    expect(await refund(part, testCall)).toEqual(first);
    expect(await refundStatusByKey(part, testCall)).toEqual(first);
    const tooMuch = { reference, key: `${reference}:refund:2`, amount: eur(3001) };
    expect(await refund(tooMuch, testCall)).toEqual({ kind: "declined", reason: "amount_too_large" });
    expect(await refundStatusByKey(tooMuch, testCall)).toEqual({ kind: "not_found" });
    const rest = { reference, key: `${reference}:refund:3`, amount: eur(3000) };
    expect(await refund(rest, testCall)).toMatchObject({ kind: "refunded", amountMinor: 3000 });
    expect(await refundStatusByKey(part, testCall)).toEqual(first);
    return undefined;
  });

  test("what was never captured cannot be refunded", async (context) => {
    const subject = make();
    const { refund } = subject.port;
    if (!refund) return context.skip();
    const reference = await authorised(subject);
    const part = { reference, key: `${reference}:refund:1`, amount: eur(1) };
    expect(await refund(part, testCall)).toMatchObject({ kind: "declined" });
    return undefined;
  });
}
