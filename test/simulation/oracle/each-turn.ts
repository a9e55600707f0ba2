import type { ObjectHost } from "../core/object-host.ts";
import type { Watch, World } from "../world/world.ts";
import { broken } from "./failure.ts";
import type { StockRpc } from "#inventory";
import { OWN_PROOF, shardsOf } from "./ask.ts";
import { escrowViolations, isStored, orderViolations } from "./tables.ts";

/** Checks whichever object has just written: what must hold at every moment, cheaply. */
export function watchOf(world: World): Watch {
  const stored = new Set<ObjectHost>();
  return (host) => {
    if (world.book.complaints.length > 0) throw broken(world, world.book.complaints.join("\n"), [host.key]);
    if (host.kind === "stock" || host.kind === "shard") return audit(world, host);
    if (host.kind !== "order") return;
    if (!stored.has(host)) {
      if (!isStored(host)) return;
      stored.add(host);
    }
    const wrong = orderViolations(host);
    if (wrong.length > 0) throw broken(world, `${host.key}: ${wrong.join("; ")}`, [host.key]);
  };
}

/** Every so many turns a stock object or a shard proves itself: the proof reads its whole journal. */
const AUDIT_EVERY = 8;

/** What it finds is thrown at the next write of any object. */
function audit(world: World, host: ObjectHost): void {
  if (world.scheduler.eventCount % AUDIT_EVERY !== 0 || !host.instance) return;
  const sku = host.name.slice(host.name.indexOf(":") + 1);
  const wrong = escrowViolations(world.host("stock", sku), shardsOf(world, sku));
  if (wrong.length > 0) throw broken(world, `${sku} ${wrong.join("; ")}`, [host.key, `stock ${sku}`]);
  // The host's kind says which class it makes.
  const stock = host.instance as unknown as StockRpc;
  void stock.audit(OWN_PROOF).then(({ violations }) => {
    for (const { rule, expected, found } of violations)
      world.book.complaints.push(`${host.key}: ${rule}: ${expected} expected, ${found} found`);
  });
}
