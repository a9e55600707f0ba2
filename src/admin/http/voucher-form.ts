import { currency, DAY_MS, epochMs, parseCurrency, toDecimal, toIso, type EpochMs } from "#kernel";
import type { CouponBenefit, CouponTerms } from "#vouchers";
import type { FormFields } from "#web";
import { readMinor, readPercent, showPercent } from "./form-figures.ts";

/** A coupon as its form has it: text in every field. */
export type CouponForm = Readonly<Record<CouponField, string>>;
export const COUPON_FIELDS = [
  "code",
  "note",
  "benefit",
  "percent",
  "amount",
  "minimum",
  "maxUses",
  "maxUsesPerCustomer",
  "firstDay",
  "lastDay",
  "currencies",
  "countries",
  "products",
  "collections",
  "isCombinable",
  "isDisabled",
  "version",
] as const;
type CouponField = (typeof COUPON_FIELDS)[number];

export type FormMistake = { readonly field: string; readonly message: string };

/** An empty form, or the one that was sent. */
export const couponFormOf = (fields: FormFields): CouponForm =>
  Object.fromEntries(COUPON_FIELDS.map((field) => [field, (fields[field] ?? "").trim()])) as CouponForm;

/** The form of a coupon that exists. */
export function couponFormFrom(terms: CouponTerms, version: number): CouponForm {
  const { benefit } = terms;
  const code = currency(terms.currencies[0] ?? "EUR");
  const money = (amountMinor: number): string => toDecimal({ currency: code, amountMinor });
  return couponFormOf({
    code: terms.code,
    note: terms.note,
    benefit: benefit.kind,
    percent: benefit.kind === "percent" ? showPercent(benefit.ppm) : "",
    amount: benefit.kind === "fixed" ? money(benefit.amountMinor) : "",
    minimum: terms.minimumMinor === undefined ? "" : money(terms.minimumMinor),
    maxUses: String(terms.maxUses ?? ""),
    maxUsesPerCustomer: String(terms.maxUsesPerCustomer ?? ""),
    firstDay: terms.validFrom === undefined ? "" : dayOf(terms.validFrom),
    lastDay: terms.validUntil === undefined ? "" : dayOf(epochMs(terms.validUntil - 1)),
    currencies: terms.currencies.join(", "),
    countries: terms.countries.join(", "),
    products: terms.productHandles.join(", "),
    collections: terms.collectionHandles.join(", "),
    isCombinable: terms.isCombinable ? "yes" : "",
    isDisabled: terms.isDisabled ? "yes" : "",
    version: String(version),
  });
}

type Read =
  | { readonly ok: true; readonly terms: CouponTerms }
  | { readonly ok: false; readonly errors: readonly FormMistake[] };

/** Reads a coupon from its form; every mistake at once, each at its field. */
export function readCoupon(form: CouponForm, shopCurrency: string): Read {
  const errors: FormMistake[] = [];
  const currencies = listOf(form.currencies).map((code) => code.toUpperCase());
  // An amount is of the one currency that is named, else of the shop's.
  const amountsIn =
    (currencies.length === 1 ? parseCurrency(currencies[0] ?? "") : undefined) ?? shopCurrency;
  const money = (field: "amount" | "minimum"): number | undefined => {
    const minor = readMinor(form[field], amountsIn);
    if (minor === undefined || minor <= 0)
      errors.push({ field, message: `Enter an amount in ${amountsIn}, such as 5.00.` });
    return minor;
  };
  const count = (field: "maxUses" | "maxUsesPerCustomer"): number | undefined => {
    if (form[field] === "") return undefined;
    if (/^[1-9]\d{0,8}$/.test(form[field])) return Number(form[field]);
    errors.push({ field, message: "Enter a whole number above 0, or nothing for no limit." });
    return undefined;
  };
  const benefit = readBenefit(form, money, errors);
  const minimumMinor = form.minimum === "" ? undefined : money("minimum");
  const validFrom = readDay(form, "firstDay", errors);
  const lastDay = readDay(form, "lastDay", errors);
  const maxUses = count("maxUses");
  const maxUsesPerCustomer = count("maxUsesPerCustomer");
  const hasAmount = benefit?.kind === "fixed" || minimumMinor !== undefined;
  if (errors.length > 0 || !benefit) return { ok: false, errors };
  return {
    ok: true,
    terms: {
      kind: "coupon",
      code: form.code.toUpperCase(),
      note: form.note,
      benefit,
      isDisabled: form.isDisabled === "yes",
      isCombinable: form.isCombinable === "yes",
      currencies: hasAmount && currencies.length === 0 ? [shopCurrency] : currencies,
      countries: listOf(form.countries).map((country) => country.toUpperCase()),
      productHandles: listOf(form.products),
      collectionHandles: listOf(form.collections),
      ...(minimumMinor === undefined ? {} : { minimumMinor }),
      ...(maxUses === undefined ? {} : { maxUses }),
      ...(maxUsesPerCustomer === undefined ? {} : { maxUsesPerCustomer }),
      ...(validFrom === undefined ? {} : { validFrom }),
      ...(lastDay === undefined ? {} : { validUntil: epochMs(lastDay + DAY_MS) }),
    },
  };
}

function readBenefit(
  form: CouponForm,
  money: (field: "amount") => number | undefined,
  errors: FormMistake[],
): CouponBenefit | undefined {
  switch (form.benefit) {
    case "percent": {
      const ppm = readPercent(form.percent) ?? 0;
      if (ppm > 0) return { kind: "percent", ppm };
      errors.push({ field: "percent", message: "Enter a percentage above 0 and at most 100." });
      return undefined;
    }
    case "fixed": {
      const amountMinor = money("amount");
      return amountMinor === undefined ? undefined : { kind: "fixed", amountMinor };
    }
    case "free_delivery":
      return { kind: "free_delivery" };
    default:
      errors.push({ field: "benefit", message: "Select what the coupon gives." });
      return undefined;
  }
}

/** Midnight (UTC) at which a day begins. */
export function readDay(
  form: Readonly<Record<string, string>>,
  field: string,
  errors: FormMistake[],
): EpochMs | undefined {
  const text = form[field] ?? "";
  if (text === "") return undefined;
  const at = /^\d{4}-\d{2}-\d{2}$/.test(text) ? Date.parse(`${text}T00:00:00Z`) : Number.NaN;
  if (!Number.isNaN(at)) return epochMs(at);
  errors.push({ field, message: "Enter a day, such as 2026-12-24." });
  return undefined;
}

const dayOf = (at: EpochMs): string => toIso(at).slice(0, 10);

const listOf = (text: string): string[] =>
  text
    .split(/[\s,;]+/)
    .map((item) => item.trim())
    .filter((item) => item !== "");
