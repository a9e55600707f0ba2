import type { Problem } from "#kernel";
import type { ProblemTypeEntry } from "#web";
import type { ExportRefusal } from "../contract.ts";

const marketUnknown: Problem = {
  type: "/problems/channels/market-unknown",
  title: "No such market",
  status: 422,
  detail: "No market and language has paths that begin so.",
  errors: [
    { pointer: "/market", detail: "Use the first part of the market's paths, such as ch-de, or default." },
  ],
};

/** What went wrong with an export or a feed, in words for an API client. */
export function exportProblem(refusal: ExportRefusal): Problem {
  switch (refusal.code) {
    case "export_unknown":
      return {
        type: "/problems/channels/export-unknown",
        title: "No such export",
        status: 404,
        detail: "No export has this id.",
      };
    case "export_settled":
      return {
        type: "/problems/channels/export-settled",
        title: "The export does not allow this now",
        status: 409,
        detail: `The export is ${refusal.state}. Only a running or failed one can be cancelled, only a failed one resumed.`,
        facts: { state: refusal.state },
      };
    case "export_not_ready":
      return {
        type: "/problems/channels/export-not-ready",
        title: "The file is not ready",
        status: 409,
        detail: `The export is ${refusal.state}. Its file can be fetched when it has finished.`,
        facts: { state: refusal.state },
      };
    case "export_expired":
      return {
        type: "/problems/channels/export-expired",
        title: "The file is gone",
        status: 410,
        detail: "Files of exports are kept for a week. Start a new export.",
      };
    case "market_unknown":
      return marketUnknown;
    case "feed_unknown":
      return {
        type: "/problems/channels/feed-unknown",
        title: "No such feed",
        status: 404,
        detail: "No market and language has paths that begin so.",
      };
    case "invalid_cursor":
      return {
        type: "/problems/channels/invalid-cursor",
        title: "The cursor is not one of ours",
        status: 422,
        detail: "Use the nextCursor of the page before.",
        errors: [{ pointer: "/query/cursor", detail: "Use the nextCursor of the page before." }],
      };
  }
}

/** The pages behind the types of this module's problems. */
export const CHANNELS_PROBLEM_TYPES: readonly ProblemTypeEntry[] = [
  {
    type: "/problems/channels/export-unknown",
    title: "No such export",
    status: 404,
    meaning: "No export of the catalogue has this id.",
    remedy: "Take the id from the list of exports, or from the answer that started it.",
  },
  {
    type: "/problems/channels/export-settled",
    title: "The export does not allow this now",
    status: 409,
    meaning: "An export that has ended cannot be cancelled, and only a failed one can be resumed.",
    remedy: "Start a new export.",
  },
  {
    type: "/problems/channels/export-not-ready",
    title: "The file is not ready",
    status: 409,
    meaning: "The export is still being written, has failed, or was cancelled.",
    remedy: "Follow its state and fetch the file when it has finished.",
  },
  {
    type: "/problems/channels/export-expired",
    title: "The file is gone",
    status: 410,
    meaning: "Files of exports are kept for a week.",
    remedy: "Start a new export.",
  },
  {
    type: "/problems/channels/market-unknown",
    title: "No such market",
    status: 422,
    meaning:
      "The market is named by the first part of its paths, such as ch-de; the default one is called default.",
    remedy: "List the feeds to see which there are.",
  },
  {
    type: "/problems/channels/feed-unknown",
    title: "No such feed",
    status: 404,
    meaning:
      "There is a feed for each market in each of its languages, named by the first part of their paths.",
    remedy: "List the feeds to see which there are.",
  },
  {
    type: "/problems/channels/invalid-cursor",
    title: "The cursor is not one of ours",
    status: 422,
    meaning: "A list goes on with the nextCursor of the page before, unchanged.",
    remedy: "Begin without a cursor.",
  },
];
