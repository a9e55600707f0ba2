import { convertMinor, type Market } from "./market.ts";
import { IMPORT_LIMIT_MINOR } from "./limits.ts";
import { isInEu, type TaxSettings } from "./tax-rules.ts";

/** Why a buyer pays no tax here: they owe it themselves, or nobody does. */
export type TaxRelief = { readonly reason: "reverse_charge" | "exempt"; readonly taxId?: string };

/** What staff have noted about the tax of a buyer. */
export type TaxBuyer = {
  readonly taxStatus: "taxed" | "business" | "exempt";
  /** VAT id or number of a certificate. */
  readonly taxId?: string;
};

/**
 * Whether a buyer is relieved of tax at a destination. Exempt is exempt everywhere. A business with a VAT id owes the tax
 * itself when goods go from one country of the EU into another (Directive 2006/112/EC, articles 138 and 200); at home and
 * outside the EU it pays as everybody does.
 */
export function reliefOf(
  buyer: TaxBuyer | undefined,
  settings: TaxSettings | undefined,
  country: string,
): TaxRelief | undefined {
  if (!buyer) return undefined;
  const taxId = buyer.taxId === undefined ? {} : { taxId: buyer.taxId };
  if (buyer.taxStatus === "exempt") return { reason: "exempt", ...taxId };
  const crossesBorder =
    settings !== undefined &&
    isInEu(settings.originCountry) &&
    isInEu(country) &&
    country !== settings.originCountry;
  return buyer.taxStatus === "business" && buyer.taxId !== undefined && crossesBorder
    ? { reason: "reverse_charge", ...taxId }
    : undefined;
}

/**
 * Up to what worth of goods this shop collects the tax of an import into the EU when it sells, in the market's minor units
 * (Directive 2006/112/EC, articles 369l and following): 150 EUR with the Import One Stop Shop, nothing without it, because
 * the buyer then pays where the parcel enters. `undefined` where nothing is imported into the EU.
 */
export function importLimitOf(
  settings: TaxSettings | undefined,
  country: string,
  { market, shopCurrency }: { readonly market: Market; readonly shopCurrency: string },
): number | undefined {
  if (!settings || isInEu(settings.originCountry) || !isInEu(country)) return undefined;
  if (settings.isIossRegistered !== true) return 0;
  const limitMinor = settings.importLimitMinor ?? IMPORT_LIMIT_MINOR;
  return convertMinor(limitMinor, {
    from: shopCurrency,
    to: market.currency,
    ratePpm: market.exchangeRatePpm,
  });
}
