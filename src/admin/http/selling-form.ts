import { parsePolicy, type Bundle, type Location, type SellingPolicy, type StockLevel } from "#inventory";
import type { FormFields } from "#web";
import type { SellingForm } from "../pages/selling-pages.tsx";
import { writeUnitLines } from "./unit-lines.ts";

/** Units that a policy, a safety stock or an announcement may name; the stock object takes no more. */
export const MAX_UNITS = 1_000_000;

export type Mistake = { readonly field: string; readonly message: string };
type Read<T> =
  { readonly ok: true; readonly value: T } | { readonly ok: false; readonly errors: readonly Mistake[] };

/** Whole units from 0 to the limit; `undefined` for any other text. */
export function readUnits(text: string): number | undefined {
  const units = /^\d{1,7}$/.test(text) ? Number(text) : Number.NaN;
  return units <= MAX_UNITS ? units : undefined;
}

const EMPTY = { kind: "", limit: "", expectedAt: "" };

/** The forms of a SKU as it stands. */
export function sellingFormFrom(
  level: StockLevel,
  bundle: Bundle,
  locations: readonly Location[],
): SellingForm {
  const { policy } = level;
  const keptAt = (code: string): number => level.locations.find((at) => at.location === code)?.safety ?? 0;
  return {
    ...EMPTY,
    kind: policy.kind,
    ...("limit" in policy ? { limit: String(policy.limit), expectedAt: policy.expectedAt ?? "" } : {}),
    safety: Object.fromEntries(locations.map(({ code }) => [code, String(keptAt(code))])),
    components: writeUnitLines(bundle.components),
  };
}

/** What was sent of one of the forms, over the others as they stand. */
export const sentOver = (standing: SellingForm, fields: FormFields): SellingForm => {
  const text = (name: string, otherwise: string): string => (fields[name] ?? otherwise).trim();
  return {
    kind: text("kind", standing.kind),
    limit: text("limit", standing.limit),
    expectedAt: text("expectedAt", standing.expectedAt),
    safety: Object.fromEntries(
      Object.entries(standing.safety).map(([code, units]) => [code, text(`safety-${code}`, units)]),
    ),
    components: text("components", standing.components),
  };
};

/** Reads the policy that the form means; every mistake at once, each at its field. */
export function readPolicy({ kind, limit, expectedAt }: SellingForm): Read<SellingPolicy> {
  const isBeyondShelf = kind === "backorder" || kind === "preorder";
  const day = expectedAt === "" ? {} : { expectedAt };
  const input = isBeyondShelf ? { kind, limit: readUnits(limit), ...day } : { kind };
  const policy = parsePolicy(input);
  if (policy) return { ok: true, value: policy };
  if (!isBeyondShelf) return { ok: false, errors: [{ field: "kind", message: "Select a selling policy." }] };
  const isLimitWrong = readUnits(limit) === undefined;
  const isDayWrong =
    parsePolicy({ kind: "preorder", limit: 0, expectedAt }) === undefined &&
    (kind === "preorder" || expectedAt !== "");
  const errors = [
    ...(isLimitWrong ? [{ field: "limit", message: `Enter a whole number from 0 to ${MAX_UNITS}.` }] : []),
    ...(isDayWrong ? [{ field: "expectedAt", message: "Enter the day, such as 2026-12-14." }] : []),
  ];
  return { ok: false, errors };
}
