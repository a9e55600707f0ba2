import { currency } from "#kernel";
import { platformClock, type ObjectNamespace } from "#platform";
import type { ImportDesk } from "../app/desk.ts";
import type { ImportRpc } from "../contract.ts";
import { previewFile } from "../app/preview-file.ts";
import { refusedLines, refusedRows } from "../app/refused-rows.ts";
import type { FileRecord } from "../domain/read-file.ts";
import { isKnownImport, listImports, saveImportSummary } from "./import-list.ts";
import { createMappingShelf } from "./mapping-table.ts";
import { readCsv } from "./read-csv.ts";
import { readJsonl } from "./read-jsonl.ts";
import { readUnpacked } from "./unpack.ts";

export type ImportDeskBindings = {
  readonly db: D1Database;
  readonly files: R2Bucket;
  readonly imports: ObjectNamespace<ImportRpc>;
  readonly shopCurrency: string;
};

const streamOf = (bytes: Uint8Array<ArrayBuffer>): ReadableStream<Uint8Array> =>
  new ReadableStream({
    start(controller) {
      controller.enqueue(bytes);
      controller.close();
    },
  });

/** Joins the desk to D1, the file store and the import objects. */
export const createImportDesk = ({ db, files, imports, shopCurrency }: ImportDeskBindings): ImportDesk => ({
  imports,
  shopCurrency,
  async storeFile(bytes) {
    const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", bytes));
    const fileHash = Array.from(digest, (byte) => byte.toString(16).padStart(2, "0")).join("");
    const fileKey = `imports/${fileHash}.csv`;
    await files.put(fileKey, bytes, { httpMetadata: { contentType: "text/csv" } });
    return { fileKey, fileHash };
  },
  mappings: createMappingShelf(db, () => platformClock.now()),
  preview: (bytes, source) =>
    previewFile(readUnpacked<FileRecord>(streamOf(bytes), readCsv), source, currency(shopCurrency)),
  async refused({ fileKey, source }, rejected) {
    const file = await files.get(fileKey);
    if (!file) return undefined;
    return source.kind === "jsonl"
      ? refusedLines(readUnpacked<FileRecord>(file.body, readJsonl), rejected)
      : refusedRows(readUnpacked<FileRecord>(file.body, readCsv), rejected);
  },
  async readStored(fileHash) {
    const file = await files.get(`imports/${fileHash}.csv`);
    return file ? new Uint8Array(await file.arrayBuffer()) : undefined;
  },
  saveSummary: (job) => saveImportSummary(db, job),
  list: (page) => listImports(db, page),
  isKnown: (importId) => isKnownImport(db, importId),
});
