import { WORKERS } from "../../scripts/lib/workers.ts";
import type { RunningShop } from "../../scripts/lib/shop.ts";
import { BREAKABLE_MAINS } from "../faults/breakable-mains.ts";
import { SWITCH_PATH, type Faults } from "../faults/switchboard.ts";
import { useShop, type ShopHarness } from "./shop-harness.ts";

/** A shop whose database, queues and fulfilment Worker can be broken and mended while it serves. */
export const useBreakableShop = (): ShopHarness =>
  useShop({
    cronSeconds: 0,
    mains: BREAKABLE_MAINS,
  });

/** Breaks what is named in both Workers and mends the rest; `{}` mends everything. */
export async function breakShop({ url, shop }: RunningShop, faults: Partial<Faults>): Promise<void> {
  const body = JSON.stringify(faults);
  const fulfilment = await shop.getWorker(WORKERS.fulfilment.name);
  const answers = await Promise.all([
    fetch(`${url}${SWITCH_PATH}`, { method: "POST", body }),
    fulfilment.fetch(`http://fulfilment${SWITCH_PATH}`, { method: "POST", body }),
  ]);
  for (const { status } of answers) if (status !== 200) throw new Error(`The switch answered ${status}.`);
}
