import { isId, ok, refuse, type Result } from "#kernel";
import type { ExportFormat, ExportRefusal } from "../contract.ts";
import type { ExportDesk } from "./desk.ts";

export type ExportFile = {
  readonly body: ReadableStream<Uint8Array>;
  readonly contentType: string;
  readonly fileName: string;
};

const KINDS: Readonly<Record<ExportFormat, { readonly contentType: string; readonly ending: string }>> = {
  jsonl: { contentType: "application/x-ndjson", ending: "jsonl" },
  "shopify-csv": { contentType: "text/csv; charset=utf-8", ending: "csv" },
  google: { contentType: "text/tab-separated-values; charset=utf-8", ending: "tsv" },
};

/** The file of a finished export. Refuses one that is not there yet, or not any more. */
export async function fetchFile(
  desk: ExportDesk,
  exportId: string,
): Promise<Result<ExportFile, ExportRefusal>> {
  if (!isId("exp", exportId) || !(await desk.isKnown(exportId)))
    return refuse({ code: "export_unknown", exportId });
  const found = await desk.exports.getByName(exportId).view();
  if (!found.ok) return found;
  const job = found.value;
  if (job.isExpired) return refuse({ code: "export_expired", exportId });
  if (job.state !== "finished") return refuse({ code: "export_not_ready", exportId, state: job.state });
  const { contentType, ending } = KINDS[job.format];
  const day = new Date(job.createdAtMs).toISOString().slice(0, 10);
  return ok({ body: desk.read(job), contentType, fileName: `products-${day}.${ending}` });
}
