import type { Context } from "hono";

/**
 * Changes the headers of an answer that is made, in place: a context's own `header` would copy the whole answer for each
 * of them, which costs more than most answers. One that cannot be changed, because it came by a fetch, is copied once.
 * A 101 (a WebSocket) stays as it is. `change` may be called twice.
 */
export function changeHeaders(c: Context, change: (headers: Headers) => void): void {
  if (c.res.status === 101) return;
  try {
    change(c.res.headers);
  } catch (error) {
    if (!(error instanceof TypeError)) throw error;
    c.res = new Response(c.res.body, c.res);
    change(c.res.headers);
  }
}
