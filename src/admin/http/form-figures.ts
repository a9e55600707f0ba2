import { currency, parseDecimalMinor, PPM } from "#kernel";
import type { Values } from "./form-rows.ts";

const PPM_PER_PERCENT = PPM / 100;

/** A percentage from 0 to 100 in parts per million, with at most four decimals; `undefined` when it is none. */
export function readPercent(text: string | undefined): number | undefined {
  const typed = (text ?? "").trim().replace(",", ".");
  if (!/^\d{1,3}(?:\.\d{1,4})?$/.test(typed)) return undefined;
  const ppm = Math.round(Number(typed) * PPM_PER_PERCENT);
  return ppm <= PPM ? ppm : undefined;
}

/** The same as its field shows it. */
export const showPercent = (ppm: number): string => String(ppm / PPM_PER_PERCENT);

/** An amount in minor units, typed with a point or a comma; `undefined` when it is none. */
export const readMinor = (text: string | undefined, code: string): number | undefined =>
  parseDecimalMinor((text ?? "").trim().replace(",", "."), currency(code));

/** The version of the thing that a form was made from; 0 when it says none. */
export const readVersion = (values: Values): number =>
  Number(/^\d{1,9}$/.exec(values["version"] ?? "")?.[0] ?? 0);
