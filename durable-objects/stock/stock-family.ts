import type { StockAudit, StockClaim, StockShardRpc } from "#inventory";
import type { OrderId } from "#kernel";

/** What shards find wrong with themselves, each with its number. Throws when one cannot be reached. */
export async function auditShards(shards: readonly StockShardRpc[]): Promise<StockAudit["violations"]> {
  const audits = await Promise.all(shards.map((shard) => shard.audit({ limit: 1 })));
  return audits.flatMap(({ violations }, index) =>
    violations.map(({ rule, ...numbers }) => ({ rule: `shard ${index + 1}: ${rule}`, ...numbers })),
  );
}

/**
 * An order's claims with those at shards. A part that was turned away somewhere and served elsewhere counts as served:
 * its tombstones are left out. Throws when a shard cannot be reached.
 */
export async function claimsAtShards(
  own: readonly StockClaim[],
  orderId: OrderId,
  shards: readonly StockShardRpc[],
): Promise<readonly StockClaim[]> {
  if (shards.length === 0) return own;
  const others = await Promise.all(shards.map((shard) => shard.claimsOf(orderId)));
  const all = [own, ...others].flat();
  const found = new Map<number, StockClaim>();
  for (const claim of all) if ((found.get(claim.part)?.quantity ?? 0) === 0) found.set(claim.part, claim);
  return [...found.values()].sort((a, b) => a.part - b.part);
}
