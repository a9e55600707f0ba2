import { after, ok, refuse, SECOND_MS, type CartId, type EpochMs, type OrderId, type Result } from "#kernel";
import type { LinePosition, LineRefusal, LineSettings, OrderEnd, PassRequest } from "../contract.ts";
import {
  BURST_SECONDS,
  MAX_ADMIT_PER_SECOND,
  MAX_POLL_SECONDS,
  MAX_UNITS_PER_CUSTOMER,
  MIN_POLL_SECONDS,
  TURN_MS,
} from "./limits.ts";

/** One cart's place. Numbers are given once and in the order of arrival; whoever leaves gets a new one on return. */
export type Ticket = {
  readonly number: number;
  readonly cartId: CartId;
  readonly status: "waiting" | "admitted" | "redeemed" | "left";
  /** End of the turn; of a used one, when its order has to be there. */
  readonly admittedUntil?: EpochMs;
  readonly orderId?: OrderId;
  readonly customer?: string;
  readonly quantity?: number;
};

/** Admissions that may be given now; filled at the pace of the settings, up to a small burst. */
export type Pace = { readonly tokens: number; readonly at: EpochMs };

/** The allowance after the time since it was last looked at. A clock that was set back fills nothing. */
export function refill(pace: Pace, settings: LineSettings, now: EpochMs): Pace {
  const seconds = Math.max(0, now - pace.at) / SECOND_MS;
  const most = Math.max(1, settings.admitPerSecond * BURST_SECONDS);
  return { tokens: Math.min(most, pace.tokens + seconds * settings.admitPerSecond), at: now };
}

export type Room = {
  readonly waiting: number;
  /** Admitted, and not yet at the button. */
  readonly inside: number;
  /** Units that can be sold now; those of held orders are gone from it already. */
  readonly unitsLeft: number;
};

/**
 * How many of the first in line come in now. Never more people inside than there are units, so that nobody is called
 * to the counter to find it empty, and never faster than the pace.
 */
export function decideAdmissions(pace: Pace, room: Room): { readonly admit: number; readonly pace: Pace } {
  const places = Math.max(0, room.unitsLeft - room.inside);
  const admit = Math.min(Math.floor(pace.tokens), places, room.waiting);
  return { admit, pace: { ...pace, tokens: pace.tokens - admit } };
}

/** A turn begins. */
export const admit = (ticket: Ticket, now: EpochMs): Ticket => ({
  ...ticket,
  status: "admitted",
  admittedUntil: after(now, TURN_MS),
});

const hasTurn = (ticket: Ticket, now: EpochMs): boolean =>
  ticket.status === "admitted" && ticket.admittedUntil !== undefined && now < ticket.admittedUntil;

/** Turns that ran out unused. */
export const isOverdue = (ticket: Ticket, now: EpochMs): boolean =>
  ticket.status === "admitted" && !hasTurn(ticket, now);

/** What the shopper is told. `canAdmit` is false while every unit is in someone else's hands. */
export function positionOf(
  ticket: Ticket,
  line: { readonly ahead: number; readonly settings: LineSettings; readonly canAdmit: boolean },
): LinePosition {
  if (ticket.status === "redeemed" && ticket.orderId !== undefined)
    return { kind: "ordered", orderId: ticket.orderId };
  if (ticket.status === "admitted" && ticket.admittedUntil !== undefined)
    return { kind: "admitted", until: ticket.admittedUntil };
  const seconds = Math.ceil((line.ahead + 1) / line.settings.admitPerSecond);
  return {
    kind: "waiting",
    ahead: line.ahead,
    ...(line.canAdmit ? { estimatedSeconds: seconds } : {}),
    pollAfterSeconds: Math.min(Math.max(Math.ceil(seconds / 2), MIN_POLL_SECONDS), MAX_POLL_SECONDS),
  };
}

/** Units in orders of one customer that are alive, other than the order in question. */
export const orderedBy = (tickets: readonly Ticket[], request: PassRequest): number =>
  tickets
    .filter((ticket) => ticket.status === "redeemed" && ticket.orderId !== request.orderId)
    .reduce((sum, ticket) => sum + (ticket.quantity ?? 0), 0);

/**
 * Decides whether an order may go on to the counter. `sameCustomer` are the tickets under the customer's name, without
 * orders that came to nothing. Precedence: a repeat of the same order, the customer's limit, the turn.
 */
export function decidePass(
  ticket: Ticket,
  request: PassRequest,
  at: {
    readonly now: EpochMs;
    readonly settings: LineSettings;
    readonly sameCustomer: readonly Ticket[];
    readonly position: LinePosition;
  },
): Result<Ticket, LineRefusal> {
  if (ticket.status === "redeemed" && ticket.orderId === request.orderId) return ok(ticket);
  const limit = at.settings.unitsPerCustomer;
  const ordered = orderedBy(at.sameCustomer, request);
  if (limit !== undefined && ordered + request.quantity > limit)
    return refuse({ code: "customer_limit", limit, ordered });
  if (!hasTurn(ticket, at.now)) return refuse({ code: "not_admitted", position: at.position });
  const { orderId, customer, quantity } = request;
  // From here on its order may come; until then one that nobody knows yet is taken to be on its way.
  const admittedUntil = after(at.now, TURN_MS);
  return ok({ ...ticket, status: "redeemed", admittedUntil, orderId, customer, quantity });
}

/**
 * Whether the order of a used turn counts no more. One that nobody knows may be seconds from being placed: another cart
 * of the same customer has to wait for it, or both would pass the limit. In a cart itself two orders are never placed at
 * once, so its own turn is free at once.
 */
export function isTurnFree(
  ticket: Ticket,
  end: OrderEnd,
  at: { readonly now: EpochMs; readonly isOwn: boolean },
): boolean {
  if (end !== "unknown") return end === "over";
  return at.isOwn || ticket.admittedUntil === undefined || at.now >= ticket.admittedUntil;
}

/** An order came to nothing: its shopper has the turn back, for a full turn. */
export const reopen = (ticket: Ticket, now: EpochMs): Ticket => {
  const { number, cartId } = ticket;
  return admit({ number, cartId, status: "waiting" }, now);
};

/** Rebuilds settings from plain data; `undefined` when they are out of range. */
export function parseSettings(input: LineSettings): LineSettings | undefined {
  const { admitPerSecond, unitsPerCustomer } = input;
  const isPace =
    Number.isFinite(admitPerSecond) && admitPerSecond > 0 && admitPerSecond <= MAX_ADMIT_PER_SECOND;
  const isLimit =
    unitsPerCustomer === undefined ||
    (Number.isSafeInteger(unitsPerCustomer) &&
      unitsPerCustomer >= 1 &&
      unitsPerCustomer <= MAX_UNITS_PER_CUSTOMER);
  if (!isPace || !isLimit) return undefined;
  return { admitPerSecond, ...(unitsPerCustomer === undefined ? {} : { unitsPerCustomer }) };
}
