import { MAPPED_FIELDS, type ColumnMapping, type MappingRule } from "#catalog-import";
import { PPM } from "#kernel";
import { usualReading, usualWrong, type MappedName } from "../pages/mapping-words.ts";
import { readRows, writeRows, type Values } from "./form-rows.ts";

/** Columns that one field may name; the domain takes no more. */
export const MAX_COLUMNS_OF_FIELD = 5;
/** Digits after the point of a rate: parts per million. */
const RATE = /^(\d{1,6})(?:[.,](\d{1,6}))?$/;
const FACT = "fact";
const FACT_PARTS = ["name", "column", "as", "wrong", "text", "sep", "after", "before"] as const;

/** The control of each thing that the schema can complain about. */
type Placed = { readonly document: unknown; readonly controlAt: (path: string) => string };

/**
 * A form as the document that the API would take, and the control for each path of it. A rate that is none is left out
 * as a word, so that the schema refuses it.
 */
export function readMappingForm(values: Values): Placed {
  const rules: unknown[] = [];
  const controls: string[] = [];
  for (const field of MAPPED_FIELDS) {
    const rule = readRule(values, field);
    if (!rule) continue;
    rules.push(rule);
    controls.push(`${field}.c1`);
  }
  readRows(values, FACT, { parts: FACT_PARTS, matters: ["name", "column"] }).forEach((fact, index) => {
    rules.push({
      field: "attribute",
      attribute: fact.name,
      columns: fact.column === "" ? [] : [fact.column],
      ...told("text", fact.text),
      readAs: fact.as || "text",
      ...told("separator", fact.sep),
      ...told("after", fact.after),
      ...told("before", fact.before),
      whenWrong: fact.wrong || "leave-out",
    });
    controls.push(`${FACT}.${index}.${fact.name === "" ? "name" : "column"}`);
  });
  const said = (name: string): string => (values[name] ?? "").trim();
  const document = {
    rows: said("rows"),
    currency: said("currency").toUpperCase(),
    ...(said("rate") === "" ? {} : { ratePpm: readRate(said("rate")) }),
    ...(said("roundToMinor") === "" ? {} : { roundToMinor: Number(said("roundToMinor")) }),
    decimalSign: said("decimalSign"),
    rules,
  };
  return { document, controlAt: (path) => controlAt(path, controls) };
}

function controlAt(path: string, controls: readonly string[]): string {
  const [first = "", index = ""] = path.split("/");
  if (first === "ratePpm") return "rate";
  if (first !== "rules") return first;
  return controls[Number(index === "" ? Number.NaN : index)] ?? "title.c1";
}

function readRule(values: Values, field: MappedName): unknown {
  const said = (part: string): string => (values[`${field}.${part}`] ?? "").trim();
  const columns = Array.from({ length: MAX_COLUMNS_OF_FIELD }, (_, index) => said(`c${index + 1}`)).filter(
    (column) => column !== "",
  );
  if (columns.length === 0 && said("text") === "") return undefined;
  return {
    field,
    columns: [...new Set(columns)],
    ...told("text", said("text")),
    readAs: said("as") || usualReading(field),
    ...told("separator", said("sep")),
    ...told("after", said("after")),
    ...told("before", said("before")),
    whenWrong: said("wrong") || usualWrong(field),
  };
}

const told = (name: string, text: string) => (text === "" ? {} : { [name]: text });

/** Parts per million of a rate such as 0.011, exactly; a word for what is none. */
function readRate(text: string): number | string {
  const [, whole = "", part = ""] = RATE.exec(text) ?? [];
  return whole === "" ? text : Number(whole) * PPM + Number(part.padEnd(6, "0"));
}

const showRate = (ratePpm: number): string => {
  const part = String(ratePpm % PPM)
    .padStart(6, "0")
    .replace(/0+$/, "");
  return `${Math.floor(ratePpm / PPM)}${part === "" ? "" : `.${part}`}`;
};

/** A mapping as the fields of its form. */
export const mappingValues = (mapping: ColumnMapping): Values => ({
  rows: mapping.rows,
  currency: mapping.currency,
  rate: mapping.ratePpm === undefined ? "" : showRate(mapping.ratePpm),
  roundToMinor: String(mapping.roundToMinor ?? ""),
  decimalSign: mapping.decimalSign,
  ...Object.assign({}, ...mapping.rules.filter(isOfField).map(ruleValues)),
  ...writeRows(FACT, mapping.rules.filter((rule) => !isOfField(rule)).map(factValues)),
});

type FieldRule = MappingRule & { readonly field: MappedName };
const isOfField = (rule: MappingRule): rule is FieldRule => rule.field !== "attribute";

const ruleValues = (rule: FieldRule): Values => ({
  ...Object.fromEntries(
    rule.columns.map((column, index): [string, string] => [`${rule.field}.c${index + 1}`, column]),
  ),
  [`${rule.field}.text`]: rule.text ?? "",
  [`${rule.field}.as`]: rule.readAs,
  [`${rule.field}.wrong`]: rule.whenWrong,
  [`${rule.field}.sep`]: rule.separator ?? "",
  [`${rule.field}.after`]: rule.after ?? "",
  [`${rule.field}.before`]: rule.before ?? "",
});

const factValues = (rule: MappingRule): Values => ({
  name: rule.attribute ?? "",
  column: rule.columns[0] ?? "",
  as: rule.readAs,
  wrong: rule.whenWrong,
  text: rule.text ?? "",
  sep: rule.separator ?? "",
  after: rule.after ?? "",
  before: rule.before ?? "",
});
