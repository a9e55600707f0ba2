import type { ObjectHost } from "../core/object-host.ts";
import type { Watch, World } from "../world/world.ts";
import { broken } from "./failure.ts";
import { isStored, orderViolations, stockViolations } from "./tables.ts";

/** Checks whichever object has just written: what must hold at every moment, cheaply. */
export function watchOf(world: World): Watch {
  const stored = new Set<ObjectHost>();
  return (host) => {
    if (world.book.complaints.length > 0)
      throw broken(world, world.book.complaints.join("\n"), [host.key]);
    if (host.kind === "parcel") return;
    if (!stored.has(host)) {
      if (!isStored(host)) return;
      stored.add(host);
    }
    const wrong = host.kind === "order" ? orderViolations(host) : stockViolations(host);
    if (wrong.length > 0) throw broken(world, `${host.key}: ${wrong.join("; ")}`, [host.key]);
  };
}
