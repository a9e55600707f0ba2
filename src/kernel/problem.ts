/**
 * An RFC 9457 problem document. `type` is a stable path that opens a page explaining it; `facts` become extension
 * members. Never holds a stack, SQL or a secret.
 */
export type Problem = {
  readonly type: ProblemType;
  readonly title: string;
  readonly status: number;
  readonly detail: string;
  readonly facts?: Readonly<Record<string, unknown>>;
  /** One entry per mended field, for forms and API clients alike. */
  readonly errors?: readonly FieldError[];
  /** Seconds after which a repeat may help; sent as `Retry-After`. */
  readonly retryAfterSeconds?: number;
};

/** Always `/problems/{module}/{code}`. */
export type ProblemType = `/problems/${string}/${string}`;

/** What is wrong with one field: `pointer` is a JSON pointer (RFC 6901), `detail` says how to mend it. */
export type FieldError = { readonly pointer: string; readonly detail: string };
