import { REGIONS, type Region } from "./regions.ts";

/** A field of an address, in the words of the order's `Address`. */
export type AddressField =
  "fullName" | "company" | "line1" | "line2" | "district" | "city" | "region" | "postalCode" | "phone";

/** The words that stand above fields; pages in other languages translate each. */
export type AddressLabel =
  | "Full name"
  | "Company"
  | "Street and number"
  | "Flat, floor or building"
  | "District"
  | "City"
  | "Town"
  | "Town or city"
  | "City or ward"
  | "Region"
  | "County"
  | "State"
  | "Province"
  | "Prefecture"
  | "Area"
  | "Emirate"
  | "Colonia"
  | "Postcode"
  | "ZIP code"
  | "PIN code"
  | "CEP"
  | "Eircode"
  | "Phone"
  | "Street, block and building"
  | "Street, building, floor and flat"
  | "Block, street and unit"
  | "Street, building and area";

/** How a country writes an address. */
export type AddressForm = {
  /** Fields after the name, top to bottom; two in a row stand side by side. */
  readonly rows: readonly (readonly AddressField[])[];
  /** Fields that must hold something; the name always must. */
  readonly required: readonly AddressField[];
  readonly labels: Readonly<Partial<Record<AddressField, AddressLabel>>>;
  readonly regions?: readonly Region[];
};

const CITY_AFTER_CODE: AddressForm = {
  rows: [["line1"], ["postalCode", "city"]],
  required: ["line1", "postalCode", "city"],
  labels: { line1: "Street and number", postalCode: "Postcode", city: "City" },
};

/** Line 1, city, region, code: all four required. */
const withRegion = (country: string, region: AddressLabel, code: AddressLabel = "Postcode"): AddressForm => ({
  rows: [["line1"], ["city"], ["region", "postalCode"]],
  required: ["line1", "city", "region", "postalCode"],
  labels: { line1: "Street and number", city: "City", region, postalCode: code },
  ...regionsOf(country),
});

const regionsOf = (country: string): { readonly regions?: readonly Region[] } => {
  const regions = REGIONS[country];
  return regions ? { regions } : {};
};

const FORMS: Readonly<Record<string, AddressForm>> = {
  ...Object.fromEntries(
    ["DE", "AT", "CH", "FR", "NL", "DK", "SE", "NO", "PL", "PT"].map((country) => [country, CITY_AFTER_CODE]),
  ),
  GB: {
    rows: [["line1"], ["city", "postalCode"]],
    required: ["line1", "city", "postalCode"],
    labels: { line1: "Street and number", city: "Town", postalCode: "Postcode" },
  },
  IE: {
    rows: [["line1"], ["city"], ["region", "postalCode"]],
    required: ["line1", "city"],
    labels: { line1: "Street and number", city: "Town", region: "County", postalCode: "Eircode" },
  },
  US: withRegion("US", "State", "ZIP code"),
  CA: withRegion("CA", "Province"),
  AU: withRegion("AU", "State"),
  ES: { ...withRegion("ES", "Province"), rows: [["line1"], ["postalCode", "city"], ["region"]] },
  IT: { ...withRegion("IT", "Province"), rows: [["line1"], ["postalCode", "city"], ["region"]] },
  BR: {
    ...withRegion("BR", "State", "CEP"),
    rows: [["postalCode"], ["line1"], ["district"], ["city"], ["region"]],
    labels: {
      postalCode: "CEP",
      line1: "Street and number",
      district: "District",
      city: "City",
      region: "State",
    },
  },
  IN: {
    ...withRegion("IN", "State", "PIN code"),
    rows: [["line1"], ["city", "postalCode"], ["region"]],
  },
  MX: {
    ...withRegion("MX", "State"),
    rows: [["line1"], ["district"], ["postalCode", "city"], ["region"]],
    labels: {
      line1: "Street and number",
      district: "Colonia",
      postalCode: "Postcode",
      city: "City",
      region: "State",
    },
  },
  JP: {
    ...regionsOf("JP"),
    rows: [["postalCode"], ["region"], ["city"], ["line1"]],
    required: ["postalCode", "region", "city", "line1"],
    labels: {
      postalCode: "Postcode",
      region: "Prefecture",
      city: "City or ward",
      line1: "Street, block and building",
    },
  },
  HK: {
    ...regionsOf("HK"),
    rows: [["region"], ["city"], ["line1"]],
    required: ["region", "line1"],
    labels: { region: "Area", city: "District", line1: "Street, building, floor and flat" },
  },
  SG: {
    rows: [["line1"], ["postalCode"]],
    required: ["line1", "postalCode"],
    labels: { line1: "Block, street and unit", postalCode: "Postcode" },
  },
  AE: {
    ...regionsOf("AE"),
    rows: [["line1"], ["region"]],
    required: ["line1", "region"],
    labels: { line1: "Street, building and area", region: "Emirate" },
  },
};

const OTHER: AddressForm = {
  rows: [["line1"], ["city"], ["region", "postalCode"]],
  required: ["line1", "city"],
  labels: { line1: "Street and number", city: "Town or city", region: "Region", postalCode: "Postcode" },
};

/** The form of a country; every country has one. */
export const addressForm = (country: string): AddressForm => FORMS[country] ?? OTHER;

/** Fields that hide behind "Add flat, floor or company" everywhere. */
export const EXTRA_FIELDS: readonly AddressField[] = ["line2", "company", "phone"];

const COMMON_LABELS: Readonly<Record<AddressField, AddressLabel>> = {
  fullName: "Full name",
  company: "Company",
  line1: "Street and number",
  line2: "Flat, floor or building",
  district: "District",
  city: "City",
  region: "Region",
  postalCode: "Postcode",
  phone: "Phone",
};

/** The word that stands above a field in this country. */
export const addressLabel = (country: string, field: AddressField): AddressLabel =>
  addressForm(country).labels[field] ?? COMMON_LABELS[field];
