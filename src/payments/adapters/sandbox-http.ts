import { ok, refuse, type Result } from "#kernel";
import { describeError } from "#platform";
import { MAX_REPLY_CHARACTERS } from "../domain/limits.ts";
import type { CircuitBreaker } from "./circuit-breaker.ts";

export type Fetch = (url: string, init: RequestInit) => Promise<Response>;

export type HttpRequest = {
  readonly method: "GET" | "POST";
  readonly path: string;
  readonly key?: string;
  readonly body?: unknown;
  readonly traceparent?: string;
  readonly timeoutMs: number;
};

/** `body` is `undefined` when the reply has none or it is not JSON. */
export type HttpReply = { readonly status: number; readonly body: unknown };
export type HttpRefusal =
  /** The request may have arrived. */
  | { readonly code: "unreachable"; readonly detail: string }
  /** The request never left this Worker. */
  | { readonly code: "not_sent"; readonly retryAfterSeconds: number };

export type SandboxHttp = (request: HttpRequest) => Promise<Result<HttpReply, HttpRefusal>>;

type HttpOptions = {
  readonly baseUrl: string;
  readonly apiKey: string;
  readonly fetch: Fetch;
  readonly breaker: CircuitBreaker;
};

/**
 * Makes calls that never throw and never outlast their time, body included. Replies from 500 up count against the
 * breaker like silence does; anything below shows that the provider is there.
 */
export function createSandboxHttp(options: HttpOptions): SandboxHttp {
  return async function call(request) {
    const { breaker } = options;
    if (!breaker.tryPass()) {
      return refuse({ code: "not_sent", retryAfterSeconds: breaker.retryAfterSeconds() });
    }
    const abort = new AbortController();
    const timer = setTimeout(() => abort.abort(), request.timeoutMs);
    try {
      const reply = await sendAgain(options, request, abort.signal);
      breaker.record(reply.status < 500);
      return reply.status < 500 ? ok(reply) : unreachable(`status ${reply.status}`);
    } catch (error) {
      breaker.record(false);
      return unreachable(
        abort.signal.aborted ? `no reply within ${request.timeoutMs} ms` : describeError(error),
      );
    } finally {
      // Timers keep an object in memory.
      clearTimeout(timer);
    }
  };
}

const unreachable = (detail: string): Result<never, HttpRefusal> => refuse({ code: "unreachable", detail });

/**
 * A connection that was kept may be closed at the other end in the moment in which it is used. A request with a key is
 * then sent once more at once: that does nothing twice, and spares a buyer the wait for an alarm.
 */
async function sendAgain(
  options: HttpOptions,
  request: HttpRequest,
  signal: AbortSignal,
): Promise<HttpReply> {
  try {
    return await send(options, request, signal);
  } catch (error) {
    if (signal.aborted || request.key === undefined) throw error;
    return send(options, request, signal);
  }
}

async function send(options: HttpOptions, request: HttpRequest, signal: AbortSignal): Promise<HttpReply> {
  const response = await options.fetch(`${options.baseUrl}${request.path}`, {
    method: request.method,
    // A provider has no business sending a call with our key elsewhere.
    redirect: "manual",
    signal,
    headers: {
      authorization: `Bearer ${options.apiKey}`,
      ...(request.body === undefined ? {} : { "content-type": "application/json" }),
      ...(request.key === undefined ? {} : { "idempotency-key": request.key }),
      ...(request.traceparent === undefined ? {} : { traceparent: request.traceparent }),
    },
    ...(request.body === undefined ? {} : { body: JSON.stringify(request.body) }),
  });
  return { status: response.status, body: parseJson(await readText(response)) };
}

/** Reads at most {@link MAX_REPLY_CHARACTERS}: a reply without end must not fill our memory. */
async function readText(response: Response): Promise<string> {
  if (!response.body) return "";
  // Not `pipeThrough`: two more streams for two kilobytes cost more than everything else here.
  const decoder = new TextDecoder();
  const reader = response.body.getReader();
  let text = "";
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return text + decoder.decode();
    text += decoder.decode(value, { stream: true });
    if (text.length > MAX_REPLY_CHARACTERS) {
      await reader.cancel();
      return "";
    }
  }
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
