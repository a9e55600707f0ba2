import type { CollectionInput, CollectionRule, RuleCondition, StaffCollection } from "#catalog";
import { currency, parseDecimalMinor, toDecimal } from "#kernel";
import { readList, readRows, writeRows, type Values } from "./form-rows.ts";
import type { FormMistake } from "./read-product-form.ts";

const PARTS = ["kind", "text", "minimum", "maximum"] as const;
type ConditionRow = Readonly<Record<(typeof PARTS)[number], string>>;

/** A new collection: kept by hand, after the others. */
export const blankCollectionForm = (): Values => ({ position: "100", match: "", version: "0" });

/** The form of a collection that exists. */
export const collectionFormOf = (collection: StaffCollection, shopCurrency: string): Values => ({
  title: collection.title,
  handle: collection.handle,
  descriptionHtml: collection.descriptionHtml,
  position: String(collection.position),
  seoTitle: collection.seoTitle ?? "",
  seoDescription: collection.seoDescription ?? "",
  pictureUrl: collection.picture?.url ?? "",
  pictureAlt: collection.picture?.alt ?? "",
  pictureWidth: collection.picture ? String(collection.picture.width) : "",
  pictureHeight: collection.picture ? String(collection.picture.height) : "",
  match: collection.rule?.match ?? "",
  picks: collection.picks.join("\n"),
  exclusions: collection.exclusions.join("\n"),
  version: String(collection.version),
  ...writeRows(
    "condition",
    (collection.rule?.conditions ?? []).map((condition) => rowOf(condition, shopCurrency)),
  ),
});

const emptyRow = { text: "", minimum: "", maximum: "" };

function rowOf(condition: RuleCondition, shopCurrency: string): ConditionRow {
  const { kind } = condition;
  const money = (minor: number | undefined): string =>
    minor === undefined ? "" : toDecimal({ currency: currency(shopCurrency), amountMinor: minor });
  switch (kind) {
    case "tag":
      return { ...emptyRow, kind, text: condition.tag };
    case "type":
      return { ...emptyRow, kind, text: condition.type };
    case "vendor":
      return { ...emptyRow, kind, text: condition.vendor };
    case "title":
      return { ...emptyRow, kind, text: condition.contains };
    case "new":
      return { ...emptyRow, kind, text: String(condition.days) };
    case "price":
      return {
        ...emptyRow,
        kind,
        minimum: money(condition.minimumMinor),
        maximum: money(condition.maximumMinor),
      };
    case "attribute": {
      const { key, value, minimum, maximum } = condition;
      return {
        kind,
        text: value === undefined ? key : `${key} = ${showValue(value)}`,
        minimum: minimum === undefined ? "" : String(minimum),
        maximum: maximum === undefined ? "" : String(maximum),
      };
    }
    default:
      return { ...emptyRow, kind };
  }
}

const showValue = (value: string | number | boolean): string =>
  typeof value === "boolean" ? (value ? "yes" : "no") : String(value);

export type ReadCollection = {
  readonly values: Values;
  readonly input: CollectionInput;
  readonly mistakes: readonly FormMistake[];
};

/** Reads a collection from its form. */
export function readCollectionForm(fields: Values, shopCurrency: string): ReadCollection {
  const mistakes: FormMistake[] = [];
  const text = (name: string): string => (fields[name] ?? "").trim();
  const rows = readRows(fields, "condition", { parts: PARTS, matters: ["kind"] });
  const position = /^\d{1,7}$/.test(text("position")) ? Number(text("position")) : -1;
  if (position < 0) mistakes.push({ field: "position", message: "Enter a whole number, such as 100." });
  const rule = readRule(text("match"), rows, { mistakes, shopCurrency });
  const input: CollectionInput = {
    handle: text("handle"),
    title: text("title"),
    descriptionHtml: text("descriptionHtml"),
    position,
    seoTitle: text("seoTitle"),
    seoDescription: text("seoDescription"),
    ...readPicture(text),
    ...(rule ? { rule } : {}),
    picks: readList(fields["picks"]),
    exclusions: readList(fields["exclusions"]),
  };
  const others = Object.entries(fields).filter(([name]) => !name.startsWith("condition."));
  return { values: { ...Object.fromEntries(others), ...writeRows("condition", rows) }, input, mistakes };
}

