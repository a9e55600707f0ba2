import { ok, refuse, type Result } from "#kernel";
import type { EntryInput, PriceDeskRefusal } from "../app/price-desk.ts";
import { MAX_STEPS_PER_VARIANT } from "../domain/limits.ts";

const COUNT = `UPDATE price_lists SET entry_count = (SELECT count(*) FROM price_list_entries WHERE list_id = ?1),
  version = version + 1 WHERE id = ?1`;
const RAISE = "UPDATE price_state SET version = version + 1 WHERE id = 1";
const QUEUE = `INSERT INTO price_work (product_number, sequence)
  SELECT DISTINCT v.product_number, 1 FROM json_each(?1) one JOIN variants v ON v.id = one.value WHERE true
  ON CONFLICT (product_number) DO UPDATE SET sequence = sequence + 1`;
const UPSERT = `INSERT INTO price_list_entries (variant_id, list_id, min_quantity, amount_minor, compare_at_minor, percent_off_ppm)
  SELECT value ->> 'variantId', ?2, value ->> 'minQuantity', value ->> 'amountMinor', value ->> 'compareAtMinor',
    value ->> 'percentOffPpm'
  FROM json_each(?1) WHERE true
  ON CONFLICT (variant_id, list_id, min_quantity) DO UPDATE SET amount_minor = excluded.amount_minor,
    compare_at_minor = excluded.compare_at_minor, percent_off_ppm = excluded.percent_off_ppm`;

/** Writes prices into a list; all or none of them. Refuses SKUs and ids that nothing is sold under, by their place. */
export async function addEntries(
  db: D1Database,
  listId: string,
  entries: readonly EntryInput[],
): Promise<Result<true, PriceDeskRefusal>> {
  const known = await knownVariants(db, entries);
  const mistakes = entries.flatMap((entry, index) =>
    idOf(entry, known) === undefined
      ? [{ field: `entries/${index}`, detail: "Nothing is sold under this id or SKU." }]
      : [],
  );
  const rows = entries.map((entry) => ({
    variantId: idOf(entry, known),
    minQuantity: entry.minQuantity,
    ...entry.price,
  }));
  const steps = Map.groupBy(rows, (row) => row.variantId);
  if ([...steps.values()].some((ones) => ones.length > MAX_STEPS_PER_VARIANT))
    mistakes.push({ field: "entries", detail: `A variant has at most ${MAX_STEPS_PER_VARIANT} steps.` });
  if (mistakes.length > 0) return refuse({ code: "invalid_terms", mistakes });
  const ids = JSON.stringify([...steps.keys()]);
  await db.batch([
    db.prepare(UPSERT).bind(JSON.stringify(rows), listId),
    db.prepare(COUNT).bind(listId),
    db.prepare(RAISE),
    db.prepare(QUEUE).bind(ids),
  ]);
  return ok(true);
}

/** Takes the prices of a variant out of a list. */
export async function dropEntries(
  db: D1Database,
  listId: string,
  { variantId, minQuantity }: { readonly variantId: string; readonly minQuantity?: number },
): Promise<Result<true, PriceDeskRefusal>> {
  const named = [variantId, listId, minQuantity ?? null];
  // Looked for first: taking away what is not there must not raise the list's version.
  const known = await db
    .prepare(
      "SELECT 1 FROM price_list_entries WHERE variant_id = ?1 AND list_id = ?2 AND min_quantity = coalesce(?3, min_quantity) LIMIT 1",
    )
    .bind(...named)
    .first();
  if (!known) return refuse({ code: "entry_unknown" });
  await db.batch([
    db
      .prepare(
        "DELETE FROM price_list_entries WHERE variant_id = ?1 AND list_id = ?2 AND min_quantity = coalesce(?3, min_quantity)",
      )
      .bind(...named),
    db.prepare(COUNT).bind(listId),
    db.prepare(RAISE),
    db.prepare(QUEUE).bind(JSON.stringify([variantId])),
  ]);
  return ok(true);
}

type Known = { readonly ids: ReadonlySet<string>; readonly bySku: ReadonlyMap<string, string> };

const idOf = (entry: EntryInput, known: Known): string | undefined =>
  "sku" in entry ? known.bySku.get(entry.sku) : known.ids.has(entry.variantId) ? entry.variantId : undefined;

async function knownVariants(db: D1Database, entries: readonly EntryInput[]): Promise<Known> {
  const ids = entries.flatMap((entry) => ("sku" in entry ? [] : [entry.variantId]));
  const skus = entries.flatMap((entry) => ("sku" in entry ? [entry.sku] : []));
  const [byId, bySku] = await db.batch<{ id: string; sku: string }>([
    db
      .prepare("SELECT v.id, v.sku FROM json_each(?1) one CROSS JOIN variants v ON v.id = one.value LIMIT ?2")
      .bind(JSON.stringify(ids), entries.length),
    db
      .prepare(
        `SELECT min(v.id) AS id, v.sku FROM json_each(?1) one CROSS JOIN variants v ON v.sku = one.value
         GROUP BY v.sku LIMIT ?2`,
      )
      .bind(JSON.stringify([...new Set(skus)]), entries.length + 1),
  ]);
  return {
    ids: new Set(byId?.results.map((row) => row.id)),
    bySku: new Map(bySku?.results.map((row) => [row.sku, row.id])),
  };
}
