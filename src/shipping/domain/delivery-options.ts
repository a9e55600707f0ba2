import type { DeliveryMethod, DeliveryOption } from "../contract.ts";
import { addWorkingDays, isWorkingDay, workingDayFrom, type LocalMoment } from "./calendar.ts";
import { addDays, type Day } from "./day.ts";
import { MAX_WAIT_DAYS } from "./limits.ts";
import { extraDaysFor } from "./postcode-zones.ts";

export type DeliveryRequest = {
  readonly methods: readonly DeliveryMethod[];
  /** ISO 3166-1 alpha-2 code of the destination. */
  readonly country: string;
  /** Of the destination, once it is known; some ways do not go everywhere, or take longer. */
  readonly postcode?: string;
  readonly currency: string;
  /** Value of the goods in minor units, for "free from". */
  readonly itemsMinor: number;
  /** The shop's own wall clock. */
  readonly now: LocalMoment;
  /** Day on which the last goods arrive in the warehouse; absent when all lie on the shelf. */
  readonly goodsFrom?: Day;
};

/**
 * The ways that serve this basket, in the merchant's order, then by price, then by id. Empty means that the shop does
 * not deliver to the country or postcode (in this currency). Dates are working days: an order before the cut-off leaves the same
 * working day, any other the next one.
 */
export function deliveryOptions(request: DeliveryRequest): DeliveryOption[] {
  return request.methods
    .filter(
      (method) =>
        method.isActive && method.currency === request.currency && method.countries.includes(request.country),
    )
    .sort(
      (a, b) => a.position - b.position || a.priceMinor - b.priceMinor || (a.methodId < b.methodId ? -1 : 1),
    )
    .flatMap((method) => {
      const extraDays = extraDaysFor(method, request.country, request.postcode);
      return extraDays === undefined ? [] : [toOption(method, request, extraDays)];
    });
}

/**
 * Finds the chosen way among those that serve the basket. Until one is chosen, or when it does not serve any more, the
 * merchant's first way stands, so that a total is whole from the first page on.
 */
export const chooseDelivery = (
  options: readonly DeliveryOption[],
  methodId: string | undefined,
): DeliveryOption | undefined => options.find((option) => option.methodId === methodId) ?? options[0];

/** What the buyer has to add for free delivery by this way, in minor units; absent when it is free or never free. */
export function freeDeliveryGapMinor(option: DeliveryOption, itemsMinor: number): number | undefined {
  if (option.priceMinor === 0 || option.freeFromMinor === undefined) return undefined;
  return option.freeFromMinor - itemsMinor;
}

/** The way of a basket with nothing to send: no price, today's date. */
export function nothingToDeliver(now: LocalMoment): DeliveryOption {
  return {
    methodId: "none",
    name: "Nothing to deliver",
    carrier: "",
    priceMinor: 0,
    earliestDate: now.day,
    latestDate: now.day,
  };
}

function toOption(method: DeliveryMethod, request: DeliveryRequest, extraDays: number): DeliveryOption {
  const { country } = request;
  const { day, isBeforeCutoff } = dispatch(method, request);
  const isFree = method.freeFromMinor !== undefined && request.itemsMinor >= method.freeFromMinor;
  return {
    methodId: method.methodId,
    name: method.name,
    carrier: method.carrier,
    priceMinor: isFree ? 0 : method.priceMinor,
    ...(method.freeFromMinor === undefined ? {} : { freeFromMinor: method.freeFromMinor }),
    earliestDate: addWorkingDays(day, method.minDays + extraDays, country),
    latestDate: addWorkingDays(day, Math.max(method.minDays, method.maxDays) + extraDays, country),
    ...(isBeforeCutoff ? { cutoffHour: method.cutoffHour } : {}),
  };
}

/** The day on which the parcel leaves, and whether today's cut-off is what keeps it. */
function dispatch(method: DeliveryMethod, request: DeliveryRequest): { day: Day; isBeforeCutoff: boolean } {
  const today = request.now.day;
  const home = request.now.country ?? request.country;
  const isBeforeCutoff = isWorkingDay(today, home) && request.now.hour < method.cutoffHour;
  const leaves = isBeforeCutoff ? today : workingDayFrom(addDays(today, 1), home);
  // A date far away is a typing error in the catalogue; the promise stays bounded all the same.
  const latestWait = addDays(today, MAX_WAIT_DAYS);
  const goods =
    request.goodsFrom === undefined || request.goodsFrom < latestWait ? request.goodsFrom : latestWait;
  if (goods === undefined || goods <= leaves) return { day: leaves, isBeforeCutoff };
  return { day: workingDayFrom(goods, home), isBeforeCutoff: false };
}
