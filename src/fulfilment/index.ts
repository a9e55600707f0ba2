export type * from "./contract.ts";
export { PARCEL_STATUSES, carrierScanSchema } from "./contract.ts";
