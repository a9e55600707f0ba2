import { toIso, type Problem } from "#kernel";
import type { ProblemTypeEntry } from "#web";
import type { OrderRefusal } from "../contract.ts";

type Code = OrderRefusal["code"];
type Entry = Omit<ProblemTypeEntry, "type">;

/** Refusals that a change of an order may meet; those of a placement stand with the checkout's. */
type ChangeCode = Exclude<
  Code,
  | "out_of_stock"
  | "payment_declined"
  | "payment_unavailable"
  | "voucher_refused"
  | "idempotency_key_reused"
  | "request_in_progress"
  | "order_unknown"
  | "order_not_cancellable"
  | "transition_refused"
>;

const ENTRIES: Readonly<Record<ChangeCode, Entry>> = {
  version_conflict: {
    title: "The order has moved on",
    status: 412,
    meaning: "If-Match names a version that the order no longer has: somebody or something changed it.",
    remedy: "Read the order again, look at what changed, and send the request with the new version.",
  },
  refund_too_large: {
    title: "More than may go back",
    status: 409,
    meaning: "The amount is more than was taken less every refund that has not failed.",
    remedy: "Refund at most the amount in refundable.",
  },
  currency_differs: {
    title: "The order is in another currency",
    status: 422,
    meaning: "Money goes back in the currency in which it came.",
    remedy: "Send the amount in the currency of the order.",
  },
  edit_open: {
    title: "An edit is under way",
    status: 409,
    meaning: "The order has an edit that is not applied yet.",
    remedy: "Wait until it is applied, or abandon it.",
  },
  edit_invalid: {
    title: "The order cannot become so",
    status: 422,
    meaning: "The edit breaks a rule: units in a parcel stay, and so do currency and gift cards.",
    remedy: "Read the detail and change the edit.",
  },
  edit_payment_needed: {
    title: "The edit costs more",
    status: 422,
    meaning: "The order gets dearer, and the request does not say how the difference is paid.",
    remedy: "Send payment: a link for the buyer, or a bank transfer.",
  },
  edit_unknown: {
    title: "No such edit",
    status: 404,
    meaning: "The order has no edit with this id.",
    remedy: "Read the order and use the id of its edit.",
  },
  return_unknown: {
    title: "No such return",
    status: 404,
    meaning: "The order has no return with this id.",
    remedy: "Read the order and use the id of one of its returns.",
  },
  note_unknown: {
    title: "No such note",
    status: 404,
    meaning: "The order has no note with this id, or not any more.",
    remedy: "Read the order and use the id of one of its notes.",
  },
  return_invalid: {
    title: "These units cannot be returned",
    status: 422,
    meaning: "The lines name units that were not sent, are being returned already, or are counted twice.",
    remedy: "Read the detail and name other units.",
  },
  return_too_late: {
    title: "The time for returns is over",
    status: 409,
    meaning: "A buyer may ask for a return for 30 days after the last parcel arrived.",
    remedy: "Write to the shop: staff may still take goods back.",
  },
  limit_reached: {
    title: "The order holds no more of these",
    status: 409,
    meaning: "An order keeps a bounded number of refunds, edits, returns, notes and tags.",
    remedy: "Take away what is not needed, or handle it outside.",
  },
};

const typeOf = (code: ChangeCode): ProblemTypeEntry["type"] =>
  `/problems/orders/${code.replaceAll("_", "-")}` as ProblemTypeEntry["type"];

/** For the pages that explain problem types. */
export const ORDER_PROBLEM_TYPES: readonly ProblemTypeEntry[] = Object.entries(ENTRIES).map(
  // The keys are the codes of the table above.
  ([code, entry]) => ({ type: typeOf(code as ChangeCode), ...entry }),
);

type ChangeRefusal = Extract<OrderRefusal, { code: ChangeCode }>;

/** The public problem of a refused change; `undefined` for a refusal of another kind. */
export function changeProblem(refusal: OrderRefusal): Problem | undefined {
  if (!isChange(refusal)) return undefined;
  const { title, status } = ENTRIES[refusal.code];
  return { type: typeOf(refusal.code), title, status, ...detailsOf(refusal) };
}

const isChange = (refusal: OrderRefusal): refusal is ChangeRefusal => refusal.code in ENTRIES;

function detailsOf(refusal: ChangeRefusal): Pick<Problem, "detail" | "facts"> {
  switch (refusal.code) {
    case "version_conflict":
      return { detail: `It is at version ${refusal.version} now.`, facts: { version: refusal.version } };
    case "refund_too_large":
      return {
        detail: "Refunds under way are counted in.",
        facts: { refundableMinor: refusal.refundableMinor },
      };
    case "currency_differs":
      return { detail: `The order is in ${refusal.currency}.`, facts: { currency: refusal.currency } };
    case "edit_open":
    case "edit_unknown":
      return { detail: `The edit is ${refusal.editId}.`, facts: { editId: refusal.editId } };
    case "edit_invalid":
    case "return_invalid":
      return { detail: refusal.detail };
    case "edit_payment_needed":
      return { detail: "The difference is in dueMinor.", facts: { dueMinor: refusal.dueMinor } };
    case "return_unknown":
      return { detail: `The return is ${refusal.returnId}.`, facts: { returnId: refusal.returnId } };
    case "note_unknown":
      return { detail: "The order has no note with this id." };
    case "return_too_late":
      return { detail: `It ended at ${toIso(refusal.until)}.`, facts: { until: toIso(refusal.until) } };
    case "limit_reached":
      return {
        detail: `An order has at most ${refusal.limit} ${refusal.of}.`,
        facts: { limit: refusal.limit },
      };
  }
}
