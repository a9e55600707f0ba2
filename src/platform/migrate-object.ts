import { invariant } from "#kernel";

/** Whether an object has ever had tables. */
export const hasMigrationsTable = (sql: SqlStorage): boolean =>
  sql.exec("SELECT 1 FROM sqlite_master WHERE type = 'table' AND name = 'migrations'").toArray().length > 0;

/** Brings the tables to the newest version; a new object gets all of them in one go, because every statement costs. */
export function migrate(storage: DurableObjectStorage, migrations: readonly string[], isNew: boolean): void {
  const { sql } = storage;
  storage.transactionSync(() => {
    if (isNew) {
      sql.exec(
        [
          "CREATE TABLE migrations (number INTEGER PRIMARY KEY) STRICT",
          ...migrations,
          `INSERT INTO migrations (number) VALUES (${migrations.length})`,
        ].join(";"),
      );
      return;
    }
    const { version } = sql.exec<{ version: number }>("SELECT max(number) AS version FROM migrations").one();
    invariant(version <= migrations.length, "the object's state is not newer than this code");
    if (version === migrations.length) return;
    for (const statement of migrations.slice(version)) sql.exec(statement);
    sql.exec("INSERT INTO migrations (number) VALUES (?)", migrations.length);
  });
}
