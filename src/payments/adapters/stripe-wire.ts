import { currency, epochMs, ok, refuse, SECOND_MS, type EpochMs, type Money, type Result } from "#kernel";
import type { DeclineReason, PaymentOutcome, RefundOutcome } from "#orders";
import * as z from "zod";
import { fromStripeAmount, toStripeAmount } from "../domain/stripe-amounts.ts";
import type { StripeRefusal } from "./stripe-client.ts";

/** Names of our facts in Stripe's metadata. */
export const META = { key: "kerbside_key", order: "order_id", seconds: "session_seconds" } as const;

const metadata = z.record(z.string(), z.string()).nullish();
const code = z.string().regex(/^[a-z]{3}$/);

const intentSchema = z.object({
  object: z.literal("payment_intent"),
  id: z.string().regex(/^pi_\w{1,100}$/),
  status: z.enum([
    "requires_payment_method",
    "requires_confirmation",
    "requires_action",
    "processing",
    "requires_capture",
    "canceled",
    "succeeded",
  ]),
  amount: z.int().min(0),
  amount_capturable: z.int().min(0),
  amount_received: z.int().min(0),
  currency: code,
  metadata,
  last_payment_error: z
    .object({ code: z.string().optional(), decline_code: z.string().optional() })
    .nullish(),
  latest_charge: z
    .union([
      z.string(),
      z.object({
        payment_method_details: z
          .object({ card: z.object({ last4: z.string().nullish() }).nullish() })
          .nullish(),
      }),
    ])
    .nullish(),
});
export type StripeIntent = z.infer<typeof intentSchema>;

const sessionSchema = z.object({
  object: z.literal("checkout.session"),
  id: z.string().regex(/^cs_\w{1,200}$/),
  status: z.enum(["open", "complete", "expired"]),
  url: z
    .url({ protocol: /^https$/ })
    .max(2_000)
    .nullish(),
  created: z.int().min(0),
  metadata,
  payment_intent: z.union([z.string(), intentSchema]).nullish(),
  amount_total: z.int().min(0).nullish(),
  currency: code.nullish(),
});
export type StripeSession = z.infer<typeof sessionSchema>;

const refundSchema = z.object({
  object: z.literal("refund"),
  id: z.string().regex(/^\w{1,100}$/),
  status: z.enum(["pending", "requires_action", "succeeded", "failed", "canceled"]),
  amount: z.int().min(0),
  currency: code,
  metadata,
  failure_reason: z.string().nullish(),
});
export type StripeRefund = z.infer<typeof refundSchema>;

const listSchema = z.object({ data: z.array(z.unknown()).max(100) });

/** What a reply has to agree with. */
export type Expected = { readonly key?: string; readonly amount?: Money };
type WireRefusal = { readonly code: "reply_wrong"; readonly detail: string };
const wrong = (detail: string): Result<never, WireRefusal> => refuse({ code: "reply_wrong", detail });

function read<T>(schema: z.ZodType<T>, value: unknown): Result<T, WireRefusal> {
  const parsed = schema.safeParse(value);
  return parsed.success ? ok(parsed.data) : wrong(`shape: ${parsed.error.issues[0]?.path.join(".") ?? "?"}`);
}

/** Reads a payment and holds it against what we asked for. */
export function readIntent(value: unknown, expected: Expected): Result<StripeIntent, WireRefusal> {
  const intent = read(intentSchema, value);
  if (!intent.ok) return intent;
  const isOurs = agrees(intent.value.metadata, expected) && isAmount(intent.value, expected.amount);
  return isOurs ? intent : wrong("differs: key, amount or currency");
}

export function readSession(value: unknown, expected: Expected): Result<StripeSession, WireRefusal> {
  const session = read(sessionSchema, value);
  if (!session.ok) return session;
  const { amount_total: amount, currency: code } = session.value;
  const isOurs =
    agrees(session.value.metadata, expected) &&
    (typeof amount !== "number" || !code || isAmount({ amount, currency: code }, expected.amount));
  return isOurs ? session : wrong("differs: key, amount or currency");
}

