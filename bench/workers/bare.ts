import { DurableObject } from "cloudflare:workers";

type Row = { readonly id: string; readonly atMs: number };
type Env = {
  readonly BARE: { getByName(name: string): { write(row: Row): Promise<{ readonly id: string }> } };
};

/** The least that an object write can be: one row, in one table, by one call. */
export class BareObject extends DurableObject {
  constructor(ctx: DurableObjectState, env: never) {
    super(ctx, env);
    ctx.storage.sql.exec(
      "CREATE TABLE IF NOT EXISTS rows (id TEXT PRIMARY KEY, at_ms INTEGER NOT NULL) STRICT",
    );
  }

  write(row: Row): { readonly id: string } {
    this.ctx.storage.sql.exec("INSERT INTO rows (id, at_ms) VALUES (?, ?)", row.id, row.atMs);
    return { id: row.id };
  }
}

// One row into the object that is named; without a name, into a new object each time.
export default {
  async fetch(request: Request, env: Env): Promise<Response> {
    const name = new URL(request.url).searchParams.get("name") ?? crypto.randomUUID();
    return Response.json(await env.BARE.getByName(name).write({ id: crypto.randomUUID(), atMs: Date.now() }));
  },
};
