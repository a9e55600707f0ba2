import { CsvError, parse, type InfoRecord, type Options } from "csv-parse/stream";
import { ok, type Result } from "#kernel";
import { refuseFile, type FileRefusal } from "../domain/header.ts";
import { MAX_RECORD_BYTES } from "../domain/limits.ts";

/** One record of a CSV file: its cells as they are, and the line on which it begins. */
export type CsvRecord = {
  readonly line: number;
  readonly cells: readonly string[];
  /** Bytes of the file read so far, for progress. */
  readonly bytes: number;
};

/** Bytes of the first line that are looked at to find the separator. */
const SNIFFED_BYTES = 64 * 1024;
const NEWLINE = 10;

/**
 * Streams the records of a CSV file given as bytes: UTF-8 with or without BOM, LF or CRLF, comma, semicolon or tab.
 * Ends after the first refusal, which names the line on which the unreadable record begins.
 */
export async function* readCsv(
  file: ReadableStream<Uint8Array>,
): AsyncGenerator<Result<CsvRecord, FileRefusal>> {
  const { first, whole } = await peek(file);
  if (isUtf16(first)) {
    await whole.cancel();
    yield refuseFile(1, "The file is UTF-16 text: save it as CSV UTF-8.");
    return;
  }
  const lines = new LineCounter();
  try {
    for await (const record of parseRecords(whole, sniffDelimiter(first), lines)) yield ok(record);
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    yield refuseFile(lines.following, explain(error));
  }
}

/** Lines are counted inside the parser, because an error drops the records that it has parsed but not handed over. */
function parseRecords(
  bytes: ReadableStream<Uint8Array>,
  delimiter: string,
  lines: LineCounter,
): AsyncIterable<CsvRecord> {
  const options = {
    bom: true,
    delimiter,
    relax_column_count: true,
    skip_empty_lines: true,
    max_record_size: MAX_RECORD_BYTES,
    on_record: (cells: string[], info: InfoRecord): CsvRecord => ({
      line: lines.next(cells, info.empty_lines),
      cells,
      bytes: info.bytes,
    }),
  };
  // The library's types know records as arrays only; its stream gives whatever on_record makes.
  return bytes.pipeThrough(parse(options as unknown as Options) as TransformStream<Uint8Array, CsvRecord>);
}

/**
 * Counts lines by the records themselves: the parser's own number counts a CRLF inside quotation marks twice
 * (csv-parse 7.0.3).
 */
class LineCounter {
  #end = 0;
  #emptyLines = 0;

  /** The line on which this record begins. */
  next(cells: readonly string[], emptyLines: number): number {
    const line = this.#end + 1 + (emptyLines - this.#emptyLines);
    this.#emptyLines = emptyLines;
    this.#end = line + cells.reduce((sum, cell) => sum + (cell.match(/\r\n|\n|\r/g)?.length ?? 0), 0);
    return line;
  }

  /** The line on which the record after the last one begins, blank lines aside. */
  get following(): number {
    return this.#end + 1;
  }
}

function explain(error: CsvError): string {
  switch (error.code) {
    case "CSV_QUOTE_NOT_CLOSED":
      return "A quotation mark opens in the record that begins here and is never closed, so the rest of the file cannot be read.";
    case "CSV_MAX_RECORD_SIZE":
      return `The record that begins here is larger than ${MAX_RECORD_BYTES} bytes; most likely a quotation mark is not closed.`;
    default:
      return 'A quotation mark stands alone in the record that begins here: write "" for one inside a quoted text.';
  }
}

/** Reads enough to see the first line, and gives the stream back whole. */
async function peek(
  file: ReadableStream<Uint8Array>,
): Promise<{ first: Uint8Array; whole: ReadableStream<Uint8Array> }> {
  const reader = file.getReader();
  const chunks: Uint8Array[] = [];
  let length = 0;
  let isDone = false;
  while (!isDone && length < SNIFFED_BYTES && !chunks.some((chunk) => chunk.includes(NEWLINE))) {
    const { done, value } = await reader.read();
    isDone = done;
    if (value) {
      chunks.push(value);
      length += value.byteLength;
    }
  }
  const whole = new ReadableStream<Uint8Array>({
    async pull(controller) {
      const kept = chunks.shift();
      if (kept) return controller.enqueue(kept);
      const { done, value } = await reader.read();
      if (done) controller.close();
      else controller.enqueue(value);
    },
    cancel: (reason) => reader.cancel(reason),
  });
  return { first: concatenate(chunks, length), whole };
}

function concatenate(chunks: readonly Uint8Array[], length: number): Uint8Array {
  const bytes = new Uint8Array(length);
  let offset = 0;
  for (const chunk of chunks) {
    bytes.set(chunk, offset);
    offset += chunk.byteLength;
  }
  return bytes;
}

const isUtf16 = (first: Uint8Array): boolean =>
  (first[0] === 0xff && first[1] === 0xfe) || (first[0] === 0xfe && first[1] === 0xff);

/** The separator that the header line uses most; spreadsheets of many countries write semicolons. */
function sniffDelimiter(first: Uint8Array): string {
  const end = first.indexOf(NEWLINE);
  const header = new TextDecoder().decode(end < 0 ? first : first.subarray(0, end)).replace(/"[^"]*"/g, "");
  const count = (separator: string): number => header.split(separator).length - 1;
  return [",", ";", "\t"].reduce((best, separator) => (count(separator) > count(best) ? separator : best));
}
