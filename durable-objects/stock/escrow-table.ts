/** What a parent has lent, or a shard has borrowed: one small document, because it is read and written as a whole. */
export const ESCROW_TABLES: readonly string[] = [
  "CREATE TABLE escrow (id INTEGER PRIMARY KEY CHECK (id = 1), book TEXT NOT NULL) STRICT",
];

/** The SQL of a stock object's escrow book. Called inside the object's transactions. */
export class EscrowTable {
  readonly #sql: SqlStorage;

  constructor(sql: SqlStorage) {
    this.#sql = sql;
  }

  /** The book that was saved last; `undefined` for a SKU that was never split. */
  read<Book>(): Book | undefined {
    const row = this.#sql.exec<{ book: string }>("SELECT book FROM escrow").toArray()[0];
    // Written by this object only, always of the one kind that its class keeps.
    return row && (JSON.parse(row.book) as Book);
  }

  save(book: object): void {
    this.#sql.exec(
      "INSERT INTO escrow (id, book) VALUES (1, ?) ON CONFLICT (id) DO UPDATE SET book = excluded.book",
      JSON.stringify(book),
    );
  }
}
