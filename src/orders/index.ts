export type * from "./contract.ts";
export { NOTIFICATION_EVENTS, SHIPPING_EVENTS } from "./contract.ts";
export type * from "./app/ports.ts";
