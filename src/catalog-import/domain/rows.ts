import type { Field } from "./columns.ts";
import { finding, type Finding } from "./findings.ts";
import type { Header } from "./header.ts";
import { MAX_CELL_CHARACTERS, MAX_NAME_CHARACTERS } from "./limits.ts";

/** One data row, reduced to the cells that have a home and hold something. Plain data: it is stored between slices. */
export type SourceRow = {
  readonly line: number;
  readonly cells: Readonly<Partial<Record<Field, string>>>;
  readonly attributes: readonly (readonly [name: string, value: string])[];
  /** Set when the row has lost its shape: its product is rejected, and the other cells only tell which one that is. */
  readonly broken?: Finding;
  /** The line of a JSONL file: its whole product. */
  readonly json?: string;
  /** What was said while its cells were read; the row is taken. */
  readonly said?: readonly Finding[];
};

/** Where a decoder puts what is not UTF-8. */
const REPLACEMENT_CHARACTER = "\uFFFD";

/** Whether every cell is blank: such a row is no row. */
export const isBlankRecord = (cells: readonly string[]): boolean => cells.every((cell) => cell.trim() === "");

/** Reads one record under its header. Missing cells at the end are blank ones; cells beyond the header break the row. */
export function readRow(header: Header, line: number, record: readonly string[]): SourceRow {
  const cells: Partial<Record<Field, string>> = {};
  const ranks = new Map<Field, number>();
  const attributes: [string, string][] = [];
  header.columns.forEach((column, index) => {
    const text = record[index] ?? "";
    if (text.trim() === "") return;
    if (column.kind === "attribute") attributes.push([column.attribute, text]);
    if (column.kind !== "field" || column.rank >= (ranks.get(column.field) ?? Infinity)) return;
    ranks.set(column.field, column.rank);
    cells[column.field] = text;
  });
  attributes.sort(([left], [right]) => (left < right ? -1 : left > right ? 1 : 0));
  const broken = findBreak(header, line, record);
  return broken ? { line, cells: tellingCells(cells), attributes: [], broken } : { line, cells, attributes };
}

/** What tells the product of a broken row; its other cells may be shifted or huge. */
const tellingCells = ({ handle, title }: SourceRow["cells"]): SourceRow["cells"] => ({
  ...(handle === undefined ? {} : { handle: handle.slice(0, MAX_NAME_CHARACTERS) }),
  ...(title === undefined ? {} : { title: title.slice(0, MAX_NAME_CHARACTERS) }),
});

function findBreak(header: Header, line: number, record: readonly string[]): Finding | undefined {
  const beyond = record.slice(header.columns.length).find((cell) => cell.trim() !== "");
  if (beyond !== undefined) {
    const reason = `The row has ${record.length} cells and the header ${header.columns.length}: most likely a comma in a text without quotation marks.`;
    return finding("rejected", { line, column: "", value: beyond }, reason);
  }
  for (const [index, column] of header.columns.entries()) {
    const value = record[index] ?? "";
    const at = { line, column: column.name, value };
    if (value.length > MAX_CELL_CHARACTERS)
      return finding(
        "rejected",
        at,
        `The cell has ${value.length} characters; at most ${MAX_CELL_CHARACTERS} are read.`,
      );
    if (column.kind !== "homeless" && value.includes(REPLACEMENT_CHARACTER))
      return finding("rejected", at, "The cell is not UTF-8 text: save the file as CSV UTF-8 and try again.");
  }
  return undefined;
}

/** Columns without a home that hold something in this row, by their place; the first row that does names them once. */
export function homelessColumns(header: Header, record: readonly string[]): number[] {
  return header.columns.flatMap((column, index) => {
    const value = record[index]?.trim() ?? "";
    return column.kind === "homeless" && value !== "" ? [index] : [];
  });
}
