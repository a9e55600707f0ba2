import { ok, type Result } from "#kernel";
import { refuseFile, type FileRefusal } from "../domain/header.ts";
import { MAX_RECORD_BYTES } from "../domain/limits.ts";
import type { FileRecord } from "../domain/read-file.ts";

/**
 * Streams the lines of a JSONL file, each as a record with one cell, after an empty record where a table has its header.
 * Ends after the first refusal: a line beyond the bound on records.
 */
export async function* readJsonl(
  file: ReadableStream<Uint8Array>,
): AsyncGenerator<Result<FileRecord, FileRefusal>> {
  const decoder = new TextDecoder();
  let rest = "";
  let line = 0;
  let bytes = 0;
  yield ok({ line, cells: [], bytes });
  for await (const chunk of file) {
    bytes += chunk.byteLength;
    const lines = (rest + decoder.decode(chunk, { stream: true })).split("\n");
    rest = lines.pop() ?? "";
    for (const text of lines) yield ok({ line: (line += 1), cells: [text], bytes });
    if (rest.length > MAX_RECORD_BYTES) {
      yield refuseFile(line + 1, `The line is longer than ${MAX_RECORD_BYTES} bytes.`);
      return;
    }
  }
  const last = rest + decoder.decode();
  if (last.trim() !== "") yield ok({ line: line + 1, cells: [last], bytes });
}
