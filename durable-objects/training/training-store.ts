import { DIMENSIONS } from "../../src/semantics/domain/limits.ts";
import type { Terms } from "../../src/semantics/domain/text.ts";
import type { Checkpoint, TermPages } from "../../src/semantics/domain/train.ts";

export const TRAINING_MIGRATIONS: readonly string[] = [
  `CREATE TABLE training (id INTEGER PRIMARY KEY CHECK (id = 1), version INTEGER NOT NULL, total INTEGER NOT NULL,
    after INTEGER NOT NULL, products INTEGER NOT NULL, stage TEXT NOT NULL CHECK (stage IN ('reading', 'turning', 'done'))) STRICT`,
  "CREATE TABLE training_pages (page INTEGER PRIMARY KEY, terms TEXT NOT NULL) STRICT",
  "CREATE TABLE training_table (piece INTEGER PRIMARY KEY, rounds INTEGER NOT NULL, bytes BLOB NOT NULL) STRICT",
];

/** A training: of which version, of a shop of how many products, read up to which number, and how many were looked at. */
export type TrainingState = {
  readonly version: number;
  readonly total: number;
  readonly after: number;
  readonly products: number;
  readonly stage: "reading" | "turning" | "done";
};

/** A value of an object's table holds at most 2 MB. */
const PIECE_BYTES = 1024 * 1024;

/** The tables of a training: the terms that were read, page by page, and the table after the last round. */
export class TrainingStore {
  readonly #sql: SqlStorage;

  constructor(sql: SqlStorage) {
    this.#sql = sql;
  }

  state(): TrainingState | undefined {
    return this.#sql
      .exec<TrainingState>("SELECT version, total, after, products, stage FROM training WHERE id = 1")
      .toArray()[0];
  }

  /** Begins anew; what was there goes. */
  begin(version: number, total: number): void {
    this.forget();
    this.#sql.exec(
      "INSERT OR REPLACE INTO training (id, version, total, after, products, stage) VALUES (1, ?, ?, 0, 0, 'reading')",
      version,
      total,
    );
  }

  addPage(terms: readonly Terms[], last: number): void {
    this.#sql.exec(
      "INSERT INTO training_pages (page, terms) VALUES ((SELECT count(*) FROM training_pages), ?)",
      JSON.stringify(terms.map((one) => [...one])),
    );
    this.#sql.exec("UPDATE training SET after = ?, products = products + ? WHERE id = 1", last, terms.length);
  }

  enter(stage: TrainingState["stage"]): void {
    this.#sql.exec("UPDATE training SET stage = ? WHERE id = 1", stage);
  }

  pages(products: number): TermPages {
    const { pages } = this.#sql.exec<{ pages: number }>("SELECT count(*) AS pages FROM training_pages").one();
    return {
      products,
      pages,
      read: (page) => {
        const { terms } = this.#sql
          .exec<{ terms: string }>("SELECT terms FROM training_pages WHERE page = ?", page)
          .one();
        // Written above only.
        return (JSON.parse(terms) as [string, number][][]).map((one) => new Map(one));
      },
    };
  }

  /** Keeps the table of a round, and how strong its directions are, in place of the round before. */
  keep({ rounds, table, strengths }: Checkpoint): void {
    const bytes = new Uint8Array(strengths.byteLength + table.byteLength);
    bytes.set(new Uint8Array(strengths.buffer));
    bytes.set(new Uint8Array(table.buffer), strengths.byteLength);
    this.#sql.exec("DELETE FROM training_table WHERE true");
    for (let at = 0; at < bytes.byteLength; at += PIECE_BYTES)
      this.#sql.exec(
        "INSERT INTO training_table (piece, rounds, bytes) VALUES (?, ?, ?)",
        at / PIECE_BYTES,
        rounds,
        bytes.slice(at, at + PIECE_BYTES),
      );
  }

  checkpoint(): Checkpoint | undefined {
    const pieces = this.#sql
      .exec<{ rounds: number; bytes: ArrayBuffer }>(
        "SELECT rounds, bytes FROM training_table ORDER BY piece LIMIT 16",
      )
      .toArray();
    const [first] = pieces;
    if (!first) return undefined;
    const bytes = new Uint8Array(pieces.reduce((sum, piece) => sum + piece.bytes.byteLength, 0));
    for (const [index, piece] of pieces.entries())
      bytes.set(new Uint8Array(piece.bytes), index * PIECE_BYTES);
    const numbers = new Float64Array(bytes.buffer);
    return {
      rounds: first.rounds,
      strengths: numbers.slice(0, DIMENSIONS),
      table: numbers.slice(DIMENSIONS),
    };
  }

  /** Forgets what was read and reckoned; the state stays. */
  forget(): void {
    this.#sql.exec("DELETE FROM training_pages WHERE true");
    this.#sql.exec("DELETE FROM training_table WHERE true");
  }
}
