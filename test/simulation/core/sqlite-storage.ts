import { DatabaseSync, type SQLInputValue, type StatementSync } from "node:sqlite";

type Prepared = { readonly statement: StatementSync; readonly hasRows: boolean };

/** A database with its statements prepared once. */
export class PreparedDatabase {
  readonly db = new DatabaseSync(":memory:");
  readonly #prepared = new Map<string, Prepared>();

  all(text: string, values: readonly SQLInputValue[]): Record<string, unknown>[] {
    const { statement, hasRows } = this.#prepare(text);
    if (hasRows) return statement.all(...values);
    statement.run(...values);
    return [];
  }

  /** The rows, and how many a statement without rows has changed. */
  change(
    text: string,
    values: readonly SQLInputValue[],
  ): { readonly rows: Record<string, unknown>[]; readonly changes: number } {
    const { statement, hasRows } = this.#prepare(text);
    if (hasRows) return { rows: statement.all(...values), changes: 0 };
    return { rows: [], changes: Number(statement.run(...values).changes) };
  }

  run(text: string): void {
    this.#prepare(text).statement.run();
  }

  close(): void {
    this.#prepared.clear();
    this.db.close();
  }

  #prepare(text: string): Prepared {
    const known = this.#prepared.get(text);
    if (known) return known;
    const statement = this.db.prepare(text);
    const prepared = { statement, hasRows: statement.columns().length > 0 };
    this.#prepared.set(text, prepared);
    return prepared;
  }
}

/** Several statements in one string; the prepared form would run the first one only. */
const isScript = (text: string): boolean => /;\s*\S/.test(text);

/**
 * The storage of one object: SQLite that outlives its instances, and one alarm. A turn that is doomed to crash runs in
 * a transaction of its own, cut where the crash will be; everything after the cut is rolled back with the alarm.
 */
export class SimStorage {
  readonly database = new PreparedDatabase();
  alarmAt: number | undefined;
  /** Whether this turn has changed anything. */
  isTouched = false;
  #depth = 0;
  #durableAlarm: number | undefined;
  #isCut = false;
  #transactionsLeft = 0;
  /** Called at the moment from which on the doomed turn leaves no trace. */
  #onCut: (() => void) | undefined;

  readonly sql = {
    exec: (text: string, ...values: SQLInputValue[]) => this.#exec(text, values),
    databaseSize: 0,
  };

  #exec(text: string, values: readonly SQLInputValue[]) {
    if (!text.startsWith("SELECT")) this.isTouched = true;
    let rows: Record<string, unknown>[];
    if (values.length === 0 && isScript(text)) {
      this.database.db.exec(text);
      rows = [];
    } else rows = this.database.all(text, values);
    return {
      toArray: () => rows,
      one: () => {
        const [row] = rows;
        if (rows.length !== 1 || !row) throw new Error(`Expected exactly one row, got ${rows.length}.`);
        return row;
      },
      [Symbol.iterator]: () => rows[Symbol.iterator](),
    };
  }

  transactionSync = <T>(work: () => T): T => {
    this.#depth += 1;
    const name = `s${this.#depth}`;
    this.database.run(`SAVEPOINT ${name}`);
    try {
      const value = work();
      this.database.run(`RELEASE ${name}`);
      return value;
    } catch (error) {
      this.database.run(`ROLLBACK TO ${name}`);
      this.database.run(`RELEASE ${name}`);
      throw error;
    } finally {
      this.#depth -= 1;
      if (this.#depth === 0) this.#countTransaction();
    }
  };

  setAlarm = async (at: number | Date): Promise<void> => {
    this.isTouched = true;
    this.alarmAt = Number(at);
  };

  deleteAlarm = async (): Promise<void> => {
    this.isTouched = true;
    this.alarmAt = undefined;
  };

  getAlarm = async (): Promise<number | null> => this.alarmAt ?? null;

  /** From here on nothing is durable until {@link crashTurn}: the turn crashes after this many transactions. */
  doomTurn(afterTransactions: number, onCut: () => void): void {
    this.#isCut = false;
    this.#transactionsLeft = afterTransactions;
    this.#onCut = onCut;
    this.#durableAlarm = this.alarmAt;
    this.database.run("BEGIN");
    if (afterTransactions === 0) this.#cut();
  }

  /** Writes between two awaits are one atomic step on the platform, so the cut comes when the running code awaits. */
  #countTransaction(): void {
    if (!this.#onCut || this.#isCut) return;
    this.#transactionsLeft -= 1;
    if (this.#transactionsLeft === 0) queueMicrotask(() => this.#cut());
  }

  #cut(): void {
    if (this.#isCut || !this.#onCut) return;
    this.#isCut = true;
    this.database.run("COMMIT");
    this.#durableAlarm = this.alarmAt;
    this.#onCut();
    this.database.run("BEGIN");
  }

  /** Ends a doomed turn: what came after the cut never happened. */
  crashTurn(): void {
    // A turn with fewer transactions than planned crashes after its last one.
    if (!this.#isCut) this.#cut();
    this.database.run("ROLLBACK");
    this.alarmAt = this.#durableAlarm;
    this.#onCut = undefined;
  }

  close(): void {
    this.database.close();
  }
}
