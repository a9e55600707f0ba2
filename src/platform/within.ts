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
