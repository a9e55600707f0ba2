import type { OrderLine, OrderView } from "#orders";
import { shardsOf, wasConfirmed, type Rest } from "./ask.ts";
import type { Finding } from "./at-rest.ts";
import { claimsAt, type ClaimFact } from "./tables.ts";

/** What one unit of a line takes from stock: itself, or what a bundle is made of. Counted apart from the shop's own way. */
export const partsOf = ({ sku, components }: OrderLine): readonly { sku: string; quantity: number }[] =>
  components ?? [{ sku, quantity: 1 }];

/**
 * What an order has of a SKU, over the SKU's own object and its shards, is what its lines add up to: one claim per SKU,
 * taken once, in one place; bundles are counted by their parts, together with what is ordered of these alone. Orders
 * that were edited have a claim for each part of theirs; the sum of those is left to the conservation of units.
 */
export function checkClaims({ world, views }: Rest): readonly Finding[] {
  const claims = new Map<string, ClaimFact[]>();
  for (const sku of world.skus)
    for (const host of [world.host("stock", sku), ...shardsOf(world, sku)])
      for (const claim of claimsAt(host)) {
        const key = `${claim.orderId} ${sku}`;
        claims.set(key, [...(claims.get(key) ?? []), claim]);
      }
  const findings: Finding[] = [];
  for (const [orderId, view] of views) {
    const wanted = wantedBySku(view);
    for (const sku of world.skus) {
      const own = claims.get(`${orderId} ${sku}`) ?? [];
      for (const what of wrongClaims(own, view, wanted.get(sku) ?? 0))
        findings.push({ what: `${orderId} is ${view.status} and ${what} of ${sku}`, about: [orderId, sku] });
    }
  }
  return findings;
}

function wrongClaims(claims: readonly ClaimFact[], view: OrderView, wanted: number): readonly string[] {
  const wrong: string[] = [];
  if (claims.some(({ status }) => status === "held")) wrong.push("still holds units");
  const taken = claims.filter(({ status, part }) => status === "committed" && part === 0);
  if (taken.length > 1) wrong.push(`took units in ${taken.length} places`);
  const units = taken.reduce((sum, { quantity }) => sum + quantity, 0);
  if (!wasConfirmed(view)) return units === 0 ? wrong : [...wrong, `took ${units}`];
  const isAsOrdered = view.edits.every(({ outcome }) => outcome === "abandoned");
  return isAsOrdered && units !== wanted ? [...wrong, `took ${units} of ${wanted}`] : wrong;
}

/** The demand of an order per SKU, summed over lines and parts of bundles. */
function wantedBySku({ draft }: OrderView): ReadonlyMap<string, number> {
  const wanted = new Map<string, number>();
  for (const line of draft.lines)
    for (const { sku, quantity } of partsOf(line))
      wanted.set(sku, (wanted.get(sku) ?? 0) + quantity * line.quantity);
  return wanted;
}
