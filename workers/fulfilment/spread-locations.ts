import { spreadArrangement, type StockRpc } from "#inventory";
import { createLogger, newTraceparent, objectNamespace } from "#platform";
import { createLocationTable, listBehind } from "../../src/inventory/adapters/location-table.ts";

/** Tells SKUs of the present order of locations, the longest behind first; the rest follow in the next rounds. */
export async function spreadLocations(env: Pick<FulfilmentEnv, "DB" | "STOCK">): Promise<void> {
  const ports = { stock: objectNamespace<StockRpc>(env.STOCK), locations: createLocationTable(env.DB) };
  const call = { traceparent: newTraceparent(), actor: "system:locations" };
  const told = await spreadArrangement(ports, (revision, limit) => listBehind(env.DB, revision, limit), call);
  if (told > 0) createLogger("fulfilment.locations").info("locations.spread", { told });
}
