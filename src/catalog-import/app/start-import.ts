import { epochMs, makeId, mintId, ok, refuse, type ImportJobId, type Result } from "#kernel";
import { sha256, type CallContext } from "#platform";
import type { ImportJob, ImportPolicy, ImportRefusal, ImportSource } from "../contract.ts";
import type { ImportDesk } from "./desk.ts";

/** What somebody wants imported. */
export type ImportRequest = {
  readonly bytes: Uint8Array<ArrayBuffer>;
  readonly fileName: string;
  readonly policy: ImportPolicy;
  readonly source: ImportSource;
  readonly currency: string;
  /** The same key starts one import, however often it comes. */
  readonly idempotencyKey?: string;
};

/**
 * Stores the file and starts its import. With an idempotency key, a repeat gives the same import; the key with another
 * file or other choices is refused. Refuses a currency that is not the shop's.
 */
export async function startImport(
  desk: ImportDesk,
  request: ImportRequest,
  call: CallContext,
): Promise<Result<ImportJob, ImportRefusal>> {
  const { bytes, fileName, policy, source, currency, idempotencyKey } = request;
  if (source.kind === "mapped") {
    const { currency: named, ratePpm } = source.mapping;
    if (named !== desk.shopCurrency && ratePpm === undefined)
      return refuse({ code: "foreign_currency", currency: named, shopCurrency: desk.shopCurrency });
  }
  if (currency !== desk.shopCurrency)
    return refuse({ code: "foreign_currency", currency, shopCurrency: desk.shopCurrency });
  const importId = await importIdOf(idempotencyKey, call.actor);
  const { fileKey, fileHash } = await desk.storeFile(bytes);
  const command = {
    importId,
    fileKey,
    fileHash,
    fileName,
    fileBytes: bytes.byteLength,
    policy,
    source,
    currency,
  };
  const job = await desk.imports.getByName(importId).start(command, call);
  const isOther = JSON.stringify(job.source) !== JSON.stringify(source);
  if (job.fileHash !== fileHash || job.policy !== policy || isOther)
    return refuse({ code: "idempotency_key_reused" });
  await desk.saveSummary(job);
  return ok(job);
}

/** One key of one person names one import for ever: the platform's one object per name is the lookup. */
async function importIdOf(key: string | undefined, actor: string): Promise<ImportJobId> {
  if (key === undefined) return mintId("imp", epochMs(Date.now()));
  return makeId("imp", epochMs(0), await sha256(`import\n${actor}\n${key}`));
}
