import type { Context } from "hono";
import { epochMs, mintId, type Result } from "#kernel";
import type { CallContext } from "#platform";
import { answerProblem, readIdempotencyKey, type ProblemRefusal, type WebEnv } from "#web";
import type { StockDeskPorts } from "../app/ports.ts";
import type { DeskRefusal, StockRefusal } from "../contract.ts";
import { deskProblem, stockProblem } from "./problems.ts";

export type StockAdminOptions = {
  /** What the use cases touch; reached per request because bindings belong to it. */
  readonly desk: (c: Context) => StockDeskPorts;
};

/** Who asks, for the journal. */
export const callOf = (c: Context<WebEnv>): CallContext => ({
  traceparent: c.get("traceparent"),
  actor: "staff:development",
});

/** The request's Idempotency-Key, or an id of our own for a caller that does not mean to repeat. */
export function keyOf(c: Context, prefix: "adj" | "trf" = "adj"): Result<string, ProblemRefusal> {
  const key = readIdempotencyKey(c, false);
  return key.ok ? { ok: true, value: key.value ?? mintId(prefix, epochMs(Date.now())) } : key;
}

/** Names them all: a new refusal of the desk does not compile without its row. */
const DESK_CODES: Readonly<Record<DeskRefusal["code"], true>> = {
  sku_unknown: true,
  location_unknown: true,
  location_conflict: true,
  location_needed: true,
  too_many_locations: true,
  transfer_not_found: true,
  transfer_reused: true,
  transfer_invalid: true,
  bundle_invalid: true,
  bundle_unknown: true,
};

const isDesk = (refusal: DeskRefusal | StockRefusal): refusal is DeskRefusal => refusal.code in DESK_CODES;

/** Answers a refusal of staff's use cases as a problem document. */
export const answerRefusal = (c: Context, refusal: DeskRefusal | StockRefusal): Response =>
  answerProblem(c, isDesk(refusal) ? deskProblem(refusal) : stockProblem(refusal));
