import { invariant } from "#kernel";
import type { JournalEntry } from "../contract.ts";
import { evolve, unitsAt, type Movement, type StockState } from "./level.ts";

/** What the journal says of a movement, without who and why. */
export type JournalFacts = Pick<
  JournalEntry,
  "sequence" | "kind" | "location" | "onHandChange" | "heldChange" | "onHandAfter" | "heldAfter" | "others"
>;

const QUIET = ["damaged", "safety", "incoming", "inTransit", "lent", "lentHeld"] as const;

/** The entry of a movement that has led to this state: changes and what they left. */
export function factsOf(after: StockState, { kind, location, change, ...set }: Movement): JournalFacts {
  const units = unitsAt(after, location);
  const counts = QUIET.flatMap((count) =>
    change[count] === undefined || change[count] === 0
      ? []
      : [[count, { change: change[count], after: units[count] }] as const],
  );
  const hasOthers = counts.length > 0 || set.policy !== undefined || set.arrangement !== undefined;
  return {
    sequence: after.version,
    kind,
    location,
    onHandChange: change.onHand ?? 0,
    heldChange: change.held ?? 0,
    onHandAfter: units.onHand,
    heldAfter: units.held,
    ...(hasOthers ? { others: { ...Object.fromEntries(counts), ...set } } : {}),
  };
}

/** The movement that an entry tells of. */
export function movementOf({
  kind,
  location,
  onHandChange,
  heldChange,
  others = {},
}: JournalFacts): Movement {
  const { policy, arrangement, ...counts } = others;
  const quiet = QUIET.flatMap((count) => {
    const counted = counts[count];
    return counted ? [[count, counted.change] as const] : [];
  });
  return {
    kind,
    location,
    change: { onHand: onHandChange, held: heldChange, ...Object.fromEntries(quiet) },
    ...(policy ? { policy } : {}),
    ...(arrangement ? { arrangement } : {}),
  };
}

/** Goes on from a state by the entries after it; throws a defect at a gap or where an entry does not add up. */
export function replay(start: StockState, entries: readonly JournalFacts[]): StockState {
  return entries.reduce((state, entry) => {
    invariant(entry.sequence === state.version + 1, `${state.sku}: the journal has no gap`);
    const next = evolve(state, movementOf(entry));
    const units = unitsAt(next, entry.location);
    const isRight =
      units.onHand === entry.onHandAfter &&
      units.held === entry.heldAfter &&
      QUIET.every((count) => {
        const counted = entry.others?.[count];
        return counted === undefined || counted.after === units[count];
      });
    invariant(isRight, `${state.sku}: journal entry ${entry.sequence} adds up`);
    return next;
  }, start);
}
