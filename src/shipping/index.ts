export type * from "./contract.ts";
export { wallClock, type LocalMoment } from "./domain/calendar.ts";
export { type Day } from "./domain/day.ts";
export {
  chooseDelivery,
  deliveryOptions,
  freeDeliveryGapMinor,
  nothingToDeliver,
  type DeliveryRequest,
} from "./domain/delivery-options.ts";
