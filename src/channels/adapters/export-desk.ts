import { epochMs } from "#kernel";
import { objectNamespace } from "#platform";
import { marketViews, prefixOf, type Market } from "#pricing";
import type { ExportDesk } from "../app/desk.ts";
import { chunkKeys } from "../app/stored-files.ts";
import type { ExportRpc } from "../contract.ts";
import { isKnownExport, listExports, saveExportSummary } from "./export-list.ts";
import { listFeeds, readSeen } from "./feed-table.ts";
import { streamPieces } from "./stored-stream.ts";

export type ExportDeskBindings = {
  readonly db: D1Database;
  /** Where exports lie; only who hands out files needs it. */
  readonly files?: R2Bucket;
  readonly exports: Parameters<typeof objectNamespace<ExportRpc>>[0];
  readonly origin: string;
  readonly markets: () => Promise<readonly Market[]>;
  readonly nowMs: () => number;
};

/** Joins the desk to D1, the file store and the export objects. */
export const createExportDesk = ({
  db,
  files,
  exports,
  origin,
  markets,
  nowMs,
}: ExportDeskBindings): ExportDesk => ({
  exports: objectNamespace<ExportRpc>(exports),
  origin,
  now: () => epochMs(nowMs()),
  saveSummary: (job) => saveExportSummary(db, job),
  list: (page) => listExports(db, page),
  isKnown: (exportId) => isKnownExport(db, exportId),
  read(job) {
    if (!files) throw new Error("this Worker hands out no files");
    return streamPieces(files, chunkKeys(job, job.chunks));
  },
  async feeds() {
    const [known, published] = await Promise.all([markets(), listFeeds(db)]);
    return marketViews(known).map((view) => {
      const prefix = prefixOf(view);
      const feed = published.find((one) => one.prefix === prefix);
      return { prefix, view, ...(feed ? { published: feed } : {}) };
    });
  },
  seen: () => readSeen(db),
});
