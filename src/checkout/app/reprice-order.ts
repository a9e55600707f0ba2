import { allocate, includedTaxMinor, ok, refuse, type Result } from "#kernel";
import type { SellableVariant } from "#catalog";
import type { Address, OrderDelivery, OrderDraft, OrderLine } from "#orders";
import { addedTaxMinor, deliveryRatePpm, priceFor, taxRatePpm } from "#pricing";
import {
  chooseDelivery,
  deliveryOptions,
  nothingToDeliver,
  type DeliveryOption,
  type LocalMoment,
} from "#shipping";
import { namedIn } from "./reading-locale.ts";
import type { PriceRequest, PriceTruth, ShopSettings } from "./ports.ts";

/** What staff change about an order that exists. What is absent stays as it was. */
export type OrderChanges = {
  /** 0 removes a line. */
  readonly quantities?: readonly { readonly lineId: string; readonly quantity: number }[];
  readonly additions?: readonly {
    readonly lineId: string;
    readonly variantId: string;
    readonly quantity: number;
    /** A price that staff agreed to; else the one that holds now. */
    readonly unitPriceMinor?: number;
  }[];
  readonly address?: Address;
  readonly deliveryMethodId?: string;
};

export type RepriceRefusal =
  | { readonly code: "line_unknown"; readonly lineId: string }
  | { readonly code: "variant_unknown"; readonly variantId: string }
  | { readonly code: "delivery_unavailable"; readonly country: string }
  | { readonly code: "order_empty" };

/** What must be read to price an order again: in its market and language, for its group, at the place where it shall go. */
export function repriceRequest(
  draft: OrderDraft,
  changes: OrderChanges,
  shop: Pick<ShopSettings, "ownLocale">,
): PriceRequest {
  const { marketId, customerId, customerGroup } = draft;
  const { country, region, postalCode } = changes.address ?? draft.address;
  return {
    variantIds: [...draft.lines, ...(changes.additions ?? [])].map((line) => line.variantId),
    ...namedIn(draft.locale, shop),
    country,
    ...(region === undefined ? {} : { region }),
    ...(postalCode === undefined ? {} : { postcode: postalCode }),
    ...(marketId === undefined ? {} : { marketId }),
    ...(customerId === undefined ? {} : { customerId }),
    ...(customerGroup === undefined ? {} : { customerGroup }),
  };
}

/**
 * The order as it shall be. What was bought keeps its frozen price, and its share of the discounts by the unit; what is
 * added costs what holds now in the order's market for this many, and gets no discount. Tax is computed anew, at the
 * destination's rates when country or state change. Delivery keeps its price unless its method or country changes. The same input always gives the same draft.
 */
export function repriceOrder(
  draft: OrderDraft,
  changes: OrderChanges,
  at: { readonly truth: PriceTruth; readonly now: LocalMoment },
): Result<OrderDraft, RepriceRefusal> {
  const kept = keepLines(draft, changes);
  if (!kept.ok) return kept;
  const added = addLines(draft, changes, at.truth);
  if (!added.ok) return added;
  const address = changes.address ?? draft.address;
  const hasMoved = address.country !== draft.address.country || address.region !== draft.address.region;
  const lines = [...kept.value, ...added.value].map((line) =>
    taxed(line, {
      ratePpm: hasMoved ? rateOf(at.truth, address.country, line) : line.taxRatePpm,
      isTaxAdded: draft.isTaxAdded === true,
    }),
  );
  if (lines.length === 0) return refuse({ code: "order_empty" });
  const delivery = priceDelivery({ ...draft, lines, address }, { ...changes, hasMoved }, at);
  return delivery.ok ? ok(total({ ...draft, address, lines, delivery: delivery.value })) : delivery;
}

