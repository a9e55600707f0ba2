import { makeId, mintId, epochMs, ok, refuse, type Result } from "#kernel";
import { sha256, type CallContext } from "#platform";
import type { ExportFormat, ExportJob, ExportRefusal } from "../contract.ts";
import type { ExportDesk } from "./desk.ts";

export type ExportRequest = {
  readonly format: ExportFormat;
  /** Of the market and language; empty for the default one. */
  readonly prefix: string;
  /** The same key starts one export, however often it comes. */
  readonly idempotencyKey?: string;
};

/** The name of a feed's object. */
export const feedName = (prefix: string): string => `feed:${prefix}`;

/** Starts an export. Refuses a market that there is not. */
export async function startExport(
  desk: ExportDesk,
  { format, prefix, idempotencyKey }: ExportRequest,
  call: CallContext,
): Promise<Result<ExportJob, ExportRefusal>> {
  const scope = format === "google" ? prefix : "";
  if (scope !== "" && !(await desk.feeds()).some((feed) => feed.prefix === scope))
    return refuse({ code: "market_unknown", prefix: scope });
  const jobId =
    idempotencyKey === undefined
      ? mintId("exp", desk.now())
      : makeId("exp", epochMs(0), await sha256(`export\n${call.actor}\n${idempotencyKey}`));
  const command = {
    jobId,
    format,
    prefix: scope,
    isFeed: false,
    origin: desk.origin,
    seen: await desk.seen(),
  };
  const job = await desk.exports.getByName(jobId).start(command, call);
  await desk.saveSummary(job);
  return ok(job);
}

/** Begins a build of a feed, unless one is under way. Refuses a market that there is not. */
export async function buildFeed(
  desk: ExportDesk,
  prefix: string,
  call: CallContext,
): Promise<Result<ExportJob, ExportRefusal>> {
  const feeds = await desk.feeds();
  if (!feeds.some((feed) => feed.prefix === prefix)) return refuse({ code: "feed_unknown", prefix });
  return ok(await beginBuild(desk, prefix, call));
}

/** The same without asking whether there is such a market. */
export async function beginBuild(desk: ExportDesk, prefix: string, call: CallContext): Promise<ExportJob> {
  const jobId = feedName(prefix);
  const what = { jobId, format: "google", prefix, isFeed: true, origin: desk.origin } as const;
  return desk.exports.getByName(jobId).start({ ...what, seen: await desk.seen() }, call);
}
