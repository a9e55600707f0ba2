/** The SQL of an index object: one copy of its memory, in pieces. Writes are called inside its transactions only. */
export const INDEX_MIGRATIONS: readonly string[] = [
  "CREATE TABLE snapshot (piece INTEGER PRIMARY KEY, body BLOB NOT NULL) STRICT",
];

export class SnapshotStore {
  readonly #sql: SqlStorage;

  constructor(sql: SqlStorage) {
    this.#sql = sql;
  }

  /** All pieces in order; none when nothing was kept. */
  pieces(): Uint8Array[] {
    return this.#sql
      .exec<{ body: ArrayBuffer }>("SELECT body FROM snapshot ORDER BY piece")
      .toArray()
      .map(({ body }) => new Uint8Array(body));
  }

  replace(pieces: readonly Uint8Array[]): void {
    this.clear();
    for (const [piece, body] of pieces.entries())
      this.#sql.exec("INSERT INTO snapshot (piece, body) VALUES (?, ?)", piece, body);
  }

  clear(): void {
    this.#sql.exec("DELETE FROM snapshot WHERE piece >= 0");
  }
}
