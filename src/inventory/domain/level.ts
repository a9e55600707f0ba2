import { invariant } from "#kernel";
import {
  DEFAULT_LOCATION,
  type Arrangement,
  type LocationLevel,
  type LocationUnits,
  type MovementKind,
  type SellingPolicy,
  type StockLevel,
} from "../contract.ts";
import { MAX_LOCATION_CHARACTERS, MAX_LOCATIONS, MAX_QUANTITY } from "./limits.ts";

/** The units of one SKU, by location. Everything in it is explained by the journal up to `version`. */
export type StockState = {
  readonly sku: string;
  readonly locations: ReadonlyMap<string, LocationUnits>;
  readonly arrangement: Arrangement;
  readonly policy: SellingPolicy;
  /** Sequence of the last journal entry. */
  readonly version: number;
};

/** One line of the journal before it gets its number. */
export type Movement = {
  readonly kind: MovementKind;
  readonly location: string;
  /** Signed; what is not named stays. */
  readonly change: Partial<LocationUnits>;
  readonly policy?: SellingPolicy;
  readonly arrangement?: Arrangement;
};

export const NO_UNITS: LocationUnits = {
  onHand: 0,
  held: 0,
  damaged: 0,
  safety: 0,
  incoming: 0,
  inTransit: 0,
};
const COUNTS = ["onHand", "held", "damaged", "safety", "incoming", "inTransit"] as const;

/** The arrangement that every shop begins with: one location, which serves orders. */
const FIRST_ARRANGEMENT: Arrangement = { revision: 1, serving: [DEFAULT_LOCATION] };

/** A SKU that nobody has touched: it has no units and sells none. */
export const untouched = (sku: string): StockState => ({
  sku,
  locations: new Map(),
  arrangement: FIRST_ARRANGEMENT,
  policy: { kind: "deny" },
  version: 0,
});

export const unitsAt = (state: StockState, location: string): LocationUnits =>
  state.locations.get(location) ?? NO_UNITS;

/** Units of a location that nobody has a claim on. */
export const available = (units: LocationUnits): number => units.onHand - units.held - units.safety;

export const availableAt = (state: StockState, location: string): number =>
  available(unitsAt(state, location));

/** What locations that serve orders have available, in sum: a shortage at one counts against the others. */
export const orderable = (state: StockState): number =>
  state.arrangement.serving.reduce((sum, location) => sum + availableAt(state, location), 0);

/** Units that may be promised beyond the shelf. */
export function promiseLimit(policy: SellingPolicy): number {
  switch (policy.kind) {
    case "deny":
      return 0;
    case "backorder":
    case "preorder":
      return policy.limit;
    case "untracked":
      return MAX_QUANTITY;
  }
}

/** Units that a new hold may take: what is there, plus what the policy allows to promise. */
export function sellable(state: StockState): number {
  if (state.policy.kind === "untracked") return MAX_QUANTITY;
  if (state.arrangement.serving.length === 0) return 0;
  return Math.max(0, orderable(state) + promiseLimit(state.policy));
}

/** Where an order is served from first, and what is sold beyond the shelf is owed. */
export const firstLocation = ({ arrangement }: StockState): string =>
  arrangement.serving[0] ?? DEFAULT_LOCATION;

/** Applies a movement; the only way a level changes. Defects: counts below zero, or beyond the safe integers. */
export function evolve(state: StockState, movement: Movement): StockState {
  const { location, change } = movement;
  const after = added(unitsAt(state, location), change);
  invariant(
    after.held >= 0 && after.damaged >= 0 && after.safety >= 0 && after.incoming >= 0 && after.inTransit >= 0,
    `${state.sku} at ${location}: no count but that on hand goes below zero`,
  );
  invariant(Number.isSafeInteger(after.onHand), `${state.sku} at ${location}: units are whole numbers`);
  return {
    sku: state.sku,
    locations: new Map(state.locations).set(location, after),
    arrangement: movement.arrangement ?? state.arrangement,
    policy: movement.policy ?? state.policy,
    version: state.version + 1,
  };
}

const added = (units: LocationUnits, change: Partial<LocationUnits>): LocationUnits => ({
  onHand: units.onHand + (change.onHand ?? 0),
  held: units.held + (change.held ?? 0),
  damaged: units.damaged + (change.damaged ?? 0),
  safety: units.safety + (change.safety ?? 0),
  incoming: units.incoming + (change.incoming ?? 0),
  inTransit: units.inTransit + (change.inTransit ?? 0),
});

/** The level as everybody else sees it. */
export function levelOf(state: StockState): StockLevel {
  const { serving } = state.arrangement;
  const others = [...state.locations.keys()].filter((code) => !serving.includes(code)).sort();
  const locations: readonly LocationLevel[] = [
    ...serving.filter((code) => state.locations.has(code)),
    ...others,
  ].map((location) => {
    const units = unitsAt(state, location);
    return { location, ...units, available: available(units), servesOrders: serving.includes(location) };
  });
  const sum = [...state.locations.values()].reduce(added, NO_UNITS);
  return {
    sku: state.sku,
    ...sum,
    available: available(sum),
    orderable: orderable(state),
    policy: state.policy,
    locations,
    arrangement: state.arrangement.revision,
    version: state.version,
  };
}

/** Tells whether two sets of counts are the same. */
export const isSameUnits = (a: LocationUnits, b: LocationUnits): boolean =>
  COUNTS.every((count) => a[count] === b[count]);

const CODE = /^[a-z0-9][a-z0-9-]*$/;

/** Tells whether text can be a location's code: small letters, digits and hyphens. */
export const isLocationCode = (text: unknown): text is string =>
  typeof text === "string" && text.length <= MAX_LOCATION_CHARACTERS && CODE.test(text);

/** Why units cannot be at this location; `undefined` when they can. */
export function locationFault(state: StockState, location: string): string | undefined {
  if (!isLocationCode(location)) return "A location code is made of small letters, digits and hyphens.";
  if (!state.locations.has(location) && state.locations.size >= MAX_LOCATIONS)
    return `A SKU lies at ${MAX_LOCATIONS} locations at most.`;
  return undefined;
}

/** Tells whether a value is a whole number of units from `minimum` to the bound. */
export const isQuantity = (value: unknown, minimum: number): value is number =>
  Number.isSafeInteger(value) && Number(value) >= minimum && Number(value) <= MAX_QUANTITY;
