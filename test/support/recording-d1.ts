export type SentStatement = { readonly sql: string; readonly values: readonly unknown[] };

/**
 * The same database, which writes down every statement that is prepared on it, once each, with the first values bound.
 * Sessions are recorded like the database itself.
 */
export function recordingD1(db: D1Database): { db: D1Database; sent: () => readonly SentStatement[] } {
  const sent = new Map<string, readonly unknown[]>();
  const statement = (sql: string, inner: D1PreparedStatement): D1PreparedStatement =>
    new Proxy(inner, {
      get(target, name) {
        if (name === "bind")
          return (...values: unknown[]) => {
            if (!sent.get(sql)?.length) sent.set(sql, values);
            return target.bind(...values);
          };
        const value: unknown = Reflect.get(target, name);
        return typeof value === "function" ? (value.bind(target) as unknown) : value;
      },
    });
  const record = <T extends object>(source: T): T =>
    new Proxy(source, {
      get(target, name) {
        if (name === "prepare")
          return (sql: string) => {
            if (!sent.has(sql)) sent.set(sql, []);
            return statement(sql, (target as unknown as D1Database).prepare(sql));
          };
        if (name === "withSession")
          return (constraint?: string) => record((target as unknown as D1Database).withSession(constraint));
        const value: unknown = Reflect.get(target, name);
        return typeof value === "function" ? (value.bind(target) as unknown) : value;
      },
    });
  return { db: record(db), sent: () => [...sent].map(([sql, values]) => ({ sql, values })) };
}
