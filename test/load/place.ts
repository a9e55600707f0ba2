import { monitorEventLoopDelay } from "node:perf_hooks";

/** Milliseconds after which a buyer counts as left hanging. */
const HANG_MS = 60_000;

export type PlaceRequest = {
  readonly checkoutId: string;
  readonly key: string;
  readonly body: unknown;
  /** The client's address as an edge would report it; this machine's own without it. */
  readonly address?: string;
  /** Cuts the connection when it fires. */
  readonly signal?: AbortSignal;
};

export type Reply = {
  /** 0 when no answer came. */
  readonly status: number;
  readonly contentType: string;
  readonly text: string;
  readonly sentAtMs: number;
  readonly tookMs: number;
};

/** Places an order once; never throws. */
export async function placeOnce(origin: string, request: PlaceRequest): Promise<Reply> {
  const sentAtMs = performance.now();
  const reply = (status: number, contentType: string, text: string): Reply => ({
    status,
    contentType,
    text,
    sentAtMs,
    tookMs: performance.now() - sentAtMs,
  });
  const hang = AbortSignal.timeout(HANG_MS);
  try {
    const response = await fetch(`${origin}/api/checkouts/${request.checkoutId}/place`, {
      method: "POST",
      signal: request.signal ? AbortSignal.any([hang, request.signal]) : hang,
      headers: {
        "content-type": "application/json",
        "idempotency-key": request.key,
        ...(request.address === undefined ? {} : { "cf-connecting-ip": request.address }),
      },
      body: JSON.stringify(request.body),
    });
    return reply(response.status, response.headers.get("content-type") ?? "", await response.text());
  } catch (error) {
    return reply(0, "", String(error));
  }
}

/** The type of a problem document; empty for anything else. */
export function problemType({ contentType, text, status }: Reply): string {
  if (!contentType.startsWith("application/problem+json")) return "";
  const problem = JSON.parse(text) as { type?: unknown; status?: unknown };
  return typeof problem.type === "string" && problem.status === status ? problem.type : "";
}

/** Refusals that mean "not yet": the same key is to be sent again. */
export const isNotYet = (reply: Reply): boolean =>
  reply.status === 0 || /\/request-in-progress$|\/unavailable$/.test(problemType(reply));

/** A reply without the name of its own request, which differs each time. */
export function meaningOf({ status, text }: Reply): string {
  try {
    const { instance: _, ...rest } = JSON.parse(text) as Record<string, unknown>;
    return `${status} ${JSON.stringify(rest)}`;
  } catch {
    return `${status} ${text}`;
  }
}

/** How busy the driver itself was, so that nobody takes its limits for the shop's. */
export function watchDriver(): () => { readonly driverCpuShare: number; readonly driverDelayP99Ms: number } {
  const delay = monitorEventLoopDelay({ resolution: 10 });
  delay.enable();
  const startedAt = performance.now();
  const before = process.cpuUsage();
  return () => {
    const { user, system } = process.cpuUsage(before);
    delay.disable();
    const wallMicros = (performance.now() - startedAt) * 1_000;
    return {
      driverCpuShare: Number(((user + system) / wallMicros).toFixed(2)),
      driverDelayP99Ms: Math.round(delay.percentile(99) / 1e6),
    };
  };
}
