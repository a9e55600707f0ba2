import type { Result } from "#kernel";
import type { Finding } from "../contract.ts";
import type { FileRefusal } from "../domain/header.ts";
import type { FileRecord } from "../domain/read-file.ts";

/** The name of the column that says what to mend; the import takes no notice of it. */
export const PROBLEM_COLUMN = "Import problem";

type Records = AsyncIterable<Result<FileRecord, FileRefusal>>;

/**
 * The rejected rows of a file as a file of its own, with the header and one column more that says what to mend, so that
 * it can be corrected and imported. Cells stay as they were. Ends at what cannot be read.
 */
export async function* refusedRows(records: Records, rejected: readonly Finding[]): AsyncGenerator<string> {
  const reasons = Map.groupBy(rejected, ({ line }) => line);
  let width: number | undefined;
  for await (const record of records) {
    if (!record.ok) return;
    const { line, cells } = record.value;
    if (width === undefined) {
      width = cells.length;
      // Spreadsheets take text without a byte order mark for their own encoding.
      yield `\uFEFF${csvLine([...cells, PROBLEM_COLUMN])}`;
      continue;
    }
    const found = reasons.get(line);
    if (!found) continue;
    const blanks = Array.from({ length: Math.max(0, width - cells.length) }, () => "");
    yield csvLine([...cells, ...blanks, found.map(inWords).join(" ")]);
  }
}

/** The rejected lines of a JSONL file, as they are. */
export async function* refusedLines(records: Records, rejected: readonly Finding[]): AsyncGenerator<string> {
  const lines = new Set(rejected.map(({ line }) => line));
  for await (const record of records) {
    if (!record.ok) return;
    if (lines.has(record.value.line)) yield `${record.value.cells[0] ?? ""}\n`;
  }
}

const inWords = ({ column, reason }: Finding): string => (column === "" ? reason : `${column}: ${reason}`);

/** One record of CSV (RFC 4180). */
const csvLine = (cells: readonly string[]): string =>
  `${cells.map((cell) => (/[",;\t\r\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell)).join(",")}\r\n`;
