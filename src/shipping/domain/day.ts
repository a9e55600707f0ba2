import { DAY_MS, invariant } from "#kernel";

/** A calendar day, YYYY-MM-DD. Text order is time order. */
export type Day = string;

const DAY_TEXT = /^\d{4}-\d{2}-\d{2}$/;

/** Midnight of the day, in UTC. */
export const toMs = (day: Day): number => {
  const value = DAY_TEXT.test(day) ? Date.parse(`${day}T00:00:00Z`) : Number.NaN;
  invariant(!Number.isNaN(value), `${day} is a calendar day`);
  return value;
};

/** The day `days` after `day`; negative goes back. */
export const addDays = (day: Day, days: number): Day =>
  new Date(toMs(day) + days * DAY_MS).toISOString().slice(0, 10);
