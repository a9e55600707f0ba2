import { ok, type EpochMs } from "#kernel";
import type { OrderCommand } from "./commands.ts";
import { decide } from "./decide.ts";
import { afterAll, type Decision } from "./decision.ts";
import type { OrderEvent } from "./events.ts";
import { PLACEMENT, type OrderState } from "./state.ts";
import { nextSteps, type Step } from "./steps.ts";

/** What an order would owe once an answer is recorded, and the order as it would be then. */
export type JoinedStep = { readonly step: Step; readonly state: OrderState };

/** Steps whose answer may wait for that of the step after them. */
const JOINED: Readonly<Partial<Record<Step["kind"], Step["kind"]>>> = { commit: "capture" };

/**
 * The capture that follows a whole commit of the placement: both answers are recorded in one write. Nobody may call the
 * order off differently in between than afterwards, both calls are safe to repeat, and money that a crash has left
 * captured and unrecorded is found by the repeat or, when the order is undone meanwhile, by the void that meets it. No
 * other pair is like that: an authorisation that nobody has recorded would be asked back by nobody.
 */
export function joinedStep(
  state: OrderState | undefined,
  step: Step,
  { answer, now }: { readonly answer: OrderCommand; readonly now: EpochMs },
): JoinedStep | undefined {
  const follower = JOINED[step.kind];
  if (!state || !follower || !isOfPlacement(step)) return undefined;
  const decision = decide(state, answer, now);
  if (!decision.ok) return undefined;
  const after = afterAll(state, decision.value, now);
  const next = nextSteps(after)[0];
  return next?.kind === follower && isOfPlacement(next) ? { step: next, state: after } : undefined;
}

const isOfPlacement = (step: Step): boolean => "part" in step && step.part === PLACEMENT;

/** Decides commands in their order, each on what those before it have led to; the first refusal ends it. */
export function decideInTurn(
  state: OrderState | undefined,
  commands: readonly OrderCommand[],
  now: EpochMs,
): Decision {
  const events: OrderEvent[] = [];
  for (const command of commands) {
    const decision = decide(state && afterAll(state, events, now), command, now);
    if (!decision.ok) return events.length > 0 ? ok(events) : decision;
    events.push(...decision.value);
  }
  return ok(events);
}