function keepLines(
  draft: OrderDraft,
  { quantities = [] }: OrderChanges,
): Result<OrderLine[], RepriceRefusal> {
  const wanted = new Map(quantities.map(({ lineId, quantity }) => [lineId, quantity]));
  for (const lineId of wanted.keys())
    if (!draft.lines.some((line) => line.lineId === lineId)) return refuse({ code: "line_unknown", lineId });
  return ok(
    draft.lines.flatMap((line) => {
      const quantity = wanted.get(line.lineId) ?? line.quantity;
      return quantity === 0 ? [] : [resized(line, quantity)];
    }),
  );
}

/** Units that go take their share of the discount along; units that come get none. */
function resized(line: OrderLine, quantity: number): OrderLine {
  const discountMinor =
    quantity < line.quantity
      ? Math.floor((line.discountMinor * quantity) / line.quantity)
      : line.discountMinor;
  return { ...line, quantity, discountMinor, totalMinor: line.unitPriceMinor * quantity - discountMinor };
}

function addLines(
  draft: OrderDraft,
  { additions = [] }: OrderChanges,
  truth: PriceTruth,
): Result<OrderLine[], RepriceRefusal> {
  const lines: OrderLine[] = [];
  for (const { lineId, variantId, quantity, unitPriceMinor } of additions) {
    const variant = pricedVariant(truth, { variantId, quantity });
    if (variant?.productStatus !== "active" || variant.currency !== draft.currency)
      return refuse({ code: "variant_unknown", variantId });
    lines.push(
      lineOf(variant, {
        lineId,
        quantity,
        unitPriceMinor: unitPriceMinor ?? variant.priceMinor,
        truth,
        country: draft.address.country,
      }),
    );
  }
  return ok(lines);
}

/** A variant at what one unit costs when this many are bought, in the market and group that the truth was read for. */
export function pricedVariant(
  truth: PriceTruth,
  { variantId, quantity }: { readonly variantId: string; readonly quantity: number },
): SellableVariant | undefined {
  const variant = truth.variants.find((row) => row.variantId === variantId);
  return variant && priceFor(variant, quantity, truth.terms);
}

type NewLine = {
  readonly lineId: string;
  readonly quantity: number;
  readonly unitPriceMinor: number;
  readonly truth: PriceTruth;
  readonly country: string;
};

/** A line of a variant as it is sold now, without tax yet. */
export function lineOf(variant: SellableVariant, line: NewLine): OrderLine {
  return {
    lineId: line.lineId,
    variantId: variant.variantId,
    productId: variant.productId,
    productHandle: variant.productHandle,
    sku: variant.sku,
    title: variant.productTitle,
    variantTitle: variant.variantTitle,
    ...shopTitles(variant),
    ...(variant.picture ? { imageUrl: variant.picture.url } : {}),
    quantity: line.quantity,
    unitPriceMinor: line.unitPriceMinor,
    discountMinor: 0,
    totalMinor: line.unitPriceMinor * line.quantity,
    taxRatePpm: taxRatePpm(line.truth.taxRates, line.country, variant.taxClass),
    taxMinor: 0,
    weightGrams: variant.weightGrams,
    requiresShipping: variant.requiresShipping,
    ...(variant.components ? { components: variant.components } : {}),
  };
}

/** What staff read for a line whose buyer reads another language. */
export const shopTitles = ({ own }: SellableVariant): Pick<OrderLine, "shopTitle" | "shopVariantTitle"> =>
  own ? { shopTitle: own.productTitle, shopVariantTitle: own.variantTitle } : {};

type Taxing = { readonly ratePpm: number; readonly isTaxAdded: boolean };

/** A line with its tax: contained in what it costs, or on top of it. */
export const taxed = (line: OrderLine, { ratePpm, isTaxAdded }: Taxing): OrderLine => ({
  ...line,
  taxRatePpm: ratePpm,
  ...taxParts(line.totalMinor, { ratePpm, isTaxAdded }),
});

