import { ok, refuse, type Result } from "#kernel";
import { finding, type Finding } from "./findings.ts";
import { readHeader, refuseFile, type FieldNames, type FileRefusal } from "./header.ts";
import { MAX_ROWS, RUN_ROWS } from "./limits.ts";
import { homelessColumns, isBlankRecord, readRow, type SourceRow } from "./rows.ts";

/** A record as the CSV reader gives it. */
export type FileRecord = { readonly line: number; readonly cells: readonly string[]; readonly bytes: number };

/** Where rows go, in runs and in the order of the file, with the bytes read so far. `false` stops the reading. */
export type RowSink = (
  rows: readonly SourceRow[],
  so: { readonly bytes: number; readonly isEachRow: boolean },
) => boolean;

/** The sink wanted no more rows. */
export type Stopped = { readonly code: "stopped" };

/** How the rows of a file are read, once its first record is known. */
export type RowReader = {
  readonly names: FieldNames;
  /** Every row is a product of its own: a handle that comes again is rejected. */
  readonly isEachRow: boolean;
  read(line: number, cells: readonly string[]): SourceRow;
  /** Places of columns that hold something in this row and have no home. */
  homeless(cells: readonly string[]): readonly number[];
  homelessFinding(column: number): Finding | undefined;
};

/** Makes a reader from the first record. */
export type OpenFile = (cells: readonly string[], line: number) => Result<RowReader, FileRefusal>;

/** A Shopify product file: columns by name, rows of one handle are one product. */
export const openShopify: OpenFile = (cells, line) => {
  const header = readHeader(cells, line);
  if (!header.ok) return header;
  const { columns, names } = header.value;
  return ok({
    names,
    isEachRow: false,
    read: (rowLine, row) => readRow(header.value, rowLine, row),
    homeless: (row) => homelessColumns(header.value, row),
    homelessFinding: (index) => {
      const column = columns[index];
      if (column?.kind !== "homeless") return undefined;
      return finding("warning", { line: 1, column: column.name }, column.reason);
    },
  });
};

/** What is known after the last row. */
export type FileSummary = {
  readonly names: FieldNames;
  readonly rows: number;
  /** One warning per column that holds something and has no home. */
  readonly findings: readonly Finding[];
};

/** Reads a whole product file; blank rows are no rows. Refuses a file that cannot be read to its end. */
export async function readProductFile(
  records: AsyncIterable<Result<FileRecord, FileRefusal>>,
  sink: RowSink,
  open: OpenFile = openShopify,
): Promise<Result<FileSummary, FileRefusal | Stopped>> {
  let reader: RowReader | undefined;
  let run: SourceRow[] = [];
  let rows = 0;
  let bytes = 0;
  const homeless = new Set<number>();
  for await (const record of records) {
    if (!record.ok) return record;
    const { line, cells } = record.value;
    bytes = record.value.bytes;
    if (!reader) {
      const opened = open(cells, line);
      if (!opened.ok) return opened;
      reader = opened.value;
      continue;
    }
    if (isBlankRecord(cells)) continue;
    rows += 1;
    if (rows > MAX_ROWS) return refuseFile(line, `The file has more than ${MAX_ROWS} rows: split it.`);
    for (const index of reader.homeless(cells)) homeless.add(index);
    run.push(reader.read(line, cells));
    if (run.length === RUN_ROWS) {
      if (!sink(run, { bytes, isEachRow: reader.isEachRow })) return refuse({ code: "stopped" });
      run = [];
    }
  }
  if (!reader) return refuseFile(1, "The file is empty.");
  const { names, isEachRow, homelessFinding } = reader;
  if (!sink(run, { bytes, isEachRow })) return refuse({ code: "stopped" });
  const findings = [...homeless].flatMap((index) => homelessFinding(index) ?? []);
  return ok({ names, rows, findings: findings.toSorted(byColumn) });
}

const byColumn = (left: Finding, right: Finding): number =>
  left.column < right.column ? -1 : left.column > right.column ? 1 : 0;
