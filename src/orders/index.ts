export type * from "./contract.ts";
export { NOTIFICATION_EVENTS, ORDER_COOKIE, ORDER_COOKIE_SECONDS, SHIPPING_EVENTS } from "./contract.ts";
export type * from "./app/ports.ts";
export { declinedSentence } from "./app/decline-sentences.ts";
export { actionsOf } from "./app/order-actions.ts";
export { shownTitleOf, staffTitleOf } from "./app/line-titles.ts";
