import { after, epochMs, type EpochMs } from "#kernel";
import {
  AUTHORISE_RETRY_MS,
  PENDING_POLL_MS,
  SESSION_END_GRACE_MS,
  STEP_RETRY_MAX_MS,
  STEP_RETRY_MS,
  UNKNOWN_POLL_MAX_MS,
  UNKNOWN_POLL_MIN_MS,
} from "./limits.ts";
import { isEnding, type OrderState } from "./state.ts";

/** A call that the order has to make now. Each is idempotent, so a crash simply repeats it. */
export type Step = "hold" | "authorise" | "commit" | "capture" | "void" | "release";

/** The call that the state asks for; `undefined` while it waits for others or has ended. */
export function nextStep(state: OrderState): Step | undefined {
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
      return state.payment.kind === "pending" || state.payment.kind === "authorised" ? "void" : "release";
    case "cancelled":
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

/** The provider may have news that has not reached us: ask it. */
export function wantsPoll(state: OrderState): boolean {
  if (state.payment.kind === "unknown")
    return state.status === "payment_unknown" || state.status === "needs_attention";
  return state.status === "authorising" && state.payment.kind === "pending";
}

/** News from the provider could change something: payment is open or unknown, or the order was undone meanwhile. */
export const wantsNews = (state: OrderState): boolean =>
  state.status === "authorising" || isEnding(state.status) || wantsPoll(state);

const clamp = (value: number, least: number, most: number): number => Math.min(Math.max(value, least), most);

/**
 * When the order has to look at itself again; `undefined` when it waits for nobody. Always later than `now`, with
 * waits that grow with the age of what is awaited.
 */
export function nextWakeAt(state: OrderState, now: EpochMs): EpochMs | undefined {
  const step = nextStep(state);
  if (step) {
    const least = step === "authorise" ? AUTHORISE_RETRY_MS : STEP_RETRY_MS;
    return after(now, clamp(now - state.updatedAt, least, STEP_RETRY_MAX_MS));
  }
  if (!wantsPoll(state)) return undefined;
  const { payment } = state;
  if (payment.kind === "unknown")
    return after(now, clamp(now - payment.since, UNKNOWN_POLL_MIN_MS, UNKNOWN_POLL_MAX_MS));
  const poll = now + PENDING_POLL_MS;
  const end =
    payment.kind === "pending" && payment.expiresAt !== undefined
      ? payment.expiresAt + SESSION_END_GRACE_MS
      : poll;
  return epochMs(end > now ? Math.min(poll, end) : poll);
}
