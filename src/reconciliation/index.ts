export type * from "./contract.ts";
export { JOB_NAMES } from "./contract.ts";
export { BREAK_CLASS_NAMES, isBreakClass, REPAIR_ACTIONS } from "./domain/breaks.ts";
