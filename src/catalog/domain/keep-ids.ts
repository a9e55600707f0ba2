import type { VariantId } from "#kernel";

type Key = { readonly sku: string; readonly optionValues: readonly string[] };
type Known = Key & { readonly variantId: VariantId };

/** From surest to weakest: both, the SKU alone, the choice alone. */
const KEYS: readonly ((variant: Key) => string)[] = [
  ({ sku, optionValues }) => JSON.stringify([sku, optionValues]),
  ({ sku }) => sku,
  ({ optionValues }) => JSON.stringify(optionValues),
];

/**
 * Gives each variant the id that it had, so that carts and links survive an edit: first by SKU and option values
 * together (SKUs may be shared), then by SKU, then by option values; otherwise a new id. No id is given twice.
 */
export function keepIds(
  variants: readonly Key[],
  known: readonly Known[],
  mint: () => VariantId,
): VariantId[] {
  const ids = new Map<Key, VariantId>();
  const taken = new Set<VariantId>();
  for (const keyOf of KEYS) {
    const free = Map.groupBy(
      known.filter(({ variantId }) => !taken.has(variantId)),
      keyOf,
    );
    for (const variant of variants) {
      if (ids.has(variant)) continue;
      const match = free.get(keyOf(variant))?.shift();
      if (!match) continue;
      taken.add(match.variantId);
      ids.set(variant, match.variantId);
    }
  }
  return variants.map((variant) => ids.get(variant) ?? mint());
}
