import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { epochMs, includedTaxMinor } from "#kernel";
import type { OrderDraft, OrderLine } from "#orders";
import { wallClock } from "#shipping";
import { repriceOrder, total, type OrderChanges } from "./reprice-order.ts";
import type { PriceTruth } from "./ports.ts";

const NOW = wallClock("Europe/Berlin")(epochMs(1_800_000_000_000));

const line = (id: string, quantity: number, unitPriceMinor: number, discountMinor = 0): OrderLine => ({
  lineId: id,
  variantId: `var_${id}`,
  productId: "prd_1",
  productHandle: "heron",
  sku: id,
  title: "Heron",
  variantTitle: "",
  quantity,
  unitPriceMinor,
  discountMinor,
  totalMinor: unitPriceMinor * quantity - discountMinor,
  taxRatePpm: 190_000,
  taxMinor: includedTaxMinor(unitPriceMinor * quantity - discountMinor, 190_000),
  weightGrams: 100,
  requiresShipping: true,
});

const draft = (...lines: readonly OrderLine[]): OrderDraft =>
  total({
    checkoutId: "chk_1",
    cartId: "crt_1",
    email: "mira@example.com",
    address: {
      fullName: "Mira Sand",
      line1: "Hafenweg 2",
      city: "Bremen",
      postalCode: "28195",
      country: "DE",
    },
    locale: "en-GB",
    currency: "EUR",
    lines,
    delivery: {
      methodId: "standard",
      name: "Standard",
      carrier: "Kerb Post",
      priceMinor: 490,
      taxMinor: 78,
      earliestDate: "2027-01-18",
      latestDate: "2027-01-20",
    },
    discounts: [
      {
        voucherId: "coupon:TEN",
        label: "TEN",
        amountMinor: lines.reduce((sum, entry) => sum + entry.discountMinor, 0),
      },
    ],
    tenders: [{ voucherId: "gift:1", kind: "gift_card", label: "Gift card", amountMinor: 100 }],
    itemsMinor: 0,
    discountMinor: 0,
    deliveryMinor: 0,
    taxMinor: 0,
    totalMinor: 0,
    dueMinor: 0,
  });

const truth: PriceTruth = {
  variants: [
    {
      variantId: "var_new",
      productId: "prd_2",
      productHandle: "tide",
      productTitle: "Tide",
      productStatus: "active",
      variantTitle: "A4",
      sku: "NEW",
      currency: "EUR",
      priceMinor: 2_500,
      taxClass: "standard",
      weightGrams: 50,
      requiresShipping: true,
      availability: "in_stock",
    },
  ],
  taxRates: [
    { country: "DE", taxClass: "standard", ratePpm: 190_000 },
    { country: "AT", taxClass: "standard", ratePpm: 200_000 },
  ],
  methods: [
    {
      methodId: "standard",
      name: "Standard",
      carrier: "Kerb Post",
      countries: ["DE"],
      currency: "EUR",
      priceMinor: 490,
      minDays: 2,
      maxDays: 3,
      cutoffHour: 14,
      position: 1,
      isActive: true,
      postcodeZones: [],
    },
    {
      methodId: "abroad",
      name: "Abroad",
      carrier: "Kerb Post",
      countries: ["AT"],
      currency: "EUR",
      priceMinor: 1_290,
      minDays: 4,
      maxDays: 6,
      cutoffHour: 14,
      position: 2,
      isActive: true,
      postcodeZones: [],
    },
  ],
};
const reprice = (before: OrderDraft, changes: OrderChanges) =>
  repriceOrder(before, changes, { truth, now: NOW });

