export type * from "./contract.ts";
export { PARCEL_STATUSES, carrierScanSchema } from "./contract.ts";
export { replayDeadLetter, type ReplayRefusal } from "./app/replay-dead-letter.ts";
