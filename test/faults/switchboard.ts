import { spoilD1, type D1Fault } from "./spoilt-d1.ts";

/** What is broken now. One Worker's isolate serves requests and objects alike, so all of it sees the same board. */
export type Faults = {
  readonly d1: D1Fault;
  /** Sending to any queue throws. */
  readonly queues: "up" | "down";
  /** The Worker throws at each of its own calls: batches and cron runs. */
  readonly worker: "up" | "down";
};

export const ALL_WELL: Faults = { d1: "none", queues: "up", worker: "up" };
export const SWITCH_PATH = "/__faults";

// Mutable on purpose: a test build that only ever runs inside a test.
const board = new Map<"now", Faults>();

export const currentFaults = (): Faults => board.get("now") ?? ALL_WELL;

/** Answers a request that sets the faults; `undefined` for any other. */
export async function setFaults(request: Request): Promise<Response | undefined> {
  if (new URL(request.url).pathname !== SWITCH_PATH) return undefined;
  board.set("now", { ...ALL_WELL, ...((await request.json()) as Partial<Faults>) });
  return Response.json(currentFaults());
}

/** The same environment with a database that misbehaves as the board says. */
export const breakable = <Env extends { readonly DB: D1Database }>(env: Env): Env => ({
  ...env,
  DB: spoilD1(env.DB, () => currentFaults().d1),
});
