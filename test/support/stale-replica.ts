/**
 * A database whose sessions read from a replica that has stopped: what a session has once answered to a question it answers
 * for ever, whatever is written. The database itself is the primary and answers the truth.
 */
export function withStaleReplica(primary: D1Database): {
  readonly db: D1Database;
  readonly asked: () => number;
} {
  const answers = new Map<string, Promise<unknown>>();
  const textOf = new WeakMap<object, string>();
  const remember = (key: string, ask: () => Promise<unknown>): Promise<unknown> => {
    const known = answers.get(key) ?? ask();
    answers.set(key, known);
    // Whoever reads an answer may keep it and change it.
    return known.then((answer) => structuredClone(answer));
  };
  const statement = (text: string, real: D1PreparedStatement): D1PreparedStatement => {
    const stale = new Proxy(real, {
      get(target, name) {
        if (name === "bind")
          return (...values: unknown[]) => statement(text + JSON.stringify(values), target.bind(...values));
        const member: unknown = Reflect.get(target, name);
        if (typeof member !== "function") return member;
        return (...parameters: unknown[]) =>
          remember(`${String(name)} ${JSON.stringify(parameters)} ${text}`, async () =>
            Reflect.apply(member, target, parameters),
          );
      },
    });
    textOf.set(stale, text);
    return stale;
  };
  const prepare = (sql: string): D1PreparedStatement => statement(sql, primary.prepare(sql));
  const session = {
    prepare,
    batch: (statements: readonly D1PreparedStatement[]) =>
      remember(statements.map((each) => textOf.get(each)).join("\n"), () => primary.batch([...statements])),
    getBookmark: () => null,
  };
  const db = new Proxy(primary, {
    get(target, name) {
      if (name === "withSession") return () => session;
      const member: unknown = Reflect.get(target, name);
      return typeof member === "function" ? (member.bind(target) as unknown) : member;
    },
  });
  return { db, asked: () => answers.size };
}
