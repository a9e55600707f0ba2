import { setTimeout as sleep } from "node:timers/promises";
import type { Random } from "../support/random.ts";
import {
  ask,
  readyCheckout,
  UnexpectedAnswer,
  type Placed,
  type Problem,
  type Wish,
} from "../support/shop-client.ts";

/** One wish to buy: everything that a client must remember to repeat its request to the letter. */
export type Attempt = {
  readonly key: string;
  readonly email: string;
  readonly checkoutId: string;
  readonly totalMinor: number;
  readonly wishes: readonly Wish[];
  readonly token: string;
  /** When the first request left and when the final answer came, in ms since the epoch. */
  sentAtMs?: number;
  answeredAtMs?: number;
  /** Requests without an answer before the final one. */
  unanswered: number;
  outcome?:
    | { readonly kind: "acknowledged"; readonly text: string; readonly placed: Placed }
    | { readonly kind: "refused"; readonly type: string };
};

export type Shopping = {
  readonly origin: string;
  readonly random: Random;
  /** Sold until it is gone: everybody wants it. */
  readonly scarceSku: string;
  readonly otherSkus: readonly [string, ...string[]];
  /** Everything that was ever asked for is noted here before the request leaves. */
  readonly attempts: Attempt[];
  /** Answers that no client should ever see. */
  readonly surprises: string[];
  readonly isOver: () => boolean;
  /** While true, what was begun is seen through and nothing new is begun. */
  readonly isPaused: () => boolean;
};

/** Mostly buyers who pay; some whose bank says no, and some whose bank's answer is lost. */
const TOKENS = [
  "tok_approve",
  "tok_approve",
  "tok_approve",
  "tok_approve",
  "tok_approve",
  "tok_approve_drop",
  "tok_approve_drop",
  "tok_decline",
] as const;

/** Milliseconds between two looks at whether the pause is over. */
const PAUSE_MS = 50;

/** Milliseconds before a client asks a silent shop again. */
const RETRY_MS = 150;

/** Refusals that mean "not yet": the same key is to be sent again. */
const NOT_YET = ["/request-in-progress", "/web/unavailable", "/checkout/unavailable"];

/** Buys again and again until shopping is over; the last request is always seen through to its answer. */
export async function shop(shopping: Shopping, shopper: number): Promise<void> {
  for (let turn = 1; !shopping.isOver(); turn += 1) {
    while (shopping.isPaused()) await sleep(PAUSE_MS);
    const attempt = await prepare(shopping, `s${shopper}-${turn}`);
    if (attempt) await seeThrough(shopping, attempt);
  }
}

/** Brings a new checkout up to paying; `undefined` when the shop went away meanwhile. */
async function prepare(shopping: Shopping, name: string): Promise<Attempt | undefined> {
  const { origin, random } = shopping;
  const other = random.pick(shopping.otherSkus);
  const wishes: Wish[] = [{ sku: other, quantity: random.whole(1, 3) }];
  if (random.next() < 0.5) wishes.push({ sku: shopping.scarceSku, quantity: random.whole(1, 2) });
  const token = random.pick(TOKENS);
  const email = `${name}@shopper.example`;
  try {
    const checkout = await readyCheckout(origin, wishes, email);
    const attempt: Attempt = {
      key: `${name}-${random.whole(0, 999_999_999)}`,
      email,
      checkoutId: checkout.id,
      totalMinor: checkout.total.amountMinor,
      wishes,
      token,
      unanswered: 0,
    };
    shopping.attempts.push(attempt);
    return attempt;
  } catch (error) {
    if (error instanceof UnexpectedAnswer && !isFair(error)) shopping.surprises.push(error.message);
    await sleep(RETRY_MS);
    return undefined;
  }
}

/** A shop that is short of something says 409; one of which a part is gone says 503. */
const isFair = ({ status }: UnexpectedAnswer): boolean => status === 409 || status === 503;

/** Sends the same request until it is answered for good. */
async function seeThrough(shopping: Shopping, attempt: Attempt): Promise<void> {
  attempt.sentAtMs = Date.now();
  while (!attempt.outcome) {
    const answer = await place(shopping.origin, attempt).catch(() => undefined);
    if (!answer) attempt.unanswered += 1;
    else if (answer.status === 201) {
      attempt.outcome = { kind: "acknowledged", text: answer.text, placed: answer.body as Placed };
    } else if (isFinal(answer.status, answer.body as Problem)) {
      attempt.outcome = { kind: "refused", type: (answer.body as Problem).type };
    } else if (answer.status >= 500 && answer.status !== 503) {
      shopping.surprises.push(`place answered ${answer.status}: ${answer.text.slice(0, 300)}`);
    }
    if (!attempt.outcome) await sleep(RETRY_MS);
  }
  attempt.answeredAtMs = Date.now();
}

/** The request of an attempt, the same to the letter each time. */
export const place = (origin: string, { checkoutId, key, token, totalMinor }: Attempt) =>
  ask<unknown>(origin, {
    method: "POST",
    path: `/api/checkouts/${checkoutId}/place`,
    json: { payment: { kind: "token", token }, expectedTotal: { currency: "EUR", amountMinor: totalMinor } },
    headers: { "idempotency-key": key },
  });

const isFinal = (status: number, problem: Problem): boolean =>
  status < 500
    ? !NOT_YET.some((end) => problem.type.endsWith(end))
    : problem?.type?.endsWith("/payment-unavailable") === true;
