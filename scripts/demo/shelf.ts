import type { SellingPolicy } from "#inventory";
import type { EpochMs } from "#kernel";
import { createRandom } from "./draw/random.ts";

/** Units and policy of one SKU as the demo shop starts. */
export type ShelfEntry = { readonly sku: string; readonly quantity: number; readonly policy: SellingPolicy };

const DAY_MS = 86_400_000;

/** YYYY-MM-DD in UTC, so many days after `now`. */
export const dayAfter = (now: EpochMs, days: number): string =>
  new Date(now + days * DAY_MS).toISOString().slice(0, 10);

type Plant = {
  readonly matches: RegExp;
  readonly quantity: number;
  readonly policy?: (now: EpochMs) => SellingPolicy;
};

/** The states that every page must show, by SKU; the first that matches counts. */
const PLANTS: readonly Plant[] = [
  { matches: /^KE-PR-MERIDIAN-/, quantity: 0 },
  { matches: /^KE-PR-HERON-70X100-/, quantity: 0 },
  { matches: /^KE-PR-HERON-A3-OAK$/, quantity: 3 },
  { matches: /^KE-PR-HERON-A4-OAK$/, quantity: 0 },
  {
    matches: /^KE-PR-TIDE-/,
    quantity: 0,
    policy: (now) => ({ kind: "backorder", limit: 60, expectedAt: dayAfter(now, 22) }),
  },
  { matches: /^KE-CL-KILN-RUST$/, quantity: 1 },
  {
    matches: /^KE-CL-SAWTOOTH-/,
    quantity: 0,
    policy: (now) => ({ kind: "preorder", limit: 40, expectedAt: dayAfter(now, 51) }),
  },
  { matches: /^KE-CL-SEDGE-PINE$/, quantity: 0 },
  { matches: /^KE-TI-FERNERY-50$/, quantity: 2 },
  { matches: /^KE-NB-STATIC-(PLAIN|DOTTED)$/, quantity: 0 },
  { matches: /^KE-NB-TRIMMING$/, quantity: 4 },
  { matches: /-SAMPLE$/, quantity: 200 },
];

/** How many units lie on the shelf, and what may be sold beyond them: a planted state, else 8 to 60 by the SKU itself. */
export function stockShelf(sku: string, now: EpochMs): ShelfEntry {
  const plant = PLANTS.find(({ matches }) => matches.test(sku));
  if (plant === undefined) return { sku, quantity: createRandom(sku).whole(8, 60), policy: { kind: "deny" } };
  return { sku, quantity: plant.quantity, policy: plant.policy?.(now) ?? { kind: "deny" } };
}
