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

/** A location's units as the object counts them. What is lent to shards still counts as on hand. */
export type ShelfUnits = LocationUnits & {
  /** On hand, but lent to shards and not known to be sold: in parcels, free or held there. */
  readonly lent: number;
  /** The part of `lent` that orders hold at shards, as the shards said last. */
  readonly lentHeld: number;
};

/** The units of one SKU, by location. Everything in it is explained by the journal up to `version`. */
export type StockState = {
  readonly sku: string;
  readonly locations: ReadonlyMap<string, ShelfUnits>;
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
  readonly change: Partial<ShelfUnits>;
  readonly policy?: SellingPolicy;
  readonly arrangement?: Arrangement;
};

export const NO_UNITS: ShelfUnits = {
  onHand: 0,
  held: 0,
  damaged: 0,
  safety: 0,
  incoming: 0,
  inTransit: 0,
  lent: 0,
  lentHeld: 0,
};
const COUNTS = ["onHand", "held", "damaged", "safety", "incoming", "inTransit", "lent", "lentHeld"] as const;

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

export const unitsAt = (state: StockState, location: string): ShelfUnits =>
  state.locations.get(location) ?? NO_UNITS;

/** Units of a location that nobody has a claim on and no shard has. */
export const available = (units: ShelfUnits): number => units.onHand - units.held - units.safety - units.lent;

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
    COUNTS.every((count) => count === "onHand" || after[count] >= 0),
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

const added = (units: ShelfUnits, change: Partial<ShelfUnits>): ShelfUnits => ({
  onHand: units.onHand + (change.onHand ?? 0),
  held: units.held + (change.held ?? 0),
  damaged: units.damaged + (change.damaged ?? 0),
  safety: units.safety + (change.safety ?? 0),
  incoming: units.incoming + (change.incoming ?? 0),
  inTransit: units.inTransit + (change.inTransit ?? 0),
  lent: units.lent + (change.lent ?? 0),
  lentHeld: units.lentHeld + (change.lentHeld ?? 0),
});

/** The level as everybody else sees it. */
export function levelOf(state: StockState): StockLevel {
  const { serving } = state.arrangement;
  const others = [...state.locations.keys()].filter((code) => !serving.includes(code)).sort();
  const locations: readonly LocationLevel[] = [
    ...serving.filter((code) => state.locations.has(code)),
    ...others,
  ].map((location) => {
    return { location, ...shown(unitsAt(state, location)), servesOrders: serving.includes(location) };
  });
  return {
    sku: state.sku,
    ...shown(sumOf(state)),
    orderable: locations.reduce(
      (sum, { servesOrders, available }) => sum + (servesOrders ? available : 0),
      0,
    ),
    policy: state.policy,
    locations,
    arrangement: state.arrangement.revision,
    version: state.version,
  };
}

/** All locations together. */
export const sumOf = (state: StockState): ShelfUnits => [...state.locations.values()].reduce(added, NO_UNITS);

/** Others see where units stand, not which object sells them: units that are held at shards are held. */
function shown({ lent: _lent, lentHeld, ...units }: ShelfUnits): LocationUnits & { available: number } {
  const held = units.held + lentHeld;
  return { ...units, held, available: units.onHand - held - units.safety };
}

/** Tells whether two sets of counts are the same. */
export const isSameUnits = (a: ShelfUnits, b: ShelfUnits): boolean =>
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
