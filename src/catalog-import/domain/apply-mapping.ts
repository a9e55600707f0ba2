import { ok, slugify, type CurrencyCode, type Result } from "#kernel";
import { finding, type Finding } from "./findings.ts";
import { refuseFile, type FieldNames, type FileRefusal } from "./header.ts";
import { MAX_CELL_CHARACTERS, MAX_COLUMNS } from "./limits.ts";
import type { ColumnMapping, MappingRule } from "./mapping.ts";
import type { RowReader } from "./read-file.ts";
import type { SourceRow } from "./rows.ts";
import { plainNumber, priceText } from "./text-price.ts";
import { cleanText } from "./text.ts";

type Place = { readonly column: string; readonly text: string };
type Context = {
  readonly mapping: ColumnMapping;
  readonly shopCurrency: CurrencyCode;
  readonly placeOf: ReadonlyMap<string, number>;
};

/** Reads rows of any table by a mapping. Refuses a file that lacks a column which the mapping names. */
export function openMapped(
  cells: readonly string[],
  line: number,
  { mapping, shopCurrency }: Pick<Context, "mapping" | "shopCurrency">,
): Result<RowReader, FileRefusal> {
  if (cells.length > MAX_COLUMNS)
    return refuseFile(line, `The file has ${cells.length} columns; at most ${MAX_COLUMNS} are read.`);
  // A name that stands twice means its first column.
  const placeOf = new Map(cells.map((cell, index) => [cell.trim(), index] as const).toReversed());
  const missing = mapping.rules.flatMap(columnsOf).find((column) => !placeOf.has(column));
  if (missing !== undefined)
    return refuseFile(line, "The mapping names this column, and the file does not have it.", {
      column: missing,
    });
  const context = { mapping, shopCurrency, placeOf };
  return ok({
    names: namesOf(mapping.rules),
    isEachRow: mapping.rows === "each-row",
    read: (rowLine, row) => readMapped(row, rowLine, context),
    homeless: () => [],
    homelessFinding: () => undefined,
  });
}

/** Columns that a rule reads, in its template, too. */
export const columnsOf = ({ columns, text }: MappingRule): string[] => [
  ...columns,
  ...[...(text ?? "").matchAll(TEMPLATE)].map(([, name]) => (name ?? "").trim()),
];
const TEMPLATE = /\{([^{}]*)\}/g;

/** What the report calls a field: the first column that it comes from. */
function namesOf(rules: readonly MappingRule[]): FieldNames {
  const names: Record<string, string> = {};
  for (const rule of rules) if (rule.field !== "attribute") names[rule.field] = columnsOf(rule)[0] ?? "";
  return names;
}

function readMapped(row: readonly string[], line: number, context: Context): SourceRow {
  const cells: Record<string, string> = {};
  const attributes: [string, string][] = [];
  const said: Finding[] = [];
  const large = row.findIndex((cell) => cell.length > MAX_CELL_CHARACTERS);
  if (large >= 0)
    said.push(
      finding(
        "rejected",
        { line, column: "", value: row[large] ?? "" },
        `A cell has more than ${MAX_CELL_CHARACTERS} characters.`,
      ),
    );
  else if (
    row.length > context.placeOf.size &&
    row.slice(context.placeOf.size).some((cell) => cell.trim() !== "")
  )
    said.push(
      finding(
        "rejected",
        { line, column: "", value: row.at(-1) ?? "" },
        `The row has ${row.length} cells, more than the header: most likely a separator in a text without quotation marks.`,
      ),
    );
  for (const rule of said.length > 0 ? [] : context.mapping.rules) {
    const place = findText(rule, row, context);
    if (!place) continue;
    const text = readText(rule, place.text, context);
    if (typeof text !== "string") said.push(wrong(rule, place, line));
    else if (rule.field === "attribute") attributes.push([rule.attribute ?? place.column, text]);
    else cells[rule.field] = rule.field === "handle" ? slugify(text) : text;
  }
  const broken = said.find(({ severity }) => severity === "rejected");
  const { title = "", handle = title } = cells;
  const telling = { title, handle };
  return broken
    ? { line, cells: telling, attributes: [], broken }
    : { line, cells, attributes, ...(said.length > 0 ? { said } : {}) };
}

/** The first column that holds something, else the template, if any of its columns does. */
function findText(rule: MappingRule, row: readonly string[], { placeOf }: Context): Place | undefined {
  const cellOf = (column: string): string => cleanText(row[placeOf.get(column) ?? -1]);
  for (const column of rule.columns) {
    const text =
      rule.field === "description" ? (row[placeOf.get(column) ?? -1] ?? "").trim() : cellOf(column);
    if (text !== "") return { column, text };
  }
  if (rule.text === undefined) return undefined;
  const named = columnsOf({ ...rule, columns: [] });
  if (named.length > 0 && named.every((column) => cellOf(column) === "")) return undefined;
  const text = rule.text.replace(TEMPLATE, (_, name: string) => cellOf(name.trim()));
  return { column: named[0] ?? "", text: text.trim() };
}

/** The field's text; `undefined` when the cell does not hold what it should. */
function readText(rule: MappingRule, text: string, { mapping, shopCurrency }: Context): string | undefined {
  switch (rule.readAs) {
    case "text":
      return text;
    case "slug":
      return slugify(text) || undefined;
    case "price":
      return priceText(text, mapping, shopCurrency);
    case "number":
      return plainNumber(text, mapping.decimalSign);
    case "list":
      // Tags are told with commas here, so a comma within one becomes a space.
      return text
        .split(rule.separator || ",")
        .map((tag) => tag.replaceAll(",", " ").trim())
        .filter(Boolean)
        .join(", ");
    case "part":
      return partOf(text, rule);
  }
}

function partOf(text: string, { after = "", before = "" }: MappingRule): string | undefined {
  const start = text.indexOf(after);
  if (start < 0) return undefined;
  const rest = text.slice(start + after.length);
  const end = before === "" ? -1 : rest.indexOf(before);
  return (end < 0 ? rest : rest.slice(0, end)).trim() || undefined;
}

const EXPECTED: Readonly<Record<MappingRule["readAs"], string>> = {
  text: "a text",
  slug: "letters or digits",
  price: "an amount",
  number: "a number",
  list: "a list",
  part: "the part that the mapping looks for",
};

function wrong({ readAs, whenWrong }: MappingRule, { column, text }: Place, line: number): Finding {
  const at = { line, column, value: text };
  return whenWrong === "reject"
    ? finding("rejected", at, `This is not ${EXPECTED[readAs]}.`)
    : finding("warning", at, `This is not ${EXPECTED[readAs]}; it was left out.`);
}
