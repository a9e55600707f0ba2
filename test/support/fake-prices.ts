import { makeId, epochMs, type VariantId } from "#kernel";
import type { SellableVariant } from "#catalog";
import type { TaxRate } from "#pricing";
import type { DeliveryMethod } from "#shipping";
import type { VoucherView } from "#vouchers";
import type { PriceRequest, PriceTruth, PriceTruthPort } from "../../src/checkout/app/ports.ts";

/** A shop of two goods for tests, whose prices a test may change between two requests. */
export class FakePrices implements PriceTruthPort {
  variants: SellableVariant[] = [heron(), towel()];
  methods: DeliveryMethod[] = [POST];
  vouchers: VoucherView[] = [];
  collections: { productHandle: string; collectionHandle: string }[] = [];
  reads = 0;
  isBroken = false;

  async read({
    variantIds,
    country,
    voucherIds = [],
  }: {
    readonly variantIds: readonly string[];
    readonly country: string;
    readonly voucherIds?: readonly string[];
  }): Promise<PriceTruth> {
    this.reads += 1;
    if (this.isBroken) throw new Error("D1_ERROR: no answer");
    return {
      variants: this.variants.filter((variant) => variantIds.includes(variant.variantId)),
      taxRates: TAX.filter((rate) => rate.country === country),
      methods: this.methods,
      vouchers: this.vouchers.filter((voucher) => voucherIds.includes(voucher.voucherId)),
      collections: this.collections,
    };
  }

  async variantOfSku(sku: string, _beside: PriceRequest): Promise<SellableVariant | undefined> {
    return this.variants.find((variant) => variant.sku.toLowerCase() === sku.toLowerCase());
  }

  /** The voucher behind a code: of a coupon its code, of a card its id's hash. */
  async find(text: string): Promise<VoucherView | undefined> {
    return this.vouchers.find(
      ({ voucherId }) => voucherId.slice(voucherId.indexOf(":") + 1) === text.trim().toUpperCase(),
    );
  }

  /** Changes one of the goods. */
  change(sku: string, changes: Partial<SellableVariant>): void {
    this.variants = this.variants.map((variant) =>
      variant.sku === sku ? { ...variant, ...changes } : variant,
    );
  }
}

const NOW = epochMs(1_795_000_000_000);
const variantId = (number: number): VariantId => makeId("var", NOW, new Uint8Array(16).fill(number));

export const HERON_ID = variantId(1);
export const TOWEL_ID = variantId(2);

export const heron = (changes: Partial<SellableVariant> = {}): SellableVariant => ({
  variantId: HERON_ID,
  productId: makeId("prd", NOW, new Uint8Array(16).fill(1)),
  productHandle: "heron",
  productTitle: "Heron",
  productStatus: "active",
  variantTitle: "A3, oak",
  sku: "HERON-A3",
  currency: "EUR",
  priceMinor: 3400,
  taxClass: "standard",
  weightGrams: 400,
  requiresShipping: true,
  availability: "in_stock",
  ...changes,
});

export const towel = (changes: Partial<SellableVariant> = {}): SellableVariant =>
  heron({
    variantId: TOWEL_ID,
    productHandle: "kiln-leaf",
    productTitle: "Kiln leaf, tea towel",
    variantTitle: "",
    sku: "TOWEL",
    priceMinor: 1800,
    ...changes,
  });

export const POST: DeliveryMethod = {
  methodId: "post",
  name: "Standard",
  carrier: "Post",
  countries: ["DE", "AT"],
  currency: "EUR",
  priceMinor: 490,
  freeFromMinor: 6000,
  minDays: 2,
  maxDays: 4,
  cutoffHour: 15,
  position: 1,
  isActive: true,
  postcodeZones: [],
};

const TAX: readonly TaxRate[] = [
  { country: "DE", taxClass: "standard", ratePpm: 190_000 },
  { country: "AT", taxClass: "standard", ratePpm: 200_000 },
];
