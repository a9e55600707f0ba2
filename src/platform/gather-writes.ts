/** Milliseconds that a write waits for others: the handlers of one batch of messages come to theirs within a few. */
const WAIT_MS = 5;
/** Statements of one trip: more than the handlers of one batch that run at the same time. */
const MAX_TOGETHER = 20;

type Waiting = {
  readonly statement: D1PreparedStatement;
  readonly resolve: (result: D1Result) => void;
  readonly reject: (error: unknown) => void;
};

export type GatheredWrites = { readonly run: (statement: D1PreparedStatement) => Promise<D1Result> };

/**
 * Lets writes that are asked for at about the same time share one round trip and one transaction, which cost more than a
 * row does. Only for writes that are safe to repeat: when the trip fails, each of them is tried alone, so that a bad one
 * holds no other up. Belongs to one invocation of a Worker.
 */
export function gatherWrites(db: Pick<D1Database, "batch">): GatheredWrites {
  let waiting: Waiting[] = [];
  const leave = (): void => {
    const together = waiting;
    waiting = [];
    if (together.length > 0) void writeAll(db, together);
  };
  return {
    run: (statement) =>
      new Promise((resolve, reject) => {
        waiting.push({ statement, resolve, reject });
        if (waiting.length === 1) setTimeout(leave, WAIT_MS);
        if (waiting.length >= MAX_TOGETHER) leave();
      }),
  };
}

async function writeAll(db: Pick<D1Database, "batch">, together: readonly Waiting[]): Promise<void> {
  try {
    const results = await db.batch(together.map(({ statement }) => statement));
    for (const [index, { resolve, reject }] of together.entries()) {
      const result = results[index];
      if (result) resolve(result);
      else reject(new Error("the batch has no result for this statement"));
    }
  } catch (error) {
    const [only, ...others] = together;
    if (only && others.length === 0) return only.reject(error);
    for (const { statement, resolve, reject } of together) await statement.run().then(resolve, reject);
  }
}
