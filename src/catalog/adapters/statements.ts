/** A value that D1 binds. */
export type Value = string | number | null;
/** A row to write: names of columns come from our own code, never from input. */
export type Row = Readonly<Record<string, Value>>;

/** `INSERT` of one row; at most 100 columns. */
export const insertRow = (db: D1Database, table: string, row: Row): D1PreparedStatement => {
  const columns = Object.keys(row);
  return db
    .prepare(`INSERT INTO ${table} (${columns.join(", ")}) VALUES (${columns.map(() => "?").join(", ")})`)
    .bind(...Object.values(row));
};

/** `UPDATE` of the row whose `key` column holds `value`. */
export function updateRow(
  db: D1Database,
  table: string,
  { row, key, value }: { readonly row: Row; readonly key: string; readonly value: Value },
): D1PreparedStatement {
  const sets = Object.keys(row).map((column) => `${column} = ?`);
  return db
    .prepare(`UPDATE ${table} SET ${sets.join(", ")} WHERE ${key} = ?`)
    .bind(...Object.values(row), value);
}

/**
 * Runs one change as a transaction. `overtaken` when a version guard or a unique handle says that somebody else was
 * first: nothing was changed then. Anything else that goes wrong is thrown.
 */
export async function runGuarded(
  db: D1Database,
  statements: readonly D1PreparedStatement[],
): Promise<"written" | "overtaken"> {
  try {
    await db.batch([...statements]);
    return "written";
  } catch (error) {
    const message = error instanceof Error ? error.message : "";
    if (message.includes("version_conflict") || message.includes("UNIQUE constraint failed"))
      return "overtaken";
    throw error;
  }
}
