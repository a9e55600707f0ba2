import type { CallContext } from "#platform";
import { isFeedDue } from "../domain/feed-due.ts";
import type { ExportDesk } from "./desk.ts";
import { beginBuild } from "./start-export.ts";

/** Begins a build of every feed that is missing, outdated or old; safe to repeat, and to run twice at once. */
export async function keepFeeds(desk: ExportDesk, call: CallContext): Promise<number> {
  const [feeds, seen] = await Promise.all([desk.feeds(), desk.seen()]);
  const due = feeds.filter(({ published }) => isFeedDue(published, seen, desk.now()));
  for (const { prefix } of due) await beginBuild(desk, prefix, call);
  return due.length;
}
