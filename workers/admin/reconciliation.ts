import type { Context } from "hono";
import type { ReconciliationDesk } from "#reconciliation";
import { createReconciliationDesk } from "../../src/reconciliation/app/desk.ts";
import { reconciliationPorts, type ReconciliationEnv } from "../shared/reconciliation-ports.ts";

/** The zone in which the pages show instants. */
export const SHOP_TIME_ZONE = "Europe/Berlin";

/** What staff ask of reconciliation. The sandbox's address is not among the declared bindings: it may be absent. */
export const reconciliationDesk = (c: Context): ReconciliationDesk =>
  createReconciliationDesk(reconciliationPorts(c.env as ReconciliationEnv));
