import { after, MINUTE_MS, type EpochMs } from "#kernel";
import type { OrderStatus, RefundMovement } from "../contract.ts";
import {
  AUTHORISE_RETRY_MS,
  PENDING_POLL_MS,
  REFUND_PENDING_POLL_MAX_MS,
  REFUND_PENDING_POLL_MS,
  SESSION_END_GRACE_MS,
  STEP_RETRY_MS,
  UNKNOWN_POLL_MIN_MS,
  WAIT_LATER_MAX_MS,
  WAIT_YOUNG_MAX_MS,
  YOUNG_MS,
} from "./limits.ts";
import { mayArriveLate } from "./payment-state.ts";
import {
  isEnding,
  PLACEMENT,
  type EditState,
  type EndedPayment,
  type OrderState,
  type PaymentState,
} from "./state.ts";

/** A call that the order owes now. Each is idempotent, so a crash simply repeats it. */
export type Step =
  | {
      readonly kind: "hold" | "authorise" | "commit" | "capture" | "void" | "release";
      /** 0 for the placement, n for the n-th edit. */
      readonly part: number;
    }
  | { readonly kind: "take-back" }
  | { readonly kind: "refund"; readonly movementId: string };

/** A question to the provider that may bring news; it is asked at its time, not at once. */
export type Poll =
  | { readonly kind: "payment"; readonly part: number }
  | { readonly kind: "refund"; readonly movementId: string };

/** Names a step in logs, audits and failpoints. */
export function stepName(step: Step): string {
  switch (step.kind) {
    case "refund":
      return `refund:${step.movementId}`;
    case "take-back":
      return step.kind;
    default:
      return step.part === PLACEMENT ? step.kind : `edit-${step.kind}`;
  }
}

/** Every call that the state asks for, the saga's own first. One that gets no answer does not hold back the others. */
export function nextSteps(state: OrderState): Step[] {
  const saga = sagaStep(state);
  const edit = state.edit ? editStep(state.edit) : undefined;
  return [
    ...(saga ? [{ kind: saga, part: PLACEMENT }] : []),
    ...(edit && state.edit ? [{ kind: edit, part: state.edit.part }] : []),
    ...endedEditsOf(state, ({ payment }) => payment.kind === "authorised").map(lateVoid),
    ...(state.takeBacks.some((unit) => !unit.isDone) ? [{ kind: "take-back" as const }] : []),
    ...movementsOf(state)
      .filter((movement) => movement.status === "requested")
      .map(({ movementId }) => ({ kind: "refund" as const, movementId })),
  ];
}

/** The first of them; `undefined` while the order waits for others or has ended. */
export const nextStep = (state: OrderState): Step | undefined => nextSteps(state)[0];

const lateVoid = (part: number): Step => ({ kind: "void", part });

/** Parts of the edits that came to nothing and whose payment is such. */
const endedEditsOf = (state: OrderState, isSuch: (asked: EndedPayment) => boolean): number[] =>
  state.edits.flatMap(({ part, outcome, asked }) =>
    outcome === "abandoned" && asked && isSuch(asked) ? [part] : [],
  );

type PartStep = Extract<Step, { part: number }>["kind"];

function sagaStep(state: OrderState): PartStep | undefined {
  const isVoidable = state.payment.kind === "pending" || state.payment.kind === "authorised";
  switch (state.status) {
    case "holding":
      return "hold";
    case "authorising":
      return state.payment.kind === "requested" ? "authorise" : undefined;
    case "committing":
      return "commit";
    case "capturing":
      return "capture";
    case "releasing":
      return isVoidable ? "void" : "release";
    case "cancelled":
    case "refunding":
    case "refunded":
      return state.payment.kind === "authorised" ? "void" : undefined;
    case "created":
    case "held":
    case "authorised":
    case "payment_unknown":
    case "confirmed":
    case "fulfilling":
    case "shipped":
    case "delivered":
    case "closed":
    case "needs_attention":
      return undefined;
  }
}

function editStep(edit: EditState): PartStep | undefined {
  switch (edit.stage) {
    case "holding":
      return "hold";
    case "paying":
      return edit.payment.kind === "requested" ? "authorise" : undefined;
    case "committing":
      return "commit";
    case "capturing":
      return "capture";
    case "releasing":
      if (edit.payment.kind === "pending" || edit.payment.kind === "authorised") return "void";
      // Nobody knows yet whether money will come: the polls find out, and the hold runs out by itself meanwhile.
      return edit.payment.kind === "unknown" ? undefined : "release";
  }
}

const movementsOf = (state: OrderState): RefundMovement[] =>
  state.refunds.flatMap((refund) => refund.movements);

const isOpen = (payment: PaymentState): boolean => payment.kind === "pending" || payment.kind === "unknown";

