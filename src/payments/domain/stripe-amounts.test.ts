import { describe, expect, test } from "vitest";
import fc from "fast-check";
import { currency, money } from "#kernel";
import { fromStripeAmount, toStripeAmount } from "./stripe-amounts.ts";

describe("amounts at Stripe", () => {
  test.each<[string, number, number | undefined]>([
    ["EUR", 1999, 1999],
    ["JPY", 500, 500],
    ["KRW", 12_000, 12_000],
    ["KWD", 1230, 1230],
    ["KWD", 1234, undefined],
    ["ISK", 500, 50_000],
    ["UGX", 500, 50_000],
    ["MGA", 500, 5],
    ["MGA", 550, undefined],
    ["HUF", 12_345, 12_345],
    ["TND", 10, 10],
    ["EUR", -1, undefined],
  ])("%s %i is %s there", (code, minor, expected) => {
    expect(toStripeAmount(money(currency(code), minor))).toBe(expected);
  });

  test("what Stripe takes comes back as the same amount, in every kind of currency", () => {
    fc.assert(
      fc.property(
        fc.constantFrom("EUR", "JPY", "KWD", "ISK", "UGX", "MGA", "BHD", "USD", "CLP"),
        fc.integer({ min: 0, max: 10_000_000_000 }),
        (code, minor) => {
          const amount = toStripeAmount(money(currency(code), minor));
          if (amount !== undefined) expect(fromStripeAmount(currency(code), amount)).toBe(minor);
        },
      ),
    );
  });

  test("a fraction of our smallest unit is no amount", () => {
    expect(fromStripeAmount(currency("ISK"), 50_050)).toBeUndefined();
  });
});
