import { existsSync } from "node:fs";
import { readFile, readdir } from "node:fs/promises";
import { join, resolve } from "node:path";
import type { D1Database } from "@cloudflare/workers-types";
import { unstable_splitSqlQuery as splitSql } from "wrangler";
import { Mendable } from "./fail.ts";
import { ROOT } from "./workers.ts";

const MIGRATIONS = resolve(ROOT, "migrations");

// The table and the names that `wrangler d1 migrations apply` uses, so that both agree on what has been done.
const CREATE_TABLE = `CREATE TABLE IF NOT EXISTS d1_migrations (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  name TEXT UNIQUE,
  applied_at TIMESTAMP DEFAULT CURRENT_TIMESTAMP NOT NULL
)`;

/**
 * Applies the migrations that the database lacks, in order, each in one transaction; gives their names. Repeating is
 * safe. Refuses a database that has had migrations this checkout does not know: it belongs to a newer version.
 */
export async function applyMigrations(db: D1Database): Promise<readonly string[]> {
  const known = existsSync(MIGRATIONS)
    ? (await readdir(MIGRATIONS)).filter((name) => name.endsWith(".sql")).sort()
    : [];
  await db.prepare(CREATE_TABLE).run();
  const { results } = await db.prepare("SELECT name FROM d1_migrations ORDER BY id").all<{ name: string }>();
  const applied = new Set(results.map((row) => row.name));
  const unknown = [...applied].filter((name) => !known.includes(name));
  if (unknown.length > 0) {
    throw new Mendable(
      `The shop's database was written by a newer Kerbside (it has had ${unknown.join(", ")}). ` +
        "Update this checkout, or start with another folder: npm start -- --state .state-old",
    );
  }
  const missing = known.filter((name) => !applied.has(name));
  for (const name of missing) {
    const statements = splitSql(await readFile(join(MIGRATIONS, name), "utf8"));
    await db.batch([
      ...statements.map((statement) => db.prepare(statement)),
      db.prepare("INSERT INTO d1_migrations (name) VALUES (?)").bind(name),
    ]);
  }
  return missing;
}
