import type { OrderId } from "#kernel";
import { isSold, type Rest } from "./ask.ts";
import type { Finding } from "./at-rest.ts";

/** Nobody who stood in the line has more units in orders that stand than one customer may, over any number of carts. */
export function checkLine({ world, views }: Rest): readonly Finding[] {
  const { lined, unitsPerCustomer } = world.book;
  const bought = new Map<string, { units: number; orders: OrderId[] }>();
  for (const [orderId, quantity] of lined) {
    const view = views.get(orderId);
    if (!isSold(view) || !view) continue;
    const own = bought.get(view.draft.email) ?? { units: 0, orders: [] };
    own.units += quantity;
    own.orders.push(orderId);
    bought.set(view.draft.email, own);
  }
  return [...bought]
    .filter(([, { units }]) => units > unitsPerCustomer)
    .map(([customer, { units, orders }]) => ({
      what: `${customer} has ${units} units from behind the line, ${unitsPerCustomer} are allowed`,
      about: [...orders, "gate "],
    }));
}
