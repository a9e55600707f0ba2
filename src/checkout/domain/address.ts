import { ok, type Result } from "#kernel";
import type { Address } from "#orders";
import {
  addressForm,
  addressLabel,
  EXTRA_FIELDS,
  type AddressField,
  type AddressForm,
} from "./address-forms.ts";
import {
  MAX_LINE_CHARACTERS,
  MAX_PHONE_CHARACTERS,
  MAX_PLACE_CHARACTERS,
  MAX_POSTCODE_CHARACTERS,
} from "../limits.ts";
import { cleanPostcode, POSTCODES } from "./postcodes.ts";

/** Text as it was typed; a field that is absent counts as empty. */
export type AddressInput = Readonly<Partial<Record<AddressField, string>>>;

/** What to mend in one field, in a whole sentence. */
export type FieldMistake<Field extends string = string> = {
  readonly field: Field;
  readonly detail: string;
  /** Where the field alone does not say what is wrong. */
  readonly code?: "undeliverable" | "too_long";
  /** Characters, of `too_long`. */
  readonly limit?: number;
};

export type AddressRefusal = {
  readonly code: "invalid_address";
  readonly mistakes: readonly FieldMistake<AddressField>[];
};

const LIMITS: Readonly<Record<AddressField, number>> = {
  fullName: MAX_LINE_CHARACTERS,
  company: MAX_LINE_CHARACTERS,
  line1: MAX_LINE_CHARACTERS,
  line2: MAX_LINE_CHARACTERS,
  district: MAX_PLACE_CHARACTERS,
  city: MAX_PLACE_CHARACTERS,
  region: MAX_PLACE_CHARACTERS,
  postalCode: MAX_POSTCODE_CHARACTERS,
  phone: MAX_PHONE_CHARACTERS,
};

/** Joins what people paste: no control characters, single spaces, no spaces at the ends. */
export const cleanText = (text: string): string =>
  text
    .normalize("NFC")
    .replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\s]+/gu, " ")
    .trim();

/**
 * Reads an address as its country writes it. Spaces, dashes and case in codes are cleaned, never refused; fields that
 * the country does not use are dropped. Refuses with one sentence per field, in the order of the form.
 */
export function parseAddress(country: string, input: AddressInput): Result<Address, AddressRefusal> {
  const form = addressForm(country);
  const fields: readonly AddressField[] = ["fullName", ...form.rows.flat(), ...EXTRA_FIELDS];
  const values = new Map<AddressField, string>();
  const mistakes: FieldMistake<AddressField>[] = [];
  for (const field of fields) {
    const result = readField({ country, form, field }, cleanText(input[field] ?? ""));
    if (result.mistake !== undefined)
      mistakes.push({
        field,
        detail: result.mistake,
        ...(result.limit === undefined ? {} : { code: "too_long", limit: result.limit }),
      });
    else if (result.value !== "") values.set(field, result.value);
  }
  if (mistakes.length > 0) return { ok: false, refusal: { code: "invalid_address", mistakes } };
  return ok(toAddress(country, values));
}

type Reading = { readonly value: string; readonly mistake?: string; readonly limit?: number };

type Place = { readonly country: string; readonly form: AddressForm; readonly field: AddressField };

function readField(place: Place, text: string): Reading {
  const { country, form, field } = place;
  const isRequired = field === "fullName" || form.required.includes(field);
  if (text === "") return isRequired ? { value: "", mistake: whatToEnter(place) } : { value: "" };
  if (text.length > LIMITS[field])
    return { value: "", mistake: `Shorten this to ${LIMITS[field]} characters.`, limit: LIMITS[field] };
  switch (field) {
    case "postalCode": {
      const code = cleanPostcode(country, text);
      return code === undefined ? { value: "", mistake: whatToEnter(place) } : { value: code };
    }
    case "region": {
      if (!form.regions) return { value: text };
      const region = form.regions.find((row) => sameWord(row.code, text) || sameWord(row.name, text));
      return region ? { value: region.code } : { value: "", mistake: whatToEnter(place) };
    }
    case "phone":
      return isPhone(text)
        ? { value: text }
        : { value: "", mistake: "Enter a phone number with its country code, or leave this empty." };
    default:
      return { value: text };
  }
}

const sameWord = (left: string, right: string): boolean => left.toLowerCase() === right.toLowerCase();

const isPhone = (text: string): boolean =>
  /^\+[\d ().\-/]{7,}$/.test(text) && text.replace(/\D/g, "").length <= 15;

/** The sentence for an empty or unusable field. */
function whatToEnter({ country, form, field }: Place): string {
  const label = addressLabel(country, field).toLowerCase();
  switch (field) {
    case "fullName":
      return "Enter your full name, as the courier should read it.";
    case "line1":
      return label === "street and number" ? "Enter the street and number." : `Enter the ${label}.`;
    case "postalCode":
      return POSTCODES[country]?.sentence ?? "Enter the postcode, letters and digits only.";
    case "region":
      return form.regions ? `Select ${/^[aeiou]/.test(label) ? "an" : "a"} ${label}.` : `Enter the ${label}.`;
    default:
      return `Enter the ${label}.`;
  }
}

function toAddress(country: string, values: ReadonlyMap<AddressField, string>): Address {
  const optional = (
    field: Exclude<AddressField, "fullName" | "line1" | "city">,
  ): { readonly [key: string]: string } => {
    const value = values.get(field);
    return value === undefined ? {} : { [field]: value };
  };
  return {
    fullName: values.get("fullName") ?? "",
    ...optional("company"),
    line1: values.get("line1") ?? "",
    ...optional("line2"),
    ...optional("district"),
    // City states and emirates write no city of their own: the region, else the country, stands for it.
    city: values.get("city") ?? values.get("region") ?? country,
    ...optional("region"),
    ...optional("postalCode"),
    country,
    ...optional("phone"),
  };
}