export function readRefund(value: unknown, expected: Expected): Result<StripeRefund, WireRefusal> {
  const refund = read(refundSchema, value);
  if (!refund.ok) return refund;
  const isOurs = agrees(refund.value.metadata, expected) && isAmount(refund.value, expected.amount);
  return isOurs ? refund : wrong("differs: key, amount or currency");
}

export const readList = (value: unknown): readonly unknown[] | undefined =>
  listSchema.safeParse(value).data?.data;

const agrees = (facts: z.infer<typeof metadata>, { key }: Expected): boolean =>
  key === undefined || facts?.[META.key] === key;

const isAmount = (told: { amount: number; currency: string }, asked: Money | undefined): boolean =>
  asked === undefined ||
  (told.currency === asked.currency.toLowerCase() && told.amount === toStripeAmount(asked));

const minorOf = (code: string, amount: number): number | undefined =>
  fromStripeAmount(currency(code.toUpperCase()), amount);

/** The one translation of a payment's state. A page's payment waits for another card; a token's is over. */
export function outcomeOfIntent(intent: StripeIntent): PaymentOutcome {
  const reference = intent.id;
  switch (intent.status) {
    case "requires_payment_method": {
      const isPage = intent.metadata?.[META.seconds] !== undefined;
      if (isPage || !intent.last_payment_error) return { kind: "pending", reference };
      return { kind: "declined", reference, reason: reasonOf(intent.last_payment_error), isFinal: true };
    }
    case "requires_confirmation":
    case "requires_action":
    case "processing":
      return { kind: "pending", reference };
    case "requires_capture":
      return funded("authorised", intent, intent.amount_capturable);
    case "succeeded":
      return funded("captured", intent, intent.amount_received);
    case "canceled":
      return { kind: "voided", reference };
  }
}

function funded(kind: "authorised" | "captured", intent: StripeIntent, amount: number): PaymentOutcome {
  const amountMinor = minorOf(intent.currency, amount);
  if (amountMinor === undefined) return { kind: "unknown", detail: "an amount that we cannot count" };
  const charge = typeof intent.latest_charge === "object" ? intent.latest_charge : undefined;
  const last4 = charge?.payment_method_details?.card?.last4;
  return kind === "authorised"
    ? { kind, reference: intent.id, amountMinor, ...(last4 ? { cardLast4: last4 } : {}) }
    : { kind, reference: intent.id, amountMinor };
}

/** A page that waits; Stripe keeps it open for a day, we until the time that was asked for. */
export function pendingSession(session: StripeSession): Extract<PaymentOutcome, { kind: "pending" }> {
  return {
    kind: "pending",
    reference: session.id,
    expiresAt: sessionEndsAt(session),
    ...(session.url ? { redirectUrl: session.url } : {}),
  };
}

/** When a page's time is over for us. */
export const sessionEndsAt = (session: StripeSession): EpochMs =>
  epochMs((session.created + Number(session.metadata?.[META.seconds] ?? 0)) * SECOND_MS);

export function outcomeOfRefund(refund: StripeRefund): RefundOutcome {
  switch (refund.status) {
    case "succeeded": {
      const amountMinor = minorOf(refund.currency, refund.amount);
      return amountMinor === undefined
        ? { kind: "unknown", detail: "an amount that we cannot count" }
        : { kind: "refunded", reference: refund.id, amountMinor };
    }
    case "pending":
    case "requires_action":
      return { kind: "pending", reference: refund.id };
    case "failed":
    case "canceled":
      return { kind: "declined", reason: refund.failure_reason ?? refund.status };
  }
}

const FRAUD = new Set(["fraudulent", "lost_card", "merchant_blacklist", "pickup_card", "stolen_card"]);

/** The few causes that a buyer is told apart; everything else is a plain no. */
export function reasonOf(error: Pick<StripeRefusal, "code" | "decline_code">): DeclineReason {
  const cause = error.decline_code ?? error.code ?? "";
  if (FRAUD.has(cause)) return "fraud_suspected";
  if (cause === "insufficient_funds") return "insufficient_funds";
  if (cause === "expired_card") return "expired_card";
  return cause === "authentication_required" ? "challenge_failed" : "declined";
}
