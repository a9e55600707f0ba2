import type { OrderId } from "#kernel";
import { sha256Hex } from "#platform";
import { canonical, differenceOf, type Image } from "../domain/image.ts";
import { CLAIM_PAGE, REBUILD_ORDERS, REBUILD_SKUS } from "../domain/limits.ts";
import { mapBounded } from "./map-bounded.ts";
import type { PageDone, ReconciliationPorts } from "./ports.ts";

type RebuildPorts = Pick<ReconciliationPorts, "orders" | "stock" | "copies">;

/**
 * Writes a page of orders' copies anew where they differ from their objects, then reads them back. The two checksums
 * cover every order of the page as its object and as its copy has it: equal when the page is level. The shop sells on
 * meanwhile; an order that moves during its page is written once more by its own event.
 */
export async function rebuildOrders(cursor: string, ports: RebuildPorts): Promise<PageDone> {
  const ids = await ports.copies.orderIds({ after: cursor, limit: REBUILD_ORDERS });
  const page = await rebuildPage(ids, {
    truthOf: async (id) => (await ports.orders.facts(id))?.image,
    copiesOf: (names) => ports.copies.orderImages(names),
    rewrite: (names, seen) => ports.copies.rewriteOrders(names, seen),
  });
  const last = ids.at(-1);
  return last !== undefined && ids.length === REBUILD_ORDERS ? { ...page, nextCursor: last } : page;
}

/**
 * The same for levels. Each SKU's claims name the orders that it knows; those without a row in D1 are written too, so
 * that a database that has lost its orders gets them back from the stock objects' memory.
 */
export async function rebuildStock(cursor: string, ports: RebuildPorts): Promise<PageDone> {
  const skus = await ports.copies.skus({ after: cursor, limit: REBUILD_SKUS });
  const page = await rebuildPage(skus, {
    truthOf: async (sku) => untouchedIsNothing((await ports.stock.audit(sku, { limit: 1 })).image),
    copiesOf: (names) => ports.copies.stockImages(names),
    rewrite: (names, seen) => ports.copies.rewriteStock(names, seen),
  });
  const lost = await findLost(skus, ports);
  const last = skus.at(-1);
  const done = { ...page, found: page.found + lost };
  return last !== undefined && skus.length === REBUILD_SKUS ? { ...done, nextCursor: last } : done;
}

/** A SKU that nobody has touched has no copy. */
const untouchedIsNothing = (image: Image): Image | undefined => (image.version === 0 ? undefined : image);

type Source<Name extends string> = {
  readonly truthOf: (name: Name) => Promise<Image | undefined>;
  readonly copiesOf: (names: readonly Name[]) => Promise<ReadonlyMap<string, Image>>;
  readonly rewrite: (names: readonly Name[], seen: ReadonlyMap<string, Image>) => Promise<void>;
};

async function rebuildPage<Name extends string>(
  names: readonly Name[],
  source: Source<Name>,
): Promise<PageDone> {
  if (names.length === 0) return { checked: 0, found: 0 };
  const seen = await source.copiesOf(names);
  const truths = await mapBounded(names, source.truthOf);
  const differing = names.filter((name, index) => {
    const truth = truths[index];
    return truth !== undefined && differenceOf(truth, seen.get(name)) !== undefined;
  });
  if (differing.length > 0) await source.rewrite(differing, seen);
  const after = differing.length === 0 ? seen : await source.copiesOf(names);
  const checksums = {
    object: await checksumOf(names.map((name, index) => [name, truths[index] ?? after.get(name)])),
    copy: await checksumOf(names.map((name) => [name, after.get(name)])),
  };
  return { checked: names.length, found: differing.length, checksums };
}

const checksumOf = (page: readonly (readonly [string, Image | undefined])[]): Promise<string> =>
  sha256Hex(canonical(page.map(([name, image]) => [name, image?.version ?? 0, image?.parts ?? {}])));

async function findLost(skus: readonly string[], ports: RebuildPorts): Promise<number> {
  let lost = 0;
  for (const sku of skus) {
    let after: string | undefined = "";
    while (after !== undefined) {
      const page = await ports.stock.audit(sku, { after, limit: CLAIM_PAGE });
      lost += await writeLost([...new Set(page.claims.map((claim) => claim.orderId))], ports);
      after = page.nextClaim;
    }
  }
  return lost;
}

async function writeLost(orderIds: readonly OrderId[], { orders, copies }: RebuildPorts): Promise<number> {
  const known = await copies.orderImages(orderIds);
  const missing = orderIds.filter((id) => !known.has(id));
  const fates = await mapBounded(missing, (id) => orders.fateOf(id, 0));
  const lost = missing.filter((_id, index) => fates[index] !== "unknown");
  if (lost.length > 0) await copies.rewriteOrders(lost, known);
  return lost.length;
}
