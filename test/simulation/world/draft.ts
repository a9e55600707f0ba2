import { makeId, type CartId, type CheckoutId, type EpochMs, type OrderId } from "#kernel";
import type { OrderDraft, OrderLine } from "#orders";
import type { Random } from "../../support/random.ts";

const ID_BYTES = 16;

/** Random bytes from the world's own chance, so that ids repeat with the seed. */
const bytes = (random: Random): Uint8Array =>
  Uint8Array.from({ length: ID_BYTES }, () => random.whole(0, 255));

export const mintOrderId = (random: Random, at: EpochMs): OrderId => makeId("ord", at, bytes(random));
export const mintCheckoutId = (random: Random, at: EpochMs): CheckoutId => makeId("chk", at, bytes(random));
export const mintCartId = (random: Random, at: EpochMs): CartId => makeId("crt", at, bytes(random));

/** What a shopper wants of one SKU or bundle; the same one may stand there twice. */
export type Wish = {
  readonly sku: string;
  readonly quantity: number;
  /** What one unit of a bundle is made of. */
  readonly components?: OrderLine["components"];
  /** Among how many shards the shop's pages say that the SKU's units are. */
  readonly shards?: number;
};

const DELIVERY_MINOR = 490;
const UNIT_MINOR = 1_250;

/** What pays or lowers a draft beside the buyer's own money. */
export type Codes = {
  readonly coupon?: string;
  /** Gift cards and store credit, taken in this order. */
  readonly cards?: readonly Card[];
};

type Card = { readonly voucherId: string; readonly amountMinor: number };

/** Taken off the first line by a coupon; less than one unit costs. */
export const COUPON_MINOR = 300;

/** A priced draft of what is wanted; prices do not matter here, their sums do. */
export function draftOf(
  wishes: readonly Wish[],
  names: { readonly checkoutId: CheckoutId; readonly cartId: CartId; readonly email: string },
  codes: Codes = {},
): OrderDraft {
  const { coupon, cards = [] } = codes;
  const lines = wishes.map((wish, index) =>
    lineOf(`line_${index + 1}`, wish, coupon !== undefined && index === 0 ? COUPON_MINOR : 0),
  );
  const totalMinor = lines.reduce((sum, line) => sum + line.totalMinor, 0) + DELIVERY_MINOR;
  return priced({
    ...names,
    address: { fullName: "Ada Voss", line1: "Hafenweg 2", city: "Kiel", postalCode: "24103", country: "DE" },
    locale: "en-GB",
    currency: "EUR",
    lines,
    delivery: {
      methodId: "standard",
      name: "Standard",
      carrier: "Kerbside Post",
      priceMinor: DELIVERY_MINOR,
      taxMinor: 0,
      earliestDate: "2026-12-01",
      latestDate: "2026-12-03",
    },
    discounts:
      coupon === undefined ? [] : [{ voucherId: coupon, label: "Coupon", amountMinor: COUPON_MINOR }],
    tenders: tendersOf(cards, totalMinor),
  });
}

/** Cards pay one after the other until nothing is owed. */
function tendersOf(cards: readonly Card[], totalMinor: number): OrderDraft["tenders"] {
  let leftMinor = totalMinor;
  return cards.flatMap(({ voucherId, amountMinor }) => {
    const takenMinor = Math.min(amountMinor, leftMinor);
    leftMinor -= takenMinor;
    const kind = voucherId.startsWith("credit:") ? ("store_credit" as const) : ("gift_card" as const);
    return takenMinor === 0 ? [] : [{ voucherId, kind, label: "Card", amountMinor: takenMinor }];
  });
}

/** A line of a draft; the reduction is less than one unit costs, so that it fits every quantity. */
export const lineOf = (
  lineId: string,
  { sku, quantity, components, shards = 0 }: Wish,
  discountMinor = 0,
): OrderLine => ({
  lineId,
  variantId: `var_${sku}`,
  productId: `prd_${sku}`,
  productHandle: sku.toLowerCase(),
  sku,
  title: sku,
  variantTitle: "",
  quantity,
  unitPriceMinor: UNIT_MINOR,
  discountMinor,
  totalMinor: UNIT_MINOR * quantity - discountMinor,
  taxRatePpm: 190_000,
  taxMinor: 0,
  weightGrams: 100,
  requiresShipping: true,
  ...(shards > 0 ? { stockShards: shards } : {}),
  ...(components ? { components } : {}),
});

/** A line in another quantity, made of the same things and held at the same places. */
export const resizedLine = (line: OrderLine, quantity: number): OrderLine => {
  const { lineId, sku, discountMinor, components, stockShards = 0 } = line;
  return lineOf(
    lineId,
    { sku, quantity, ...(components ? { components } : {}), shards: stockShards },
    discountMinor,
  );
};

type Sums = "itemsMinor" | "discountMinor" | "deliveryMinor" | "taxMinor" | "totalMinor" | "dueMinor";

/** Adds a draft up, as the shop does after every change. */
export function priced(draft: Omit<OrderDraft, Sums>): OrderDraft {
  const sum = (of: (line: OrderLine) => number): number =>
    draft.lines.reduce((total, line) => total + of(line), 0);
  const totalMinor = sum((line) => line.totalMinor) + DELIVERY_MINOR;
  const tendersMinor = draft.tenders.reduce((total, tender) => total + tender.amountMinor, 0);
  return {
    ...draft,
    itemsMinor: sum((line) => line.unitPriceMinor * line.quantity),
    discountMinor: sum((line) => line.discountMinor),
    deliveryMinor: DELIVERY_MINOR,
    taxMinor: 0,
    totalMinor,
    dueMinor: Math.max(0, totalMinor - tendersMinor),
  };
}
