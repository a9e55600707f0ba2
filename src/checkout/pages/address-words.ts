import type { Key } from "#words";
import type { Speech } from "#web";
import {
  addressForm,
  addressLabel,
  POSTCODES,
  type AddressField,
  type AddressLabel,
  type FieldMistake,
} from "../app/address-book.ts";

const LABELS = {
  "Full name": "address.name",
  Company: "address.company",
  "Street and number": "address.street",
  "Flat, floor or building": "address.flat",
  District: "address.district",
  City: "address.city",
  Town: "address.town",
  "Town or city": "address.town_or_city",
  "City or ward": "address.city_or_ward",
  Region: "address.region",
  County: "address.county",
  State: "address.state",
  Province: "address.province",
  Prefecture: "address.prefecture",
  Area: "address.area",
  Emirate: "address.emirate",
  Colonia: "address.colonia",
  Postcode: "address.postcode",
  "ZIP code": "address.zip",
  "PIN code": "address.pin",
  CEP: "address.cep",
  Eircode: "address.eircode",
  Phone: "address.phone",
  "Street, block and building": "address.street_block",
  "Street, building, floor and flat": "address.street_floor",
  "Block, street and unit": "address.block_street",
  "Street, building and area": "address.street_area",
} as const satisfies Readonly<Record<AddressLabel, Key>>;

/** The word above a field of an address in this country. */
export const addressWords = ({ say }: Speech, country: string, field: AddressField): string =>
  say(LABELS[addressLabel(country, field)]);

/** What kind of postcode a country has, as a sentence that says what to enter. */
export function postcodeSentence({ say, language }: Speech, country: string): string {
  const rule = POSTCODES[country];
  // Some countries have a word of their own for it, which only English sentences use.
  if (rule && language === "en") return rule.sentence;
  if (rule?.digits !== undefined) return say("mistake.postcode_digits", { count: rule.digits });
  if (rule?.example !== undefined) return say("mistake.postcode_like", { example: rule.example });
  return say("mistake.postcode");
}

/**
 * What to mend in a field, in the language of the page; in English word for word what the API says. A field that is no
 * part of an address keeps the sentence that it came with.
 */
export function mistakeSentence(speech: Speech, country: string, mistake: FieldMistake): string {
  const { say } = speech;
  if (mistake.code === "undeliverable")
    return say("details.undeliverable", { country: speech.countryInSentence(country) });
  if (mistake.code === "too_long") return say("mistake.too_long", { limit: mistake.limit ?? 0 });
  switch (mistake.field) {
    case "email":
      return say("field.email_wrong");
    case "country":
      return say("mistake.country");
    case "fullName":
      return say("mistake.name");
    case "phone":
      return say("mistake.phone");
    case "postalCode":
      return postcodeSentence(speech, country);
    case "region":
      return regionSentence(speech, country);
    case "line1":
    case "line2":
    case "city":
    case "district":
    case "company":
      return say("mistake.enter", {
        label: inSentence(speech, addressWords(speech, country, mistake.field)),
      });
    default:
      return mistake.detail;
  }
}

function regionSentence(speech: Speech, country: string): string {
  const { say } = speech;
  const label = inSentence(speech, addressWords(speech, country, "region"));
  if (!addressForm(country).regions) return say("mistake.enter", { label });
  return say(/^[aeiou]/.test(label) ? "mistake.select_an" : "mistake.select", { label });
}

/** English writes nouns small inside a sentence; the other languages quote the label as it stands above the field. */
const inSentence = ({ language }: Speech, label: string): string =>
  language === "en" ? label.toLowerCase() : label;
