import type { ExportJob } from "#channels";

/** The SQL of an export object. Called inside its transactions only. */
export const EXPORT_MIGRATIONS: readonly string[] = [
  "CREATE TABLE job (number INTEGER PRIMARY KEY CHECK (number = 1), body TEXT NOT NULL) STRICT",
];

export class ExportStore {
  readonly #sql: SqlStorage;

  constructor(sql: SqlStorage) {
    this.#sql = sql;
  }

  job(): ExportJob | undefined {
    const row = this.#sql.exec<{ body: string }>("SELECT body FROM job").toArray()[0];
    // Written by this object only.
    return row && (JSON.parse(row.body) as ExportJob);
  }

  saveJob(job: ExportJob): void {
    this.#sql.exec(
      "INSERT INTO job (number, body) VALUES (1, ?) ON CONFLICT (number) DO UPDATE SET body = excluded.body",
      JSON.stringify(job),
    );
  }
}