describe("an order that is priced again", () => {
  test("changes nothing when nothing is changed", () => {
    const before = draft(line("a", 2, 1_000, 200), line("b", 1, 500));
    expect(reprice(before, {})).toEqual({ ok: true, value: before });
  });

  test("keeps the bought price and the discount by the unit when units go", () => {
    const result = reprice(draft(line("a", 3, 1_000, 100), line("b", 1, 500)), {
      quantities: [{ lineId: "a", quantity: 2 }],
    });
    expect(result).toMatchObject({
      ok: true,
      value: {
        discountMinor: 66,
        discounts: [{ amountMinor: 66 }],
        totalMinor: 2_000 - 66 + 500 + 490,
        lines: [{ totalMinor: 1_934 }, {}],
      },
    });
  });

  test("prices what is added at what holds now, or as staff agreed", () => {
    const addition = { lineId: "new", variantId: "var_new", quantity: 2 };
    const now = reprice(draft(line("a", 1, 1_000)), { additions: [addition] });
    expect(now.ok && now.value.lines[1]).toMatchObject({
      sku: "NEW",
      unitPriceMinor: 2_500,
      totalMinor: 5_000,
      discountMinor: 0,
    });
    const agreed = reprice(draft(line("a", 1, 1_000)), { additions: [{ ...addition, unitPriceMinor: 1 }] });
    expect(agreed.ok && agreed.value.totalMinor).toBe(1_000 + 2 + 490);
  });

  test("takes the tax and the delivery of a new country", () => {
    const address = {
      fullName: "Mira Sand",
      line1: "Ring 1",
      city: "Wien",
      postalCode: "1010",
      country: "AT",
    };
    const result = reprice(draft(line("new", 1, 1_000)), { address, deliveryMethodId: "abroad" });
    expect(result).toMatchObject({
      ok: true,
      value: { lines: [{ taxRatePpm: 200_000 }], delivery: { methodId: "abroad", priceMinor: 1_290 } },
    });
  });

  test("names what cannot be done", () => {
    const before = draft(line("a", 1, 1_000));
    expect(reprice(before, { quantities: [{ lineId: "x", quantity: 1 }] })).toMatchObject({
      refusal: { code: "line_unknown" },
    });
    expect(reprice(before, { additions: [{ lineId: "n", variantId: "var_x", quantity: 1 }] })).toMatchObject({
      refusal: { code: "variant_unknown" },
    });
    expect(reprice(before, { quantities: [{ lineId: "a", quantity: 0 }] })).toMatchObject({
      refusal: { code: "order_empty" },
    });
    const address = { ...before.address, country: "JP" };
    expect(reprice(before, { address })).toMatchObject({
      refusal: { code: "delivery_unavailable", country: "JP" },
    });
  });

  test("always adds up, whatever goes and comes", () => {
    const lines = fc.array(
      fc.record({
        quantity: fc.integer({ min: 1, max: 20 }),
        unit: fc.nat(100_000),
        share: fc.integer({ min: 0, max: 100 }),
        wanted: fc.integer({ min: 0, max: 25 }),
      }),
      { minLength: 1, maxLength: 8 },
    );
    fc.assert(
      fc.property(lines, fc.nat(5), (entries, added) => {
        const before = draft(
          ...entries.map(({ quantity, unit, share }, index) =>
            line(`l${index}`, quantity, unit, Math.floor((unit * quantity * share) / 100)),
          ),
        );
        const result = reprice(before, {
          quantities: entries.map(({ wanted }, index) => ({ lineId: `l${index}`, quantity: wanted })),
          additions: added === 0 ? [] : [{ lineId: "new", variantId: "var_new", quantity: added }],
        });
        if (!result.ok) return;
        const { value } = result;
        const sum = (pick: (entry: OrderLine) => number) =>
          value.lines.reduce((all, entry) => all + pick(entry), 0);
        expect(sum((entry) => entry.totalMinor) + value.deliveryMinor).toBe(value.totalMinor);
        expect(value.itemsMinor - value.discountMinor + value.deliveryMinor).toBe(value.totalMinor);
        expect(value.discounts.reduce((all, discount) => all + discount.amountMinor, 0)).toBe(
          value.discountMinor,
        );
        expect(value.dueMinor).toBe(value.totalMinor - 100);
        for (const entry of value.lines) {
          expect(entry.totalMinor).toBe(entry.unitPriceMinor * entry.quantity - entry.discountMinor);
          expect(entry.discountMinor).toBeLessThanOrEqual(entry.unitPriceMinor * entry.quantity);
        }
      }),
    );
  });
});
