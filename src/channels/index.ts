export type * from "./contract.ts";
export { EXPORT_FORMATS, EXPORT_STATES, isRunning, percentOf } from "./contract.ts";
export type { ExportedLines, ExportPorts, LineSource } from "./app/ports.ts";
export type { ExportDesk, FeedState } from "./app/desk.ts";
export { keepFeeds } from "./app/keep-feeds.ts";
export { buildFeed, startExport, type ExportRequest } from "./app/start-export.ts";
