import type { World } from "../world/world.ts";
import { atRest } from "./ask.ts";
import { checkClaims } from "./claims.ts";
import { checkDrafts } from "./drafts.ts";
import { broken } from "./failure.ts";
import { checkCopies } from "./copies.ts";
import { checkLine } from "./line.ts";
import { checkMoney } from "./money.ts";
import { checkOrders } from "./orders.ts";
import { checkStock } from "./stock.ts";
import { checkVouchers } from "./vouchers.ts";

/** Something that does not hold, and the objects that it is about. */
export type Finding = { readonly what: string; readonly about: readonly string[] };

/** The global oracle: every promise of the shop, asked when all faults are over and nothing is under way. */
export async function checkAtRest(world: World): Promise<void> {
  const rest = await atRest(world);
  const findings: Finding[] = [
    ...world.book.complaints.map((what) => ({ what, about: [] })),
    ...(await checkOrders(rest)),
    ...(await checkStock(rest)),
    ...checkClaims(rest),
    ...checkLine(rest),
    ...checkDrafts(rest),
    ...(await checkMoney(rest)),
    ...(await checkVouchers(rest)),
    ...(await checkCopies(rest)),
  ];
  const [first] = findings;
  if (!first) return;
  const more =
    findings.length > 1
      ? ` (and ${findings.length - 1} more: ${findings
          .slice(1, 4)
          .map(({ what }) => what)
          .join(" | ")})`
      : "";
  throw broken(world, `${first.what}${more}`, first.about);
}
