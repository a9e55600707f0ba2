import { unreachable } from "#kernel";
import type { CollectionRule, RuleCondition } from "../contract-model.ts";
import { checkCount, checkWhole, readText, type Field } from "./field-errors.ts";
import {
  MAX_ATTRIBUTE_CHARACTERS,
  MAX_KEY_CHARACTERS,
  MAX_NEWEST_DAYS,
  MAX_PRICE_MINOR,
  MAX_PRODUCT_TYPE_CHARACTERS,
  MAX_RULE_CONDITIONS,
  MAX_TAG_CHARACTERS,
  MAX_TITLE_CHARACTERS,
  MAX_VENDOR_CHARACTERS,
} from "./limits.ts";

/** Checks the rule of a collection; what comes back is clean when no error was added. */
export function readRule(field: Field, rule: CollectionRule): CollectionRule {
  const { match, conditions } = rule;
  if (conditions.length === 0)
    field.at("/conditions").refuse("Add a condition, or keep the collection by hand.");
  checkCount(field.at("/conditions"), conditions.length, MAX_RULE_CONDITIONS);
  if (conditions.filter(({ kind }) => kind === "new").length > 1) {
    field.at("/conditions").refuse("Ask for the age once: the shorter time is enough.");
  }
  return {
    match,
    conditions: conditions
      .slice(0, MAX_RULE_CONDITIONS)
      .map((condition, index) => readCondition(field.at(`/conditions/${index}`), condition)),
  };
}

function readCondition(field: Field, condition: RuleCondition): RuleCondition {
  const words = (part: string, text: string, maximum: number): string =>
    readText(field.at(part), text, { minimum: 1, maximum });
  switch (condition.kind) {
    case "tag":
      return { kind: "tag", tag: words("/tag", condition.tag, MAX_TAG_CHARACTERS) };
    case "type":
      return { kind: "type", type: words("/type", condition.type, MAX_PRODUCT_TYPE_CHARACTERS) };
    case "vendor":
      return { kind: "vendor", vendor: words("/vendor", condition.vendor, MAX_VENDOR_CHARACTERS) };
    case "title":
      return { kind: "title", contains: words("/contains", condition.contains, MAX_TITLE_CHARACTERS) };
    case "new":
      checkWhole(field.at("/days"), condition.days, { minimum: 1, maximum: MAX_NEWEST_DAYS });
      return condition;
    case "price":
      return readPriceRange(field, condition);
    case "attribute":
      return readAttribute(field, condition);
    case "sale":
    case "in_stock":
      return { kind: condition.kind };
    default:
      return unreachable(condition, "readCondition");
  }
}

function readPriceRange(field: Field, condition: Extract<RuleCondition, { kind: "price" }>): RuleCondition {
  const { minimumMinor, maximumMinor } = condition;
  const bounds = { minimum: 0, maximum: MAX_PRICE_MINOR };
  if (minimumMinor === undefined && maximumMinor === undefined) {
    field.refuse("Give the lowest price, the highest, or both.");
  }
  if (minimumMinor !== undefined) checkWhole(field.at("/minimumMinor"), minimumMinor, bounds);
  if (maximumMinor !== undefined) {
    checkWhole(field.at("/maximumMinor"), maximumMinor, { ...bounds, minimum: minimumMinor ?? 0 });
  }
  return condition;
}

function readAttribute(
  field: Field,
  condition: Extract<RuleCondition, { kind: "attribute" }>,
): RuleCondition {
  const { value, minimum, maximum } = condition;
  if (value !== undefined && (minimum !== undefined || maximum !== undefined)) {
    field.at("/value").refuse("Ask for one value or for a range, not for both.");
  }
  if (minimum !== undefined && maximum !== undefined && minimum > maximum) {
    field.at("/maximum").refuse("Use a number that is not below the lowest.");
  }
  return {
    ...condition,
    key: readKey(field.at("/key"), condition.key),
    ...(typeof value === "string"
      ? { value: readText(field.at("/value"), value, { minimum: 1, maximum: MAX_ATTRIBUTE_CHARACTERS }) }
      : {}),
  };
}

const KEY = /^[a-z][a-z0-9_]*$/;

/** Cleans the key of a type or an attribute: it stands in addresses and in JSON paths. */
export function readKey(field: Field, text: string): string {
  const key = text.trim();
  if (key.length > MAX_KEY_CHARACTERS || !KEY.test(key)) {
    field.refuse(`Use 1 to ${MAX_KEY_CHARACTERS} small letters, digits and _, beginning with a letter.`);
  }
  return key;
}
