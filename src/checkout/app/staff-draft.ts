import type { CartId, CheckoutId, EpochMs, OrderId, StaffDraftId } from "#kernel";
import type { Address, OrderDraft, OrderLine } from "#orders";
import { deliveryRatePpm, splitOverLines } from "#pricing";
import {
  chooseDelivery,
  deliveryOptions,
  nothingToDeliver,
  type DeliveryOption,
  type LocalMoment,
} from "#shipping";
import type { PriceTruth } from "./ports.ts";
import { lineOf, pricedVariant, taxed, taxParts, total } from "./reprice-order.ts";

/** What staff write down on the phone: an order to be, which may still lack everything. */
export type StaffDraftDocument = {
  /** Of its market. */
  readonly currency: string;
  /** Whose prices and tax hold; absent: the default market's. */
  readonly marketId?: string;
  /** The buyer whom staff know: their prices and their tax hold. */
  readonly customerId?: string;
  /** Whose prices the buyer gets; absent: everybody's. */
  readonly customerGroup?: string;
  readonly country: string;
  readonly email?: string;
  readonly address?: Address;
  readonly deliveryMethodId?: string;
  readonly lines: readonly {
    readonly lineId: string;
    readonly variantId: string;
    readonly quantity: number;
    /** A price that staff agreed to; else the one that holds when the order is placed. */
    readonly unitPriceMinor?: number;
  }[];
  /** Taken off the goods, split over the lines; ends at what they cost. */
  readonly discount?: { readonly label: string; readonly amountMinor: number };
  readonly note?: string;
};

export type StaffDraft = {
  readonly draftId: StaffDraftId;
  /** `placing`: the order was asked for; asking again finds out what became of it. */
  readonly status: "open" | "placing" | "placed" | "cancelled";
  /** Raised by every change; the ETag. */
  readonly version: number;
  readonly document: StaffDraftDocument;
  /** Named like those of a shopper, because an order comes from a cart and a checkout; no object has these names. */
  readonly cartId: CartId;
  readonly checkoutId: CheckoutId;
  readonly orderId?: OrderId;
  readonly createdBy: string;
  readonly createdAt: EpochMs;
  readonly updatedAt: EpochMs;
};

export type MissingPart = "lines" | "email" | "address" | "delivery";

/** A draft with what it costs now. */
export type PricedStaffDraft = {
  readonly draft: StaffDraft;
  readonly order: OrderDraft;
  /** Lines whose variant is not sold any more; they are not in `order`. */
  readonly unknownLineIds: readonly string[];
  readonly options: readonly DeliveryOption[];
  readonly missing: readonly MissingPart[];
};

const NOWHERE: Address = { fullName: "", line1: "", city: "", country: "" };
const NO_DELIVERY = {
  methodId: "",
  name: "",
  carrier: "",
  priceMinor: 0,
  taxMinor: 0,
  earliestDate: "",
  latestDate: "",
};