function readPicture(text: (name: string) => string): Pick<CollectionInput, "picture"> {
  const url = text("pictureUrl");
  if (url === "") return {};
  return {
    picture: {
      url,
      alt: text("pictureAlt"),
      width: Number(text("pictureWidth")) || 0,
      height: Number(text("pictureHeight")) || 0,
    },
  };
}

type RuleReader = { readonly mistakes: FormMistake[]; readonly shopCurrency: string };

function readRule(
  match: string,
  rows: readonly ConditionRow[],
  reader: RuleReader,
): CollectionRule | undefined {
  if (match !== "all" && match !== "any") return undefined;
  return { match, conditions: rows.map((row, index) => readCondition(row, index, reader)) };
}

function readCondition(row: ConditionRow, index: number, reader: RuleReader): RuleCondition {
  switch (row.kind) {
    case "type":
      return { kind: "type", type: row.text };
    case "vendor":
      return { kind: "vendor", vendor: row.text };
    case "title":
      return { kind: "title", contains: row.text };
    case "new":
      return { kind: "new", days: /^\d{1,6}$/.test(row.text) ? Number(row.text) : 0 };
    case "sale":
      return { kind: "sale" };
    case "in_stock":
      return { kind: "in_stock" };
    case "price":
      return {
        kind: "price",
        ...bounds(row, index, { reader, names: PRICE_NAMES, read: readMinor(reader) }),
      };
    case "attribute":
      return readAttributeCondition(row, index, reader);
    default:
      return { kind: "tag", tag: row.text };
  }
}

const PRICE_NAMES = ["minimumMinor", "maximumMinor"] as const;
const NUMBER_NAMES = ["minimum", "maximum"] as const;

const readMinor =
  ({ shopCurrency }: RuleReader) =>
  (text: string): number | undefined =>
    parseDecimalMinor(text, currency(shopCurrency));
const readNumber = (text: string): number | undefined =>
  Number.isFinite(Number(text)) ? Number(text) : undefined;

function bounds<Name extends string>(
  row: ConditionRow,
  index: number,
  {
    reader,
    names,
    read,
  }: {
    readonly reader: RuleReader;
    readonly names: readonly [Name, Name];
    readonly read: (text: string) => number | undefined;
  },
): { readonly [Key in Name]?: number } {
  const found = (["minimum", "maximum"] as const).flatMap((part, place): [string, number][] => {
    if (row[part] === "") return [];
    const number = read(row[part].replace(",", "."));
    if (number !== undefined) return [[names[place] ?? part, number]];
    reader.mistakes.push({ field: `condition.${index}.${part}`, message: "Enter a number, such as 20.00." });
    return [];
  });
  return Object.fromEntries(found) as { [Key in Name]?: number };
}

/** `material`, `material = oak`, `signed = yes`, `width = 30`. */
function readAttributeCondition(row: ConditionRow, index: number, reader: RuleReader): RuleCondition {
  const [key = "", ...rest] = row.text.split("=");
  const text = rest.join("=").trim();
  const number = Number(text);
  const value =
    text === "yes" || text === "no" ? text === "yes" : text !== "" && Number.isFinite(number) ? number : text;
  return {
    kind: "attribute",
    key: key.trim(),
    ...(text === "" ? {} : { value }),
    ...bounds(row, index, { reader, names: NUMBER_NAMES, read: readNumber }),
  };
}

/** The field of the form that a pointer of the catalogue speaks of. */
export const fieldOfCollectionPointer = (pointer: string): string => {
  const condition = /^\/rule\/conditions\/(\d+)(?:\/(\w+))?$/.exec(pointer);
  if (condition) {
    const part = condition[2] ?? "text";
    const column = part.startsWith("minimum") ? "minimum" : part.startsWith("maximum") ? "maximum" : "text";
    return `condition.${condition[1]}.${column}`;
  }
  if (pointer.startsWith("/rule")) return "match";
  if (pointer.startsWith("/picture/")) return `picture${capital(pointer.slice("/picture/".length))}`;
  return pointer.slice(1).split("/", 1)[0] ?? "title";
};

const capital = (word: string): string => word.charAt(0).toUpperCase() + word.slice(1);
