/** How a database may misbehave. `prices-only` answers nothing but the price check; `lost-reply` does the write and fails; `no-mail` is a mailer that is down. */
export type D1Fault = "none" | "refuse-writes" | "prices-only" | "stall-writes" | "lost-reply" | "no-mail";

/** The only tables that an order's way may read: what is sold, and the price, market, buyer, tax and delivery of it. */
const PRICE_TABLES = new Set([
  "resolved_prices",
  "markets",
  "customers",
  "tax_rules",
  "settings",
  "variants",
  "products",
  "stock_levels",
  "tax_rates",
  "delivery_methods",
  "bundle_components",
  "stock_rushes",
  "media",
  "json_each",
]);
/** Milliseconds that a stalled write hangs before it fails, longer than any page would wait. */
const STALL_MS = 10_000;

const isWrite = (sql: string): boolean => /^\s*(?:insert|update|delete|replace)\b/i.test(sql);
const tablesOf = (sql: string): readonly string[] =>
  [...sql.matchAll(/\b(?:from|join|into|update)\s+["`]?(\w+)/gi)].map((match) => match[1] ?? "");

/** The same database with faults in front: each call asks `fault` what to do. */
export function spoilD1(db: D1Database, fault: () => D1Fault): D1Database {
  const sqlOf = new WeakMap<object, { readonly sql: string; readonly real: D1PreparedStatement }>();

  const guard = async <T>(sqls: readonly string[], work: () => Promise<T>): Promise<T> => {
    const mode = fault();
    const writes = sqls.some(isWrite);
    if (mode === "refuse-writes" && writes) throw new Error("D1_ERROR: the test refuses writes");
    const isMail = sqls.some((sql) => tablesOf(sql).includes("mails"));
    if (mode === "no-mail" && isMail) throw new Error("D1_ERROR: the test has no mailer");
    const isForPrices =
      !writes && sqls.every((sql) => tablesOf(sql).every((table) => PRICE_TABLES.has(table)));
    if (mode === "prices-only" && !isForPrices) throw new Error("D1_ERROR: the test answers prices only");
    if (mode === "stall-writes" && writes) {
      await scheduler.wait(STALL_MS);
      throw new Error("D1_ERROR: the test has stalled");
    }
    const result = await work();
    if (mode === "lost-reply" && writes) throw new Error("D1_ERROR: the test has lost the reply");
    return result;
  };

  const spoilStatement = (sql: string, real: D1PreparedStatement): D1PreparedStatement => {
    const spoilt = new Proxy(real, {
      get(target, name) {
        if (name === "bind") return (...values: unknown[]) => spoilStatement(sql, target.bind(...values));
        const member: unknown = Reflect.get(target, name, target);
        if (typeof member !== "function") return member;
        return (...parameters: unknown[]) =>
          guard([sql], () => Promise.resolve(Reflect.apply(member, target, parameters) as unknown));
      },
    });
    sqlOf.set(spoilt, { sql, real });
    return spoilt;
  };

  const spoil = <Database extends D1Database | D1DatabaseSession>(real: Database): Database =>
    new Proxy(real, {
      get(target, name) {
        if (name === "prepare") return (sql: string) => spoilStatement(sql, target.prepare(sql));
        if (name === "withSession") return (mark?: string) => spoil((target as D1Database).withSession(mark));
        if (name === "batch") {
          return (statements: readonly D1PreparedStatement[]) => {
            const known = statements.map((statement) => sqlOf.get(statement));
            return guard(
              known.map((each) => each?.sql ?? ""),
              () => target.batch(statements.map((statement, index) => known[index]?.real ?? statement)),
            );
          };
        }
        const member: unknown = Reflect.get(target, name, target);
        return typeof member === "function" ? (member.bind(target) as unknown) : member;
      },
    });
  return spoil(db);
}
