import { describe, expect, test } from "vitest";
import { isManualAllowed, parseProviders, type ManualPolicy } from "./methods.ts";

describe("the list of payment providers", () => {
  test.each([
    ["sandbox", ["sandbox"]],
    [" stripe , bank_transfer,cash_on_delivery ", ["stripe", "bank_transfer", "cash_on_delivery"]],
    ["bank_transfer", ["bank_transfer"]],
  ])("%j is read in its order", (text, names) => {
    expect(parseProviders(text)).toEqual({ ok: true, value: names });
  });

  test.each(["", " , ", "paypal", "sandbox,stripe", "stripe,stripe", "Stripe"])("%j is refused", (text) => {
    expect(parseProviders(text)).toMatchObject({ ok: false, refusal: { code: "providers_wrong" } });
  });
});

describe("payment without a provider", () => {
  const policy: ManualPolicy = {
    bankDetails: "Bank",
    cashCountries: ["DE", "AT"],
    cashLimitMinor: 30_000,
    cashCurrency: "EUR",
  };
  const purchase = { country: "DE", currency: "EUR", dueMinor: 30_000 };

  test.each([
    ["up to the limit", {}, true],
    ["above the limit", { dueMinor: 30_001 }, false],
    ["where no carrier takes it", { country: "CH" }, false],
    ["in another currency", { currency: "USD" }, false],
  ])("cash %s: %s", (_, changes, isAllowed) => {
    expect(isManualAllowed("cash_on_delivery", { ...purchase, ...changes }, policy)).toBe(isAllowed);
  });

  test("a transfer is offered as soon as the merchant says where it goes", () => {
    expect(isManualAllowed("bank_transfer", purchase, policy)).toBe(true);
    expect(isManualAllowed("bank_transfer", purchase, { ...policy, bankDetails: "" })).toBe(false);
  });
});
