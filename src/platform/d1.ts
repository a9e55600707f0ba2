/** D1 refuses a statement with more than 100 bound parameters (platform limits page). */
export const D1_MAX_PARAMETERS = 100;
/** Statements in one batch: our bound, well under the 30 s limit for a batch. */
export const D1_MAX_BATCH = 50;

/** Cuts rows into chunks whose parameters fit one statement. */
export function chunkRows<T>(rows: readonly T[], parametersPerRow: number): T[][] {
  const size = Math.max(1, Math.floor(D1_MAX_PARAMETERS / parametersPerRow));
  return chunk(rows, size);
}

/** Cuts a list into pieces of at most `size`. */
export function chunk<T>(items: readonly T[], size: number): T[][] {
  const chunks: T[][] = [];
  for (let start = 0; start < items.length; start += size) chunks.push(items.slice(start, start + size));
  return chunks;
}

/** What reading needs of D1: the database, or a session on it that may read a replica. */
export type D1Reader = Pick<D1Database, "prepare" | "batch">;

/**
 * Runs statements as one SQL transaction (a D1 batch is one); an empty list is no call. The caller keeps one logical
 * change within {@link D1_MAX_BATCH} statements, because separate batches are separate transactions.
 */
export async function runBatch(
  db: D1Reader,
  statements: readonly D1PreparedStatement[],
): Promise<D1Result[]> {
  return statements.length === 0 ? [] : db.batch([...statements]);
}

/** `?, ?, ?` for an IN list or a VALUES row. */
export const placeholders = (count: number): string => Array.from({ length: count }, () => "?").join(", ");

/** One read that can share a round trip with others: its statement, and what its rows mean. */
export type D1Read<T> = {
  readonly statement: D1PreparedStatement;
  /** Reads the rows; throws a defect on a row that our own code cannot have written. */
  readonly parse: (rows: readonly unknown[]) => T;
};

/** Runs those reads of a record that are there as one batch; the others are absent from the answer. */
export async function readPresent<Reads extends Readonly<Record<string, D1Read<unknown> | undefined>>>(
  db: D1Reader,
  reads: Reads,
): Promise<{
  [Name in keyof Reads]: Reads[Name] extends D1Read<infer T> | undefined
    ? T | Extract<Reads[Name], undefined>
    : never;
}> {
  const present = Object.entries(reads).flatMap(([name, read]) => (read ? [[name, read] as const] : []));
  const results = await runBatch(
    db,
    present.map(([, read]) => read.statement),
  );
  const values = present.map(([name, read], index) => [name, read.parse(results[index]?.results ?? [])]);
  // Name by name the same record, which the mapped type cannot see.
  return Object.fromEntries(values) as Awaited<ReturnType<typeof readPresent<Reads>>>;
}

/** Runs two or more reads as one batch, so that they cost one round trip and see one state of the database. */
export async function readTogether<const Reads extends readonly D1Read<unknown>[]>(
  db: D1Reader,
  reads: Reads,
): Promise<{ [Index in keyof Reads]: Reads[Index] extends D1Read<infer T> ? T : never }> {
  const results = await runBatch(
    db,
    reads.map((read) => read.statement),
  );
  const values = reads.map((read, index) => read.parse(results[index]?.results ?? []));
  // Index by index the same list, which the mapped type cannot see.
  return values as { [Index in keyof Reads]: Reads[Index] extends D1Read<infer T> ? T : never };
}
