import { decodeCursor, encodeCursor } from "#kernel";
import type { Finding, ImportJob, ReportPage, Severity } from "#catalog-import";
import type { StagedDraft, StockDraft } from "../../src/catalog-import/domain/draft.ts";
import { MAX_REPORT_ROWS } from "../../src/catalog-import/domain/limits.ts";
import type { ProductOutcome } from "../../src/catalog-import/domain/job.ts";
import type { SourceRow } from "../../src/catalog-import/domain/rows.ts";

/** The SQL of an import object. Called inside its transactions only. */
export const IMPORT_MIGRATIONS: readonly string[] = [
  "CREATE TABLE job (number INTEGER PRIMARY KEY CHECK (number = 1), body TEXT NOT NULL) STRICT",
  `CREATE TABLE products (
    number INTEGER PRIMARY KEY, key TEXT NOT NULL UNIQUE, row_count INTEGER NOT NULL CHECK (row_count > 0),
    state TEXT NOT NULL CHECK (state IN ('read', 'checked', 'saved', 'done', 'rejected')),
    draft TEXT, stock TEXT, outcome TEXT) STRICT`,
  "CREATE INDEX products_state ON products (state, number)",
  "CREATE TABLE source_rows (line INTEGER PRIMARY KEY, product INTEGER NOT NULL, body TEXT NOT NULL) STRICT",
  "CREATE INDEX source_rows_product ON source_rows (product, line)",
  "CREATE TABLE skus (sku TEXT PRIMARY KEY, line INTEGER NOT NULL) STRICT",
  `CREATE TABLE findings (
    number INTEGER PRIMARY KEY, line INTEGER NOT NULL, column_name TEXT NOT NULL, value TEXT NOT NULL,
    reason TEXT NOT NULL, severity TEXT NOT NULL) STRICT`,
  "CREATE INDEX findings_line ON findings (line, number)",
];

/** A SKU whose stock a product's rows tell. */
export type StagedStock = { readonly sku: string; readonly stock: StockDraft };
export type StagedProduct = {
  readonly number: number;
  readonly rowCount: number;
  /** Set once it is saved. */
  readonly outcome?: ProductOutcome;
  readonly draft: StagedDraft;
  readonly stock: readonly StagedStock[];
};

type ProductRow = { number: number; row_count: number; outcome: string | null; draft: string; stock: string };
type FindingRow = {
  number: number;
  line: number;
  column_name: string;
  value: string;
  reason: string;
  severity: string;
};

export class ImportStore {
  readonly #sql: SqlStorage;

  constructor(sql: SqlStorage) {
    this.#sql = sql;
  }

  job(): ImportJob | undefined {
    const row = this.#sql.exec<{ body: string }>("SELECT body FROM job").toArray()[0];
    // Written by this object only.
    return row && (JSON.parse(row.body) as ImportJob);
  }