/** Prices a draft at what holds now. The same truth, draft and moment always give the same answer. */
export function priceStaffDraft(
  draft: StaffDraft,
  truth: PriceTruth,
  at: { readonly now: LocalMoment; readonly locale: string },
): PricedStaffDraft {
  const { document } = draft;
  const found = linesOf(document, truth);
  const isTaxAdded = truth.terms?.market.pricesIncludeTax === false;
  const lines = found.lines.map((line) => taxed(line, { ratePpm: line.taxRatePpm, isTaxAdded }));
  const options = optionsOf(document, lines, { truth, now: at.now });
  const chosen = chooseDelivery(options, document.deliveryMethodId);
  const ratePpm = deliveryRatePpm(truth.taxRates, document.country);
  const discountMinor = lines.reduce((sum, line) => sum + line.discountMinor, 0);
  const order = total({
    checkoutId: draft.checkoutId,
    cartId: draft.cartId,
    email: document.email ?? "",
    address: document.address ?? { ...NOWHERE, country: document.country },
    locale: at.locale,
    currency: document.currency,
    ...(document.marketId === undefined ? {} : { marketId: document.marketId }),
    ...(document.customerId === undefined ? {} : { customerId: document.customerId }),
    ...(truth.relief ? { taxRelief: truth.relief } : {}),
    ...(document.customerGroup === undefined ? {} : { customerGroup: document.customerGroup }),
    ...(isTaxAdded ? { isTaxAdded } : {}),
    lines,
    delivery: chosen
      ? {
          methodId: chosen.methodId,
          name: chosen.name,
          carrier: chosen.carrier,
          priceMinor: chosen.priceMinor,
          ...taxParts(chosen.priceMinor, { ratePpm, isTaxAdded }),
          earliestDate: chosen.earliestDate,
          latestDate: chosen.latestDate,
        }
      : NO_DELIVERY,
    discounts:
      document.discount && discountMinor > 0
        ? [{ label: document.discount.label, amountMinor: discountMinor }]
        : [],
    tenders: [],
    itemsMinor: 0,
    discountMinor: 0,
    deliveryMinor: 0,
    taxMinor: 0,
    totalMinor: 0,
    dueMinor: 0,
  });
  return {
    draft,
    order,
    unknownLineIds: found.unknownLineIds,
    options,
    missing: missingOf(document, { lines, isDeliverable: chosen !== undefined }),
  };
}

function linesOf(
  document: StaffDraftDocument,
  truth: PriceTruth,
): { readonly lines: OrderLine[]; readonly unknownLineIds: string[] } {
  const unknownLineIds: string[] = [];
  const lines = document.lines.flatMap(({ lineId, variantId, quantity, unitPriceMinor }) => {
    const variant = pricedVariant(truth, { variantId, quantity });
    if (variant?.productStatus !== "active" || variant.currency !== document.currency) {
      unknownLineIds.push(lineId);
      return [];
    }
    const price = unitPriceMinor ?? variant.priceMinor;
    return [lineOf(variant, { lineId, quantity, unitPriceMinor: price, truth, country: document.country })];
  });
  return { lines: withDiscount(lines, document.discount?.amountMinor ?? 0), unknownLineIds };
}

function withDiscount(lines: readonly OrderLine[], amountMinor: number): OrderLine[] {
  const itemsMinor = lines.reduce((sum, line) => sum + line.totalMinor, 0);
  if (lines.length === 0 || amountMinor === 0) return [...lines];
  const shares = splitOverLines(Math.min(amountMinor, itemsMinor), lines);
  return lines.map((line) => {
    const discountMinor = shares.get(line.lineId) ?? 0;
    return { ...line, discountMinor, totalMinor: line.totalMinor - discountMinor };
  });
}

function optionsOf(
  document: StaffDraftDocument,
  lines: readonly OrderLine[],
  { truth, now }: { readonly truth: PriceTruth; readonly now: LocalMoment },
): readonly DeliveryOption[] {
  if (lines.length > 0 && lines.every((line) => !line.requiresShipping)) return [nothingToDeliver(now)];
  const postcode = document.address?.postalCode;
  return deliveryOptions({
    methods: truth.methods,
    country: document.country,
    ...(postcode === undefined ? {} : { postcode }),
    currency: document.currency,
    itemsMinor: lines.reduce((sum, line) => sum + line.unitPriceMinor * line.quantity, 0),
    now,
  });
}

function missingOf(
  document: StaffDraftDocument,
  found: { readonly lines: readonly OrderLine[]; readonly isDeliverable: boolean },
): MissingPart[] {
  return [
    ...(found.lines.length === 0 ? ["lines" as const] : []),
    ...(document.email === undefined ? ["email" as const] : []),
    ...(document.address === undefined ? ["address" as const] : []),
    ...(found.isDeliverable ? [] : ["delivery" as const]),
  ];
}
