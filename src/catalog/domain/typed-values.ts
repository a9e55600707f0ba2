import { unreachable } from "#kernel";
import type {
  AttributeDefinition,
  TypedAttribute,
  TypedFacts,
  TypedValue,
  TypedValues,
} from "../contract-model.ts";
import { checkCount, cleanText, readText, type Field } from "./field-errors.ts";
import { MAX_ATTRIBUTE_CHARACTERS, MAX_TYPE_ATTRIBUTES } from "./limits.ts";

/** What the shape of typed facts must keep before the type is known: not too many, none too long. */
export function readTypedFacts(field: Field, { typeKey, values }: TypedFacts): TypedFacts {
  const key = typeKey.trim();
  const entries = Object.entries(values);
  checkCount(field.at("/values"), entries.length, MAX_TYPE_ATTRIBUTES);
  if (key === "" && entries.length > 0)
    field.at("/typeKey").refuse("Choose the product type of these values.");
  const clean = entries.slice(0, MAX_TYPE_ATTRIBUTES).flatMap(([name, value]): [string, TypedValue][] => {
    if (typeof value !== "string") return [[name, value]];
    const text = readText(field.at(`/values/${name}`), value, {
      minimum: 0,
      maximum: MAX_ATTRIBUTE_CHARACTERS,
    });
    // An empty field of a form says nothing.
    return text === "" ? [] : [[name, text]];
  });
  return { typeKey: key, values: Object.fromEntries(clean.sort(([a], [b]) => (a < b ? -1 : 1))) };
}

/** Checks values against their type: each known, of its kind, one of the choices; required ones there. */
export function checkTypedValues(
  field: Field,
  attributes: readonly AttributeDefinition[],
  values: TypedValues,
): void {
  const known = new Map(attributes.map((attribute) => [attribute.key, attribute]));
  for (const [key, value] of Object.entries(values)) {
    const attribute = known.get(key);
    if (!attribute) field.at(`/${key}`).refuse("The product type has no such attribute: leave it out.");
    else if (!fitsKind(attribute, value)) field.at(`/${key}`).refuse(wantedOf(attribute));
  }
  for (const attribute of attributes) {
    if (attribute.isRequired && values[attribute.key] === undefined) {
      field.at(`/${attribute.key}`).refuse(`Fill in ${attribute.label}. ${wantedOf(attribute)}`);
    }
  }
}

const DAY = /^\d{4}-\d{2}-\d{2}$/;
const isDay = (text: string): boolean => {
  const at = Date.parse(`${text}T00:00:00Z`);
  return DAY.test(text) && Number.isFinite(at) && new Date(at).toISOString().startsWith(text);
};

/** Tells whether a value is one of the attribute's kind; a definition may have changed since it was saved. */
export function fitsKind({ kind, choices = [] }: AttributeDefinition, value: TypedValue): boolean {
  switch (kind) {
    case "text":
      return typeof value === "string";
    case "number":
      return typeof value === "number" && Number.isFinite(value);
    case "boolean":
      return typeof value === "boolean";
    case "choice":
      return typeof value === "string" && choices.includes(value);
    case "date":
      return typeof value === "string" && isDay(value);
    default:
      return unreachable(kind, "fitsKind");
  }
}

function wantedOf({ kind, unit, choices = [] }: AttributeDefinition): string {
  switch (kind) {
    case "text":
      return "Use a text.";
    case "number":
      return unit === undefined ? "Use a number." : `Use a number, in ${unit}.`;
    case "boolean":
      return "Use yes or no.";
    case "choice":
      return `Use one of ${choices.join(", ")}.`;
    case "date":
      return "Use a day, such as 2026-12-01.";
    default:
      return unreachable(kind, "wantedOf");
  }
}

/** The values that fit, in the type's order, with the words that show them. */
export const typedAttributes = (
  attributes: readonly AttributeDefinition[],
  values: TypedValues,
): readonly TypedAttribute[] =>
  attributes.flatMap((attribute) => {
    const value = values[attribute.key];
    if (value === undefined || !fitsKind(attribute, value)) return [];
    return [{ ...attribute, value, text: textOf(attribute, value) }];
  });

function textOf({ unit }: AttributeDefinition, value: TypedValue): string {
  if (typeof value === "boolean") return value ? "Yes" : "No";
  return cleanText(unit === undefined ? String(value) : `${value} ${unit}`);
}
