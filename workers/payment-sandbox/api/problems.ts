import type { FieldError, Problem } from "#kernel";
import { unreachable } from "#kernel";
import type { PaymentRefusal } from "../domain/payment.ts";

/** Everything that this API may answer instead of what was asked. */
export type ApiRefusal =
  | PaymentRefusal
  | { readonly code: "unauthorised" }
  | { readonly code: "route_unknown" }
  | { readonly code: "key_missing" }
  | { readonly code: "body_too_large" }
  | { readonly code: "not_json" }
  | { readonly code: "broken_json" }
  | { readonly code: "fields_wrong"; readonly errors: readonly FieldError[] }
  | { readonly code: "faults_off" }
  | { readonly code: "down" };

type Row = readonly [status: number, title: string, detail: string];

/** The one translation of refusals into RFC 9457 problem documents. */
export function toProblem(refusal: ApiRefusal): Problem {
  const [status, title, detail] = describe(refusal);
  const { code, ...facts } = refusal;
  const { errors, ...rest } = { errors: undefined, ...facts };
  return {
    type: `/problems/sandbox/${code.replaceAll("_", "-")}`,
    title,
    status,
    detail,
    ...(Object.keys(rest).length > 0 ? { facts: rest } : {}),
    ...(errors ? { errors } : {}),
    ...(code === "down" ? { retryAfterSeconds: 1 } : {}),
  };
}

function describe(refusal: ApiRefusal): Row {
  switch (refusal.code) {
    case "payment_unknown":
      return [404, "No such payment", "There is no payment under this id or key."];
    case "refund_unknown":
      return [404, "No such refund", "This payment has no refund under this key."];
    case "idempotency_key_reused":
      return [
        422,
        "Key used for something else",
        "This Idempotency-Key came with another body before. Use a new key.",
      ];
    case "session_over":
      return [409, "Session over", `The payment is ${refusal.status} and takes no card any more.`];
    case "no_challenge":
      return [409, "No challenge", `The payment is ${refusal.status} and waits for no answer.`];
    case "not_capturable":
      return [
        409,
        "Not capturable",
        `Only an authorised payment can be captured; this one is ${refusal.status}.`,
      ];
    case "not_voidable":
      return [
        409,
        "Not voidable",
        `Captured money is refunded, not voided; this payment is ${refusal.status}.`,
      ];
    case "not_refundable":
      return [
        409,
        "Not refundable",
        `Only captured money can be refunded; this payment is ${refusal.status}.`,
      ];
    case "currency_differs":
      return [422, "Other currency", `The payment is in ${refusal.currency}.`];
    case "amount_too_large":
      return [422, "Amount too large", `At most ${refusal.availableMinor} minor units are left.`];
    default:
      return describeRequest(refusal);
  }
}

function describeRequest(refusal: Exclude<ApiRefusal, PaymentRefusal>): Row {
  switch (refusal.code) {
    case "unauthorised":
      return [401, "Not signed in", "Send the key as `Authorization: Bearer …`."];
    case "route_unknown":
      return [404, "No such address", "This API has no such address or method."];
    case "key_missing":
      return [400, "No key", "Send an Idempotency-Key header with 1 to 255 visible characters."];
    case "body_too_large":
      return [413, "Body too large", "Send at most 16 KB."];
    case "not_json":
      return [415, "Not JSON", "Send the body as application/json."];
    case "broken_json":
      return [400, "Broken JSON", "The body is not valid JSON."];
    case "fields_wrong":
      return [422, "Fields to mend", "Mend the fields that are listed."];
    case "faults_off":
      return [403, "Faults are off", "Faults can be ordered in development only."];
    case "down":
      return [503, "Out of order", "The provider is out of order, because a test asked for it."];
    default:
      return unreachable(refusal, "describeRequest");
  }
}
