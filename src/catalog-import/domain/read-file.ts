import { ok, refuse, type Result } from "#kernel";
import { finding, type Finding } from "./findings.ts";
import { readHeader, refuseFile, type FieldNames, type FileRefusal, type Header } from "./header.ts";
import { MAX_ROWS, RUN_ROWS } from "./limits.ts";
import { homelessColumns, isBlankRecord, readRow, type SourceRow } from "./rows.ts";

/** A record as the CSV reader gives it. */
export type FileRecord = { readonly line: number; readonly cells: readonly string[]; readonly bytes: number };

/** Where rows go, in runs and in the order of the file, with the bytes read so far. `false` stops the reading. */
export type RowSink = (rows: readonly SourceRow[], bytes: number) => boolean;

/** The sink wanted no more rows. */
export type Stopped = { readonly code: "stopped" };

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
): Promise<Result<FileSummary, FileRefusal | Stopped>> {
  let header: Header | undefined;
  let run: SourceRow[] = [];
  let rows = 0;
  let bytes = 0;
  const homeless = new Set<number>();
  for await (const record of records) {
    if (!record.ok) return record;
    const { line, cells } = record.value;
    bytes = record.value.bytes;
    if (!header) {
      const read = readHeader(cells, line);
      if (!read.ok) return read;
      header = read.value;
      continue;
    }
    if (isBlankRecord(cells)) continue;
    rows += 1;
    if (rows > MAX_ROWS) return refuseFile(line, `The file has more than ${MAX_ROWS} rows: split it.`);
    for (const index of homelessColumns(header, cells)) homeless.add(index);
    run.push(readRow(header, line, cells));
    if (run.length === RUN_ROWS) {
      if (!sink(run, bytes)) return refuse({ code: "stopped" });
      run = [];
    }
  }
  if (!header) return refuseFile(1, "The file is empty.");
  if (!sink(run, bytes)) return refuse({ code: "stopped" });
  return ok({ names: header.names, rows, findings: homelessFindings(header, homeless) });
}

const homelessFindings = (header: Header, homeless: ReadonlySet<number>): Finding[] =>
  header.columns
    .flatMap((column, index) =>
      column.kind === "homeless" && homeless.has(index)
        ? [finding("warning", { line: 1, column: column.name }, column.reason)]
        : [],
    )
    .toSorted((left, right) => (left.column < right.column ? -1 : left.column > right.column ? 1 : 0));
