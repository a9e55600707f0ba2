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

/** UTF-16 units of a list that travels as one JSON parameter: as UTF-8 well under the 2 MB that D1 binds. */
const MAX_LIST_CHARACTERS = 500_000;

/** JSON lists of the values, in order, each short enough to be one parameter. A value that is too long stands alone. */
export function jsonLists(values: readonly unknown[]): string[] {
  const lists: string[] = [];
  let list = "";
  for (const value of values) {
    const text = JSON.stringify(value);
    if (list !== "" && list.length + text.length > MAX_LIST_CHARACTERS) {
      lists.push(`[${list}]`);
      list = "";
    }
    list += list === "" ? text : `,${text}`;
  }
  return list === "" ? lists : [...lists, `[${list}]`];
}

/**
 * `INSERT` of rows with the same columns, in order and in as few statements as their length allows. `more` names further
 * columns and the expressions that fill them; `key` is a row's place in its statement, from 0.
 */
export function insertRows(
  db: D1Database,
  table: string,
  { rows, more = {} }: { readonly rows: readonly Row[]; readonly more?: Readonly<Record<string, string>> },
): D1PreparedStatement[] {
  const columns = Object.keys(rows[0] ?? {});
  const names = [...columns, ...Object.keys(more)].join(", ");
  const values = [...columns.map((column) => `value ->> '${column}'`), ...Object.values(more)].join(", ");
  return jsonLists(rows).map((list) =>
    db.prepare(`INSERT INTO ${table} (${names}) SELECT ${values} FROM json_each(?1) ORDER BY key`).bind(list),
  );
}

/** `UPDATE` of rows with the same columns, each found by its `key` column. */
export function updateRows(
  db: D1Database,
  table: string,
  { rows, key }: { readonly rows: readonly Row[]; readonly key: string },
): D1PreparedStatement[] {
  const columns = Object.keys(rows[0] ?? {}).filter((column) => column !== key);
  const sets = columns.map((column) => `${column} = new.value ->> '${column}'`).join(", ");
  return jsonLists(rows).map((list) =>
    db
      .prepare(
        `UPDATE ${table} SET ${sets} FROM json_each(?1) AS new WHERE ${table}.${key} = new.value ->> '${key}'`,
      )
      .bind(list),
  );
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
