export { BaseObject } from "./base-object.ts";
export { type Clock, platformClock } from "./clock.ts";
export {
  D1_MAX_BATCH,
  D1_MAX_PARAMETERS,
  chunk,
  chunkRows,
  placeholders,
  readPresent,
  readTogether,
  runBatch,
  type D1Read,
  type D1Reader,
} from "./d1.ts";
export { DOCUMENT_VERSION_SQL, saveVersioned, type VersionedSave } from "./document-version.ts";
export { equalConstantTime, hmacSha256, secretName, sha256, sha256Hex, sha256HexOfBytes } from "./digest.ts";
export { retryDelayMs } from "./due-table.ts";
export { type Destination, type EventEnvelope } from "./events.ts";
export { armFailpoint, clearFailpoints, failpoint, type FailpointAction } from "./failpoints.ts";
export { gatherWrites, type GatheredWrites } from "./gather-writes.ts";
export { keysetPage, readCursor, type CursorKinds } from "./keyset.ts";
export { createLogger, describeError, type LogFields, type Logger } from "./log.ts";
export { objectNamespace, type CallContext, type ObjectNamespace } from "./object-namespace.ts";
export { inquiryWaitMs } from "./owner-inquiry.ts";
export { type OutboxQueues, type QueueSender } from "./outbox.ts";
export { type OutboxAudit } from "./outbox-audit.ts";
export { continueTrace, newTraceparent, traceIdOf, type Traceparent } from "./trace.ts";
export { inTime, within } from "./within.ts";
export { isTrouble } from "./trouble.ts";
