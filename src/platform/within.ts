/**
 * Waits for work, but not longer than `limitMs`; the work goes on either way. The timer is ended with the work, because
 * a pending timer keeps an object in memory. Resolves to whether the work finished in time; rejects when it does.
 */
export async function within(work: Promise<unknown>, limitMs: number): Promise<boolean> {
  const timer = new AbortController();
  const timeout = scheduler.wait(limitMs, { signal: timer.signal }).then(
    () => false,
    () => true,
  );
  try {
    return await Promise.race([work.then(() => true), timeout]);
  } finally {
    timer.abort();
  }
}

/**
 * The result of work, or a rejection when it has not come after `limitMs`: a call that never answers must not hold its
 * caller for ever. The work goes on; only its answer is no longer waited for, so it has to be safe to repeat.
 */
export async function inTime<T>(work: Promise<T>, limitMs: number): Promise<T> {
  if (await within(work, limitMs)) return work;
  // Whatever it says later has no listener any more.
  work.catch(() => undefined);
  throw new Error(`no answer within ${limitMs} ms`);
}
