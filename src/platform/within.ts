/**
 * Waits for work, but not longer than `limitMs`; the work goes on either way. The timer is ended with the work, because
 * a pending timer keeps an object in memory. Resolves to whether the work finished in time; rejects when it does.
 */
export async function within(work: Promise<unknown>, limitMs: number): Promise<boolean> {
  // A plain timer: a wait that is aborted costs ten times as much, and every call of an order goes through here.
  let timer: ReturnType<typeof setTimeout> | undefined;
  const timeout = new Promise<boolean>((resolve) => {
    timer = setTimeout(() => resolve(false), limitMs);
  });
  try {
    return await Promise.race([work.then(() => true), timeout]);
  } finally {
    clearTimeout(timer);
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
