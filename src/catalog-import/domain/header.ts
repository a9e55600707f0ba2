import { ok, refuse, type Result } from "#kernel";
import { attributeName, homelessReason, knownColumn, normaliseName, type Field } from "./columns.ts";
import { finding, type Finding } from "./findings.ts";
import { MAX_COLUMNS } from "./limits.ts";

/** What each column of a file is. */
export type Header = {
  readonly columns: readonly Column[];
  /** The file's own name of each field it has, for the report. */
  readonly names: FieldNames;
};
export type Column =
  | { readonly kind: "field"; readonly name: string; readonly field: Field; readonly rank: number }
  | { readonly kind: "attribute"; readonly name: string; readonly attribute: string }
  | { readonly kind: "homeless"; readonly name: string; readonly reason: string };
export type FieldNames = Readonly<Partial<Record<Field, string>>>;

/** A file that cannot be read at all, or not to its end: nothing of it is imported. */
export type FileRefusal = { readonly code: "unreadable_file"; readonly finding: Finding };

/** Refuses the whole file because of what stands on a line. */
export const refuseFile = (
  line: number,
  reason: string,
  { column = "", value = "" } = {},
): Result<never, FileRefusal> =>
  refuse({ code: "unreadable_file", finding: finding("rejected", { line, column, value }, reason) });

/** Reads the header row: any order, any further columns. Refuses a file without the columns that make a product. */
export function readHeader(cells: readonly string[], line: number): Result<Header, FileRefusal> {
  if (cells.length > MAX_COLUMNS)
    return refuseFile(line, `The file has ${cells.length} columns; at most ${MAX_COLUMNS} are read.`);
  const columns = cells.map(describeColumn);
  const names: Partial<Record<Field, string>> = {};
  const ranks = new Map<Field, number>();
  for (const column of columns) {
    if (column.kind !== "field" || column.rank >= (ranks.get(column.field) ?? Infinity)) continue;
    ranks.set(column.field, column.rank);
    names[column.field] = column.name;
  }
  const twice = repeatedName(cells);
  if (twice !== undefined)
    return refuseFile(line, "Two columns have this name; keep one of them.", { column: twice });
  if (names.handle === undefined && names.title === undefined)
    return refuseFile(
      line,
      "The first line has neither a Handle nor a Title column, so this is not a product file.",
      { value: cells.join(",") },
    );
  if (names.price === undefined)
    return refuseFile(line, "The file has no price column (Variant Price or Price).");
  return ok({ columns, names });
}

function describeColumn(cell: string): Column {
  const name = cell.trim();
  const known = knownColumn(name);
  if (known) return { kind: "field", name, ...known };
  const attribute = attributeName(name);
  if (attribute !== undefined) return { kind: "attribute", name, attribute };
  return { kind: "homeless", name, reason: homelessReason(name) };
}

/** A field's column that occurs twice: whichever of the two won would be chance. Unknown columns may repeat. */
function repeatedName(cells: readonly string[]): string | undefined {
  const seen = new Set<string>();
  for (const cell of cells) {
    const normal = normaliseName(cell);
    if (knownColumn(cell) && seen.has(normal)) return cell.trim();
    seen.add(normal);
  }
  return undefined;
}
