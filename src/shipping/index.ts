export type * from "./contract.ts";
export { wallClock, type Day, type LocalMoment } from "./domain/calendar.ts";
export {
  chooseDelivery,
  deliveryOptions,
  freeDeliveryGapMinor,
  nothingToDeliver,
  type DeliveryRequest,
} from "./domain/delivery-options.ts";
