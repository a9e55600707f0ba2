import { fromIso, ok, refuse, type Money, type Result } from "#kernel";
import type { PaymentOutcome } from "#orders";
import * as z from "zod";

/** The sandbox's replies are input from another company: they are checked like a stranger's, and extra members ignored. */
const amount = z.object({ currency: z.string().regex(/^[A-Z]{3}$/), amountMinor: z.int().min(0) });
const replySchema = z.object({
  id: z.string().regex(/^[\w-]{1,100}$/),
  key: z.string().max(255),
  status: z.enum(["requires_action", "authorised", "captured", "refunded", "voided", "declined", "expired"]),
  reference: z.string().max(100),
  amount,
  captured: amount,
  refund: z.object({ key: z.string().max(255), amount }).optional(),
  redirectUrl: z
    .url({ protocol: /^https?$/ })
    .max(2_000)
    .optional(),
  expiresAt: z.iso.datetime().optional(),
  card: z.object({ last4: z.string().regex(/^\d{4}$/) }).optional(),
  declineReason: z.enum(["declined", "insufficient_funds", "expired_card", "challenge_failed"]).optional(),
});
export type SandboxPayment = z.infer<typeof replySchema>;

const problemSchema = z.object({
  type: z.string(),
  errors: z.array(z.object({ pointer: z.string() })).optional(),
});
export type SandboxProblem = z.infer<typeof problemSchema>;

/** What a reply has to agree with; members that are not known are not compared. */
export type Expected = {
  readonly key?: string;
  readonly paymentId?: string;
  readonly reference?: string;
  readonly amount?: Money;
  readonly captured?: Money;
  readonly refund?: { readonly key: string; readonly amount?: Money };
  /** Buyers are sent nowhere else. */
  readonly origin: string;
};

export type WireRefusal = { readonly code: "reply_wrong"; readonly detail: string };

const wrong = (detail: string): Result<never, WireRefusal> => refuse({ code: "reply_wrong", detail });

/** Reads a payment and holds it against what we asked for. */
export function readPayment(body: unknown, expected: Expected): Result<SandboxPayment, WireRefusal> {
  const parsed = replySchema.safeParse(body);
  if (!parsed.success) return wrong(`shape: ${parsed.error.issues[0]?.path.join(".") ?? "?"}`);
  const payment = parsed.data;
  const difference = differenceOf(payment, expected);
  return difference === undefined ? ok(payment) : wrong(`differs: ${difference}`);
}

function differenceOf(payment: SandboxPayment, expected: Expected): string | undefined {
  const differs = (asked: string | undefined, told: string): boolean => asked !== undefined && asked !== told;
  if (differs(expected.key, payment.key)) return "key";
  if (differs(expected.paymentId, payment.id)) return "id";
  if (differs(expected.reference, payment.reference)) return "reference";
  if (differsInMoney(expected.amount, payment.amount)) return "amount";
  if (differsInMoney(expected.captured, payment.captured)) return "captured amount";
  if (differs(expected.refund?.key, payment.refund?.key ?? "")) return "refund key";
  if (expected.refund && differsInMoney(expected.refund.amount, payment.refund?.amount))
    return "refund amount";
  if (payment.captured.currency !== payment.amount.currency) return "captured currency";
  if (payment.captured.amountMinor > payment.amount.amountMinor) return "captured more than authorised";
  if (payment.redirectUrl !== undefined && new URL(payment.redirectUrl).origin !== expected.origin)
    return "origin";
  return undefined;
}

const differsInMoney = (asked: Money | undefined, told: SandboxPayment["amount"] | undefined): boolean =>
  asked !== undefined && (asked.currency !== told?.currency || asked.amountMinor !== told.amountMinor);

/** Reads a problem document; `undefined` when it is none. */
export function readProblem(body: unknown): SandboxProblem | undefined {
  const parsed = problemSchema.safeParse(body);
  return parsed.success ? parsed.data : undefined;
}

/** The one translation of the provider's word into ours. */
export function outcomeOf(payment: SandboxPayment): PaymentOutcome {
  const reference = payment.id;
  switch (payment.status) {
    case "requires_action":
      return { kind: "pending", reference, ...pendingFacts(payment) };
    case "authorised": {
      const last4 = payment.card ? { cardLast4: payment.card.last4 } : {};
      return { kind: "authorised", reference, amountMinor: payment.amount.amountMinor, ...last4 };
    }
    case "captured":
    case "refunded":
      return { kind: "captured", reference, amountMinor: payment.captured.amountMinor };
    case "voided":
      return { kind: "voided", reference };
    case "declined":
      return { kind: "declined", reference, reason: payment.declineReason ?? "declined", isFinal: true };
    case "expired":
      return { kind: "declined", reference, reason: "session_expired", isFinal: true };
  }
}

function pendingFacts(payment: SandboxPayment) {
  const expiresAt = payment.expiresAt === undefined ? undefined : fromIso(payment.expiresAt);
  return {
    ...(payment.redirectUrl === undefined ? {} : { redirectUrl: payment.redirectUrl }),
    ...(expiresAt === undefined ? {} : { expiresAt }),
  };
}
