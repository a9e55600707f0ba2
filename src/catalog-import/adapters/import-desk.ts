import type { ObjectNamespace } from "#platform";
import type { ImportDesk } from "../app/desk.ts";
import type { ImportRpc } from "../contract.ts";
import { isKnownImport, listImports, saveImportSummary } from "./import-list.ts";

export type ImportDeskBindings = {
  readonly db: D1Database;
  readonly files: R2Bucket;
  readonly imports: ObjectNamespace<ImportRpc>;
  readonly shopCurrency: string;
};

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
  saveSummary: (job) => saveImportSummary(db, job),
  list: (page) => listImports(db, page),
  isKnown: (importId) => isKnownImport(db, importId),
});
