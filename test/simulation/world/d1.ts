import { readdirSync, readFileSync } from "node:fs";
import { resolve } from "node:path";
import type { SQLInputValue } from "node:sqlite";
import { invariant } from "#kernel";
import type { Network } from "../core/network.ts";
import { PreparedDatabase } from "../core/sqlite-storage.ts";

const MIGRATIONS = resolve(import.meta.dirname, "../../../migrations");

/** The shop's migrations, oldest first. */
export const readMigrations = (): readonly { readonly name: string; readonly text: string }[] =>
  readdirSync(MIGRATIONS)
    .filter((name) => name.endsWith(".sql"))
    .sort()
    .map((name) => ({ name, text: readFileSync(resolve(MIGRATIONS, name), "utf8") }));

type Rows = Record<string, unknown>[];
type Result = { readonly results: Rows; readonly success: true; readonly meta: { readonly changes: number } };

/**
 * D1 as the projectors use it: the shop's own tables in SQLite, each batch a transaction behind a network that loses
 * requests and answers.
 */
export class SimD1 {
  readonly database = new PreparedDatabase();
  readonly #network: Network | undefined;

  /** `fill` is called when the migration of that name has run: with what an earlier release has left there. */
  constructor(network?: Network, fill?: { readonly after: string; readonly work: (d1: SimD1) => void }) {
    this.#network = network;
    for (const { name, text } of readMigrations()) {
      this.database.db.exec(text);
      if (name === fill?.after) fill.work(this);
    }
  }

  prepare(text: string): SimStatement {
    return new SimStatement(this, text, []);
  }

  batch(statements: readonly SimStatement[]): Promise<Result[]> {
    invariant(this.#network, "a database that only keeps rows is asked by nobody");
    return this.#network.callService("d1", "batch", () => this.#transaction(statements));
  }

  /** What a test or the oracle reads, without the network. */
  rows(text: string, ...values: readonly SQLInputValue[]): Rows {
    return this.database.all(text, values);
  }

  #transaction(statements: readonly SimStatement[]): Result[] {
    this.database.run("BEGIN");
    try {
      const results = statements.map((statement) => statement.runHere());
      this.database.run("COMMIT");
      return results;
    } catch (error) {
      this.database.run("ROLLBACK");
      throw error;
    }
  }

  /** The binding, as the adapters take it. */
  asBinding(): D1Database {
    // The part of the platform's class that the adapters use.
    return this as unknown as D1Database;
  }
}

class SimStatement {
  readonly #d1: SimD1;
  readonly #text: string;
  readonly #values: readonly SQLInputValue[];

  constructor(d1: SimD1, text: string, values: readonly SQLInputValue[]) {
    this.#d1 = d1;
    this.#text = text;
    this.#values = values;
  }

  bind(...values: readonly SQLInputValue[]): SimStatement {
    return new SimStatement(this.#d1, this.#text, values);
  }

  async all(): Promise<Result | undefined> {
    const [result] = await this.#d1.batch([this]);
    return result;
  }

  run(): Promise<Result | undefined> {
    return this.all();
  }

  async first(): Promise<Record<string, unknown> | null> {
    return (await this.all())?.results[0] ?? null;
  }

  runHere(): Result {
    const { rows, changes } = this.#d1.database.change(this.#text, this.#values);
    return { results: rows, success: true, meta: { changes } };
  }
}
