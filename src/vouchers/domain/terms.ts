import { parseCurrency, PPM } from "#kernel";
import type { CouponBenefit, VoucherTerms } from "../contract.ts";
import { kindOfVoucherId, parseCouponCode } from "./codes.ts";
import { MAX_AMOUNT_MINOR, MAX_NOTE_CHARACTERS, MAX_SCOPE_ENTRIES, MAX_USES } from "./limits.ts";

/** What is wrong with terms: one sentence, with the member it concerns. */
export type TermsMistake = { readonly field: string; readonly detail: string };

const isCount = (value: number, minimum: number, maximum: number): boolean =>
  Number.isSafeInteger(value) && value >= minimum && value <= maximum;

/** Everything that is wrong with terms, so that a form can say it beside each field; empty when they are good. */
export function mistakesOfTerms(terms: VoucherTerms): readonly TermsMistake[] {
  const mistakes: TermsMistake[] = [];
  const check = (isRight: boolean, field: string, detail: string): void => {
    if (!isRight) mistakes.push({ field, detail });
  };
  check(
    terms.note.length <= MAX_NOTE_CHARACTERS,
    "note",
    `Shorten this to ${MAX_NOTE_CHARACTERS} characters.`,
  );
  if (terms.kind !== "coupon") {
    check(
      parseCurrency(terms.currency) === terms.currency,
      "currency",
      "Send an ISO 4217 code, such as EUR.",
    );
    return mistakes;
  }
  check(
    parseCouponCode(terms.code) === terms.code,
    "code",
    "Use 3 to 32 capital letters, digits and single hyphens.",
  );
  const isBenefit = checkBenefit(terms.benefit);
  if (isBenefit !== undefined) mistakes.push(isBenefit);
  const uses = `Enter a whole number from 1 to ${MAX_USES}.`;
  check(terms.maxUses === undefined || isCount(terms.maxUses, 1, MAX_USES), "maxUses", uses);
  check(
    terms.maxUsesPerCustomer === undefined || isCount(terms.maxUsesPerCustomer, 1, MAX_USES),
    "maxUsesPerCustomer",
    uses,
  );
  check(
    terms.minimumMinor === undefined || isCount(terms.minimumMinor, 1, MAX_AMOUNT_MINOR),
    "minimumMinor",
    "Enter an amount above 0.",
  );
  const hasAmount = terms.benefit.kind === "fixed" || terms.minimumMinor !== undefined;
  check(
    !hasAmount || terms.currencies.length === 1,
    "currencies",
    "Name the one currency that the amounts are in.",
  );
  check(
    terms.validFrom === undefined || terms.validUntil === undefined || terms.validFrom < terms.validUntil,
    "validUntil",
    "The end comes after the beginning.",
  );
  for (const field of ["currencies", "countries", "productHandles", "collectionHandles"] as const)
    check(terms[field].length <= MAX_SCOPE_ENTRIES, field, `Name at most ${MAX_SCOPE_ENTRIES}.`);
  return mistakes;
}

function checkBenefit(benefit: CouponBenefit): TermsMistake | undefined {
  switch (benefit.kind) {
    case "percent":
      return isCount(benefit.ppm, 1, PPM)
        ? undefined
        : { field: "benefit", detail: "A percentage is above 0 and at most 100." };
    case "fixed":
      return isCount(benefit.amountMinor, 1, MAX_AMOUNT_MINOR)
        ? undefined
        : { field: "benefit", detail: "Enter an amount above 0." };
    case "free_delivery":
      return undefined;
  }
}

/** Whether terms may belong to the object of this name. */
export const fitsVoucherId = (terms: VoucherTerms, voucherId: string): boolean =>
  kindOfVoucherId(voucherId) === terms.kind &&
  (terms.kind !== "coupon" || voucherId === `coupon:${terms.code}`);

/** Terms as edited: what names the voucher and what its money is counted in never changes. */
export function editedTerms(before: VoucherTerms, wanted: VoucherTerms): VoucherTerms | undefined {
  if (before.kind === "coupon")
    return wanted.kind === "coupon" && wanted.code === before.code ? wanted : undefined;
  if (before.kind === "gift_card")
    return wanted.kind === "gift_card" && wanted.currency === before.currency && wanted.hint === before.hint
      ? wanted
      : undefined;
  return wanted.kind === "store_credit" &&
    wanted.customer === before.customer &&
    wanted.currency === before.currency
    ? wanted
    : undefined;
}
