import type { Facet } from "../contract.ts";
import type { ListingPorts } from "./ports.ts";

/** Facets with their names and values as they are called where the list is read; keys and slugs stay. */
export async function nameFacets(
  { labels }: Pick<ListingPorts, "labels">,
  facets: readonly Facet[],
): Promise<readonly Facet[]> {
  if (!labels || facets.length === 0) return facets;
  const labelOf = await labels(
    facets.flatMap((facet) => [facet.label, ...facet.values.map(({ label }) => label)]),
  );
  return facets.map((facet) => ({
    ...facet,
    label: labelOf(facet.label),
    values: facet.values.map((value) => ({ ...value, label: labelOf(value.label) })),
  }));
}
