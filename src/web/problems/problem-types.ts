import type { ProblemType } from "#kernel";

/**
 * What a problem type means, for people who open its address. Each module exports a list of its own; the composition
 * root hands all lists to `createProblemPages`.
 */
export type ProblemTypeEntry = {
  readonly type: ProblemType;
  readonly title: string;
  readonly status: number;
  /** What happened, in one or two sentences. */
  readonly meaning: string;
  /** What to do about it. */
  readonly remedy: string;
};

/** The problems that the kit itself answers. */
export const WEB_PROBLEM_TYPES: readonly ProblemTypeEntry[] = [
  {
    type: "/problems/web/not-found",
    title: "Not found",
    status: 404,
    meaning: "Nothing is at this address, or it is not yours to see.",
    remedy: "Check the id or handle in the path.",
  },
  {
    type: "/problems/web/invalid-fields",
    title: "Some fields need another value",
    status: 422,
    meaning:
      "The request was understood, but the fields listed under errors hold values that cannot be used.",
    remedy:
      "Mend each field: pointer names it (RFC 6901), detail says what it may hold. Nothing was changed.",
  },
  {
    type: "/problems/web/broken-body",
    title: "The body cannot be read",
    status: 400,
    meaning: "The body is not valid JSON, or not a readable form.",
    remedy: "Send well-formed UTF-8 text of the content type that the request names.",
  },
  {
    type: "/problems/web/wrong-content-type",
    title: "Wrong content type",
    status: 415,
    meaning: "This address does not take bodies of that content type.",
    remedy: "Send the content type that the member expected names.",
  },
  {
    type: "/problems/web/body-too-large",
    title: "The body is too large",
    status: 413,
    meaning: "The body has more bytes than maximumBytes.",
    remedy: "Send less at once.",
  },
  {
    type: "/problems/web/cross-origin",
    title: "Refused: this came from another site",
    status: 403,
    meaning: "A browser sent a change from a page that is not part of this shop.",
    remedy: "Send the change from this shop's own pages, or from a server without browser headers.",
  },
  {
    type: "/problems/web/idempotency-key-missing",
    title: "Idempotency-Key is missing",
    status: 400,
    meaning: "This write must be safe to repeat, so it needs a key that names it.",
    remedy:
      "Send Idempotency-Key with a random text of your own, and the same one again when you repeat the request.",
  },
  {
    type: "/problems/web/idempotency-key-invalid",
    title: "Idempotency-Key is malformed",
    status: 400,
    meaning: "The key is empty, longer than 255 characters or holds characters that cannot be seen.",
    remedy: "Send 1 to 255 visible ASCII characters, with or without double quotes around them.",
  },
  {
    type: "/problems/web/too-many-requests",
    title: "Too many requests",
    status: 429,
    meaning: "More requests came from this address than one shopper needs.",
    remedy: "Wait for as many seconds as Retry-After says.",
  },
  {
    type: "/problems/web/unavailable",
    title: "Not reachable for a moment",
    status: 503,
    meaning: "A database or an object of the shop did not answer. Nothing was lost.",
    remedy: "Wait as long as Retry-After says, then repeat the request with the same Idempotency-Key.",
  },
  {
    type: "/problems/web/internal",
    title: "Something broke on our side",
    status: 500,
    meaning: "We made a mistake. It is in our logs under the id in instance.",
    remedy:
      "Try again; a write is safe to repeat with the same Idempotency-Key. Quote the id if you write to us.",
  },
];