/** What the provider may have news of: payments and refunds that are open with it or that nobody knows the end of. */
export function pollsOf(state: OrderState): Poll[] {
  const isAsked =
    state.payment.kind === "unknown"
      ? state.status === "payment_unknown" || state.status === "needs_attention" || isEnding(state.status)
      : state.status === "authorising" && state.payment.kind === "pending";
  const { edit } = state;
  return [
    ...(isAsked ? [{ kind: "payment" as const, part: PLACEMENT }] : []),
    ...(edit && (edit.stage === "paying" || edit.stage === "releasing") && isOpen(edit.payment)
      ? [{ kind: "payment" as const, part: edit.part }]
      : []),
    ...movementsOf(state)
      .filter((movement) => movement.status === "unknown" || movement.status === "pending")
      .map(({ movementId }) => ({ kind: "refund" as const, movementId })),
  ];
}

/**
 * What a webhook may be about, although nothing is polled for: money that arrives while an order is undone, or after an
 * edit was given up.
 */
export function newsPollsOf(state: OrderState | undefined): Poll[] {
  if (!state) return [];
  const late = endedEditsOf(state, mayArriveLate).map((part) => ({ kind: "payment" as const, part }));
  const polls = [...pollsOf(state), ...late];
  const isPolled = polls.some((poll) => poll.kind === "payment" && poll.part === PLACEMENT);
  const isNews = state.attempt > 0 && (state.status === "authorising" || isEnding(state.status));
  return isNews && !isPolled ? [{ kind: "payment", part: PLACEMENT }, ...polls] : polls;
}

const clamp = (value: number, least: number, most: number): number => Math.min(Math.max(value, least), most);

/** The longest wait: 20 seconds while the matter is young, then up to 2 minutes. */
const longest = (ageMs: number): number => (ageMs < YOUNG_MS ? WAIT_YOUNG_MAX_MS : WAIT_LATER_MAX_MS);

/**
 * When the order has to look at itself again; `undefined` when it waits for nobody. Always later than `now`, with
 * waits that grow with the age of what is awaited.
 */
export function nextWakeAt(state: OrderState, now: EpochMs): EpochMs | undefined {
  const waits = [
    ...nextSteps(state).map((step) => stepWait(step, state, now)),
    ...pollsOf(state).map((poll) => pollWait(poll, state, now)),
  ];
  return waits.length === 0 ? undefined : after(now, Math.min(...waits));
}

function stepWait(step: Step, state: OrderState, now: EpochMs): number {
  const age = now - state.updatedAt;
  return clamp(age, step.kind === "authorise" ? AUTHORISE_RETRY_MS : STEP_RETRY_MS, longest(age));
}

function pollWait(poll: Poll, state: OrderState, now: EpochMs): number {
  if (poll.kind === "refund") {
    const refund = state.refunds.find((entry) =>
      entry.movements.some(({ movementId }) => movementId === poll.movementId),
    );
    const isPending = refund?.movements.some(
      ({ movementId, status }) => movementId === poll.movementId && status === "pending",
    );
    const age = now - (refund?.requestedAt ?? now);
    if (isPending) return clamp(age, REFUND_PENDING_POLL_MS, REFUND_PENDING_POLL_MAX_MS);
    return clamp(age, UNKNOWN_POLL_MIN_MS, longest(age));
  }
  const payment = poll.part === PLACEMENT ? state.payment : (state.edit?.payment ?? state.payment);
  if (payment.kind === "unknown") {
    const age = now - payment.since;
    return clamp(age, UNKNOWN_POLL_MIN_MS, longest(age));
  }
  return pendingWait(payment, poll.part === PLACEMENT ? state.choice : state.edit?.choice, now);
}

/** A payment page is looked at every half minute and at its end; a bank transfer only at its end. */
function pendingWait(payment: PaymentState, choice: OrderState["choice"] | undefined, now: EpochMs): number {
  const end =
    payment.kind === "pending" && payment.expiresAt !== undefined
      ? payment.expiresAt + SESSION_END_GRACE_MS - now
      : undefined;
  if (choice?.kind === "manual") return end !== undefined && end > 0 ? end : MANUAL_POLL_MS;
  return end !== undefined && end > 0 ? Math.min(PENDING_POLL_MS, end) : PENDING_POLL_MS;
}

/** Milliseconds between looks at a bank transfer that names no end. */
const MANUAL_POLL_MS = 60 * MINUTE_MS;

const FINAL: readonly OrderStatus[] = ["cancelled", "refunded", "delivered", "closed"];
/** Nothing more happens to this order by itself: no call is owed and no answer is awaited. */
export const isSettled = (state: OrderState): boolean =>
  FINAL.includes(state.status) && nextSteps(state).length === 0 && pollsOf(state).length === 0;
