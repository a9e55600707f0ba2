import { describe, expect, test } from "vitest";
import type { OrderId } from "#kernel";
import { choosePayment, differenceOptions, paymentOptions } from "./payment-choice.ts";

const ORDER: OrderId = "ord_00000000000000000000000001";
const values = (options: readonly { readonly value: string }[]) => options.map(({ value }) => value);

describe("how staff let a buyer pay", () => {
  test("is what this shop is set up for, in its order", () => {
    expect(values(paymentOptions(["stripe", "bank_transfer", "cash_on_delivery"]))).toEqual([
      "link",
      "bank_transfer",
      "cash_on_delivery",
    ]);
    expect(values(paymentOptions(["bank_transfer"]))).toEqual(["bank_transfer"]);
  });

  test("is never cash for the difference of an edit", () => {
    expect(values(differenceOptions(["sandbox", "cash_on_delivery"]))).toEqual(["link"]);
  });

  test("by link goes to the shop's own card provider and back to the order", () => {
    const chosen = choosePayment(["bank_transfer", "stripe"], "link", "https://shop.example");
    expect(chosen?.provider).toBe("stripe");
    expect(chosen?.choice(ORDER)).toMatchObject({
      kind: "redirect",
      returnUrl: `https://shop.example/orders/${ORDER}/return`,
    });
  });

  test.each(["cash_on_delivery", "sandbox", "gold"])("is refused when the form says %s", (word) => {
    expect(choosePayment(["stripe", "bank_transfer"], word, "https://shop.example")).toBeUndefined();
  });
});
