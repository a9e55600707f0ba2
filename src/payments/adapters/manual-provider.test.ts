import { describe, expect, test } from "vitest";
import { epochMs } from "#kernel";
import { authoriseRequest, testCall, total } from "../../../test/support/payment-contract.ts";
import { BANK_TRANSFER_MS } from "../domain/limits.ts";
import { createManualProvider } from "./manual-provider.ts";

const now = epochMs(1_800_000_000_000);
const make = (method: "bank_transfer" | "cash_on_delivery") =>
  createManualProvider(method, { clock: { now: () => now }, instructions: "Test bank, IBAN DE00" });

describe("a bank transfer", () => {
  const request = authoriseRequest({ kind: "manual", method: "bank_transfer" });

  test("waits until its due day, also when it is asked for twice", async () => {
    const port = make("bank_transfer");
    const outcome = await port.authorise(request, testCall);
    expect(outcome).toMatchObject({
      kind: "pending",
      expiresAt: now + BANK_TRANSFER_MS,
      instructions: "Test bank, IBAN DE00",
    });
    expect(await port.authorise(request, testCall)).toEqual(outcome);
    const reference = outcome.kind === "pending" ? outcome.reference : undefined;
    expect(await port.statusByKey(request.key, testCall, reference)).toEqual({ kind: "pending", reference });
  });

  test("that was never asked for is asked for again", async () => {
    expect(await make("bank_transfer").statusByKey(request.key, testCall)).toEqual({ kind: "not_found" });
  });
});

describe("cash on delivery", () => {
  const request = authoriseRequest({ kind: "manual", method: "cash_on_delivery" });

  test("is promised at once", async () => {
    expect(await make("cash_on_delivery").authorise(request, testCall)).toMatchObject({
      kind: "authorised",
      amountMinor: total.amountMinor,
    });
  });
});

describe.each(["bank_transfer", "cash_on_delivery"] as const)("%s, as every provider,", (method) => {
  test("voids and captures without anybody to refuse, and never says that money went back", async () => {
    const port = make(method);
    const step = { reference: "r", key: "k", amount: total };
    expect(await port.voidPayment(step, testCall)).toEqual({ kind: "voided", reference: "r" });
    expect(await port.capture(step, testCall)).toMatchObject({ kind: "captured", amountMinor: 5690 });
    expect(await port.refund(step, testCall)).toEqual({ kind: "declined", reason: "paid_back_by_hand" });
    expect(await port.checkAvailability()).toBe(true);
  });
});
