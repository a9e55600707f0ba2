/**
 * A value that is either what was asked for or a refusal that explains why not.
 * Plain data, so it may cross an object call or a queue unchanged.
 */
export type Result<T, R> = Ok<T> | Refused<R>;
export type Ok<T> = { readonly ok: true; readonly value: T };
export type Refused<R> = { readonly ok: false; readonly refusal: R };

/** A refusal is a fact with a stable code; each module closes its own union over this shape. */
export type RefusalShape = { readonly code: string };

/** Wraps a success. */
export const ok = <T>(value: T): Ok<T> => ({ ok: true, value });

/** Wraps a refusal. */
export const refuse = <R extends RefusalShape>(refusal: R): Refused<R> => ({ ok: false, refusal });

/** Applies `next` to a success and passes a refusal on. */
export const andThen = <T, U, R, S>(
  result: Result<T, R>,
  next: (value: T) => Result<U, S>,
): Result<U, R | S> => (result.ok ? next(result.value) : result);

/** Maps the value of a success. */
export const mapOk = <T, U, R>(result: Result<T, R>, map: (value: T) => U): Result<U, R> =>
  result.ok ? ok(map(result.value)) : result;
