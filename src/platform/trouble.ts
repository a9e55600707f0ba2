const MARKS = ["retryable", "overloaded", "durableObjectReset"] as const;

/**
 * Tells whether a thrown error is the platform's (an object or the database did not answer), and so no defect of ours:
 * objects mark theirs, D1 and the network are known by their words.
 */
export function isTrouble(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  const marks: object = error;
  if (MARKS.some((mark) => Reflect.get(marks, mark) === true)) return true;
  return /^D1_|network connection lost|internal error|timed? ?out/i.test(error.message);
}
