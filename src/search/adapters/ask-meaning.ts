import { createLogger, describeError, inTime } from "#platform";
import { MEANING_LIMIT_MS } from "../domain/limits.ts";

/** An answer about meaning, or `undefined` when it fails or takes too long: no search fails or waits for it. */
export async function askMeaning<T>(question: Promise<T>): Promise<T | undefined> {
  try {
    return await inTime(question, MEANING_LIMIT_MS);
  } catch (error) {
    createLogger("search").warn("search.meaning_absent", { reason: describeError(error) });
    return undefined;
  }
}
