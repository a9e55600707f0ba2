/** Ways of delivery, their price and the dates they promise. */

/** Postcodes that a way of delivery treats in another way, such as islands. */
export type PostcodeZone = {
  readonly country: string;
  /** First and last beginning, both inclusive, in capitals and digits: `258` to `259` are all codes that begin so. */
  readonly from: string;
  readonly to: string;
  /** Working days more; absent: the way does not go there. */
  readonly extraDays?: number;
};

/** A way to deliver, as a merchant sets it up; one row in D1. */
export type DeliveryMethod = {
  readonly methodId: string;
  readonly name: string;
  readonly carrier: string;
  /** ISO 3166-1 alpha-2 codes. */
  readonly countries: readonly string[];
  readonly currency: string;
  readonly priceMinor: number;
  /** Free from this value of goods on. */
  readonly freeFromMinor?: number;
  /** Working days in transit, after dispatch. */
  readonly minDays: number;
  readonly maxDays: number;
  /** Orders before this hour (shop time zone, 0–23) leave the same working day. */
  readonly cutoffHour: number;
  readonly position: number;
  /** The first that fits counts; everywhere else the usual time holds. */
  readonly postcodeZones: readonly PostcodeZone[];
  readonly isActive: boolean;
};

/** A way that serves this basket and country, with price and dates worked out. */
export type DeliveryOption = {
  readonly methodId: string;
  readonly name: string;
  readonly carrier: string;
  readonly priceMinor: number;
  readonly freeFromMinor?: number;
  /** YYYY-MM-DD, both inclusive. */
  readonly earliestDate: string;
  readonly latestDate: string;
  /** Hour before which an order today keeps these dates; absent when today's cut-off has passed. */
  readonly cutoffHour?: number;
};
