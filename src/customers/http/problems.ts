import { unreachable, type Problem } from "#kernel";
import { invalidFieldsProblem, type ProblemTypeEntry } from "#web";
import type { CustomerRefusal } from "../contract.ts";

/** Every refusal of the desk as a problem document. */
export function customerProblem(refusal: CustomerRefusal): Problem {
  switch (refusal.code) {
    case "customer_unknown":
      return {
        type: "/problems/customers/customer-unknown",
        title: "No such customer",
        status: 404,
        detail: "No customer has this id.",
      };
    case "email_taken":
      return {
        type: "/problems/customers/email-taken",
        title: "Another customer has this address",
        status: 409,
        detail: "Change the customer who has it, or send another address.",
      };
    case "version_conflict":
      return {
        type: "/problems/customers/version-conflict",
        title: "The customer changed meanwhile",
        status: 412,
        detail: `It is at version ${refusal.version}. Read it and decide again.`,
        facts: { version: refusal.version },
      };
    case "invalid_customer":
      return invalidFieldsProblem(
        refusal.mistakes.map(({ field, detail }) => ({ pointer: `/${field}`, detail })),
      );
    case "invalid_cursor":
      return invalidFieldsProblem([
        { pointer: "/query/cursor", detail: "Use the nextCursor of the page before." },
      ]);
    default:
      return unreachable(refusal, "customerProblem");
  }
}

/** Pages that explain the problems of this module. */
export const CUSTOMER_PROBLEM_TYPES: readonly ProblemTypeEntry[] = [
  {
    type: "/problems/customers/customer-unknown",
    title: "No such customer",
    status: 404,
    meaning: "The customer's id does not exist.",
    remedy: "Find the customer by the beginning of its address.",
  },
  {
    type: "/problems/customers/email-taken",
    title: "Another customer has this address",
    status: 409,
    meaning: "An address belongs to one customer.",
    remedy: "Find the customer who has it and change that one.",
  },
  {
    type: "/problems/customers/version-conflict",
    title: "The customer changed meanwhile",
    status: 412,
    meaning: "Somebody else saved the customer after the version that the request names.",
    remedy: "Read it again and repeat the change with its new ETag.",
  },
];