/** The tax of an amount, and what of it is owed beside the amount. */
export function taxParts(amountMinor: number, { ratePpm, isTaxAdded }: Taxing) {
  if (!isTaxAdded) return { taxMinor: includedTaxMinor(amountMinor, ratePpm) };
  const taxMinor = addedTaxMinor(amountMinor, ratePpm);
  return { taxMinor, addedTaxMinor: taxMinor };
}

/** The rate of the new country, by the tax class of what is sold now; a line that is sold no more keeps its rate. */
function rateOf(truth: PriceTruth, country: string, line: OrderLine): number {
  const variant = truth.variants.find((row) => row.variantId === line.variantId);
  return variant ? taxRatePpm(truth.taxRates, country, variant.taxClass) : line.taxRatePpm;
}

function priceDelivery(
  draft: OrderDraft,
  changes: OrderChanges & { readonly hasMoved: boolean },
  { truth, now }: { readonly truth: PriceTruth; readonly now: LocalMoment },
): Result<OrderDelivery, RepriceRefusal> {
  const isKept =
    !changes.hasMoved && (changes.deliveryMethodId ?? draft.delivery.methodId) === draft.delivery.methodId;
  if (isKept) return ok(draft.delivery);
  const { country } = draft.address;
  const chosen = chooseDelivery(
    optionsFor(draft, truth, now),
    changes.deliveryMethodId ?? draft.delivery.methodId,
  );
  if (!chosen) return refuse({ code: "delivery_unavailable", country });
  return ok({
    methodId: chosen.methodId,
    name: chosen.name,
    carrier: chosen.carrier,
    priceMinor: chosen.priceMinor,
    ...taxParts(chosen.priceMinor, {
      ratePpm: deliveryRatePpm(truth.taxRates, country),
      isTaxAdded: draft.isTaxAdded === true,
    }),
    earliestDate: chosen.earliestDate,
    latestDate: chosen.latestDate,
  });
}

function optionsFor(draft: OrderDraft, truth: PriceTruth, now: LocalMoment): readonly DeliveryOption[] {
  if (draft.lines.every((line) => !line.requiresShipping)) return [nothingToDeliver(now)];
  const itemsMinor = draft.lines.reduce((sum, line) => sum + line.unitPriceMinor * line.quantity, 0);
  return deliveryOptions({
    methods: truth.methods,
    country: draft.address.country,
    ...(draft.address.postalCode === undefined ? {} : { postcode: draft.address.postalCode }),
    currency: draft.currency,
    itemsMinor,
    now,
  });
}

/** Sums again, so that Σ lines + delivery = total = Σ tenders + due. */
export function total(draft: OrderDraft): OrderDraft {
  const sum = (pick: (line: OrderLine) => number): number =>
    draft.lines.reduce((all, line) => all + pick(line), 0);
  const discountMinor = sum((line) => line.discountMinor);
  const addedMinor = sum((line) => line.addedTaxMinor ?? 0) + (draft.delivery.addedTaxMinor ?? 0);
  const totalMinor = sum((line) => line.totalMinor) + draft.delivery.priceMinor + addedMinor;
  const paidMinor = draft.tenders.reduce((all, tender) => all + tender.amountMinor, 0);
  return {
    ...draft,
    discounts: shrink(draft, discountMinor),
    itemsMinor: sum((line) => line.unitPriceMinor * line.quantity),
    discountMinor,
    deliveryMinor: draft.delivery.priceMinor,
    taxMinor: sum((line) => line.taxMinor) + draft.delivery.taxMinor,
    totalMinor,
    dueMinor: totalMinor - paidMinor,
  };
}

/** The named discounts in the proportion in which they were given, down to what the lines still carry. */
function shrink({ discounts }: OrderDraft, discountMinor: number): OrderDraft["discounts"] {
  const before = discounts.map((discount) => discount.amountMinor);
  if (before.reduce((all, amount) => all + amount, 0) === discountMinor) return discounts;
  const shares = allocate(discountMinor, before);
  return discounts.map((discount, index) => ({ ...discount, amountMinor: shares[index] ?? 0 }));
}