  saveJob(job: ImportJob): void {
    this.#sql.exec(
      "INSERT INTO job (number, body) VALUES (1, ?) ON CONFLICT (number) DO UPDATE SET body = excluded.body",
      JSON.stringify(job),
    );
  }

  /** Forgets what an earlier reading of the file left. */
  clear(): void {
    for (const table of ["products", "source_rows", "skus", "findings"])
      this.#sql.exec(`DELETE FROM ${table}`);
  }

  /** Forgets the working rows and keeps the report. */
  purge(): void {
    for (const table of ["products", "source_rows", "skus"]) this.#sql.exec(`DELETE FROM ${table}`);
  }

  /** Adds a row to its product, which the key names; gives `true` for a product's first row. */
  stage(key: string, row: SourceRow): boolean {
    const { number, row_count } = this.#sql
      .exec<{ number: number; row_count: number }>(
        `INSERT INTO products (key, row_count, state) VALUES (?, 1, 'read')
         ON CONFLICT (key) DO UPDATE SET row_count = row_count + 1 RETURNING number, row_count`,
        key,
      )
      .one();
    this.#sql.exec(
      "INSERT INTO source_rows (line, product, body) VALUES (?, ?, ?)",
      row.line,
      number,
      JSON.stringify(row),
    );
    return row_count === 1;
  }

  /** The line of the first row of a product, if the file has told it. */
  firstLineOf(key: string): number | undefined {
    return this.#sql
      .exec<{ line: number }>(
        `SELECT line FROM source_rows WHERE product = (SELECT number FROM products WHERE key = ?)
         ORDER BY line LIMIT 1`,
        key,
      )
      .toArray()[0]?.line;
  }

  /** Products that wait to be checked, in the order of the file. */
  unchecked(limit: number): number[] {
    return this.#sql
      .exec<{ number: number }>(
        "SELECT number FROM products WHERE state = 'read' ORDER BY number LIMIT ?",
        limit,
      )
      .toArray()
      .map((row) => row.number);
  }

  rowsOf(product: number): SourceRow[] {
    return this.#sql
      .exec<{ body: string }>("SELECT body FROM source_rows WHERE product = ? ORDER BY line", product)
      .toArray()
      .map((row) => JSON.parse(row.body) as SourceRow);
  }

  accept(product: number, draft: StagedDraft, stock: readonly StagedStock[]): void {
    this.#sql.exec(
      "UPDATE products SET state = 'checked', draft = ?, stock = ? WHERE number = ?",
      JSON.stringify(draft),
      JSON.stringify(stock),
      product,
    );
  }

  reject(product: number): void {
    this.#sql.exec(
      "UPDATE products SET state = 'rejected', draft = NULL, stock = NULL WHERE number = ?",
      product,
    );
  }

  /** Claims a SKU for the line that tells its stock; gives the line that has claimed it before. */
  claimSku(sku: string, line: number): number | undefined {
    const claimed = this.#sql.exec<{ line: number }>("SELECT line FROM skus WHERE sku = ?", sku).toArray()[0];
    if (claimed) return claimed.line;
    this.#sql.exec("INSERT INTO skus (sku, line) VALUES (?, ?)", sku, line);
    return undefined;
  }

  /**
   * The next products to write, in the order of the file, until there are `products` or their SKUs are more than `skus`;
   * at least one, if any waits. Those that were saved and whose stock is not counted yet come first, by themselves.
   */
  nextToWrite(products: number, skus: number): StagedProduct[] {
    const saved = this.#inState("saved", products);
    const rows = saved.length > 0 ? saved : this.#inState("checked", products);
    const run: StagedProduct[] = [];
    let counted = 0;
    for (const row of rows) {
      const product = readStaged(row);
      counted += product.stock.length;
      if (run.length > 0 && counted > skus) break;
      run.push(product);
    }
    return run;
  }

  markSaved(product: number, outcome: ProductOutcome): void {
    this.#sql.exec("UPDATE products SET state = 'saved', outcome = ? WHERE number = ?", outcome, product);
  }

  markDone(product: number): void {
    this.#sql.exec(
      "UPDATE products SET state = 'done', draft = NULL, stock = NULL WHERE number = ?",
      product,
    );
  }

  /** Adds to the report, up to its bound. */
  report(findings: readonly Finding[]): void {
    let last = this.#sql.exec<{ n: number | null }>("SELECT max(number) AS n FROM findings").one().n ?? 0;
    for (const { line, column, value, reason, severity } of findings) {
      if (last >= MAX_REPORT_ROWS) return;
      last += 1;
      this.#sql.exec(
        "INSERT INTO findings (number, line, column_name, value, reason, severity) VALUES (?, ?, ?, ?, ?, ?)",
        last,
        line,
        column,
        value,
        reason,
        severity,
      );
    }
  }

  /** Findings in the order of the file, one after the other. */
  *findings(severity?: Severity): Generator<Finding> {
    const rows = this.#sql.exec<FindingRow>(
      "SELECT * FROM findings WHERE ?1 IS NULL OR severity = ?1 ORDER BY line, number",
      severity ?? null,
    );
    for (const row of rows) yield readFinding(row);
  }

  /** A page of the report by line; `undefined` for a cursor that is not ours. */
  reportPage(cursor: string | undefined, limit: number): ReportPage | undefined {
    const [line, number] = cursor === undefined ? [0, 0] : (decodeCursor(cursor, 2) ?? []);
    if (typeof line !== "number" || typeof number !== "number") return undefined;
    const rows = this.#sql
      .exec<FindingRow>(
        "SELECT * FROM findings WHERE (line, number) > (?, ?) ORDER BY line, number LIMIT ?",
        line,
        number,
        limit + 1,
      )
      .toArray();
    const shown = rows.slice(0, limit);
    const last = shown.at(-1);
    const items = shown.map(readFinding);
    return rows.length > limit && last
      ? { items, nextCursor: encodeCursor([last.line, last.number]) }
      : { items };
  }

  #inState(state: "saved" | "checked", limit: number): ProductRow[] {
    return this.#sql
      .exec<ProductRow>(
        "SELECT number, row_count, outcome, draft, stock FROM products WHERE state = ? ORDER BY number LIMIT ?",
        state,
        limit,
      )
      .toArray();
  }
}

const readFinding = (row: FindingRow): Finding => ({
  line: row.line,
  column: row.column_name,
  value: row.value,
  reason: row.reason,
  severity: row.severity as Severity,
});

const readStaged = (row: ProductRow): StagedProduct => ({
  number: row.number,
  rowCount: row.row_count,
  ...(row.outcome === null ? {} : { outcome: row.outcome as ProductOutcome }),
  draft: JSON.parse(row.draft) as StagedDraft,
  stock: JSON.parse(row.stock) as StagedStock[],
});
