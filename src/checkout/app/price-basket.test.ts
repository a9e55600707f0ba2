import { describe, expect, it } from "vitest";
import { heron, HERON_ID, POST, towel, TOWEL_ID } from "../../../test/support/fake-prices.ts";
import { explainTotalChange } from "../domain/total-change.ts";
import { priceBasket, type BasketRequest } from "./price-basket.ts";
import type { PriceTruth } from "./ports.ts";

const FRIDAY = { day: "2026-11-27", hour: 10 };
const RATES = [{ country: "DE", taxClass: "standard" as const, ratePpm: 190_000 }];
const truth = (changes: Partial<PriceTruth> = {}): PriceTruth => ({
  variants: [heron(), towel()],
  taxRates: RATES,
  methods: [POST],
  ...changes,
});
const request = (changes: Partial<BasketRequest> = {}): BasketRequest => ({
  lines: [
    { lineId: "a", variantId: HERON_ID, quantity: 1, seenUnitPriceMinor: 3400 },
    { lineId: "b", variantId: TOWEL_ID, quantity: 1, seenUnitPriceMinor: 1800 },
  ],
  currency: "EUR",
  country: "DE",
  purpose: "cart",
  ...changes,
});
const codes = (basket: ReturnType<typeof priceBasket>): readonly (readonly string[])[] =>
  basket.lines.map((line) => line.notices.map((notice) => notice.code));

describe("priceBasket", () => {
  it("prices the basket at what holds now, with delivery and what is missing for free delivery", () => {
    const basket = priceBasket(request(), truth(), FRIDAY);
    expect(basket.quote).toMatchObject({ itemsMinor: 5200, deliveryMinor: 490, totalMinor: 5690 });
    expect(basket.freeDeliveryGapMinor).toBe(800);
    expect(codes(basket)).toEqual([[], []]);
  });

  it("taxes an import up to its limit of goods without tax, and nothing of it above", () => {
    // 3,400 and 1,800 contain 543 and 287: the goods are worth 4,370.
    const within = priceBasket(request(), truth({ importLimitMinor: 4_370 }), FRIDAY).quote;
    const above = priceBasket(request(), truth({ importLimitMinor: 4_369 }), FRIDAY).quote;
    expect([within.taxMinor > 0, above.taxMinor, above.totalMinor]).toEqual([true, 0, within.totalMinor]);
  });

  it("tells of a price that moved since it was seen", () => {
    const basket = priceBasket(
      request(),
      truth({ variants: [heron({ priceMinor: 3600 }), towel()] }),
      FRIDAY,
    );
    expect(basket.lines[0]?.notices).toEqual([{ code: "price_changed", fromMinor: 3400, toMinor: 3600 }]);
  });

  it("leaves a sold-out line out of a cart's total, and in the total of an order", () => {
    const sold = truth({ variants: [heron({ availability: "sold_out", availableUnits: 0 }), towel()] });
    expect(priceBasket(request(), sold, FRIDAY).quote.itemsMinor).toBe(1800);
    expect(priceBasket(request({ purpose: "order" }), sold, FRIDAY).quote.itemsMinor).toBe(5200);
  });

  it.each([
    ["that the catalogue forgot", [towel()]],
    ["of a withdrawn product", [heron({ productStatus: "archived" }), towel()]],
    ["in another currency", [heron({ currency: "USD" }), towel()]],
  ])("never counts a line %s", (_, variants) => {
    for (const purpose of ["cart", "order"] as const) {
      const basket = priceBasket(request({ purpose }), truth({ variants }), FRIDAY);
      expect(basket.lines[0]).toMatchObject({ isCounted: false, notices: [{ code: "unavailable" }] });
      expect(basket.quote.itemsMinor).toBe(1800);
    }
  });

  it("says how few are left, but not while more are on their way", () => {
    const lines = [{ lineId: "a", variantId: HERON_ID, quantity: 3, seenUnitPriceMinor: 3400 }];
    const few = truth({ variants: [heron({ availability: "low", availableUnits: 1 })] });
    expect(priceBasket(request({ lines }), few, FRIDAY).lines[0]?.notices).toEqual([
      { code: "few_left", available: 1 },
    ]);
    const coming = truth({
      variants: [heron({ availability: "backorder", availableUnits: 1, expectedAt: "2026-12-14" })],
    });
    expect(codes(priceBasket(request({ lines }), coming, FRIDAY))).toEqual([[]]);
  });

  it("promises no date before the goods are there", () => {
    const coming = truth({
      variants: [heron({ availability: "backorder", expectedAt: "2026-12-14" }), towel()],
    });
    expect(priceBasket(request(), coming, FRIDAY).quote.delivery).toMatchObject({
      earliestDate: "2026-12-16",
    });
  });

  it("asks for no delivery when there is nothing to send", () => {
    const digital = truth({
      variants: [heron({ requiresShipping: false }), towel({ requiresShipping: false })],
      methods: [],
    });
    expect(priceBasket(request({ country: "IS" }), digital, FRIDAY).quote).toMatchObject({
      deliveryMinor: 0,
      delivery: { methodId: "none" },
    });
  });

  it("has no way to a country that the shop does not serve", () => {
    const basket = priceBasket(request({ country: "IS" }), truth({ taxRates: [] }), FRIDAY);
    expect(basket.options).toEqual([]);
    expect(basket.quote).not.toHaveProperty("delivery");
  });
});

describe("explainTotalChange", () => {
  it("explains a total by lines and delivery that sum to the difference", () => {
    const change = explainTotalChange({
      currency: "EUR",
      fromMinor: 5690,
      toMinor: 6190,
      discountChangeMinor: 100,
      dueFromMinor: 5690,
      dueToMinor: 6190,
      lines: [
        { lineId: "a", title: "Heron", quantity: 2, seenUnitPriceMinor: 3400, unitPriceMinor: 3600 },
        { lineId: "b", title: "Towel", quantity: 1, seenUnitPriceMinor: 1800, unitPriceMinor: 1800 },
      ],
    });
    expect(change.movedLines).toEqual([
      { lineId: "a", title: "Heron", quantity: 2, fromMinor: 3400, toMinor: 3600 },
    ]);
    expect(change.deliveryChangeMinor).toBe(200);
  });
});
