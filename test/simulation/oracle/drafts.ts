import type { Rest } from "./ask.ts";
import type { Finding } from "./at-rest.ts";

/** A draft became one order at most, however many people placed it; and one that says so did. */
export function checkDrafts({ world, views }: Rest): readonly Finding[] {
  const findings: Finding[] = [];
  for (const [draftId, orders] of world.book.drafted) {
    const standing = [...orders].filter((orderId) => {
      const status = views.get(orderId)?.status;
      return status !== undefined && status !== "cancelled";
    });
    if (standing.length > 1)
      findings.push({ what: `${draftId} became ${standing.length} orders`, about: standing });
    const [row] = world.d1.rows("SELECT status, order_id FROM staff_drafts WHERE id = ?", draftId);
    const isLost =
      row?.["status"] === "placed" && ![...views.keys()].some((orderId) => orderId === row["order_id"]);
    if (isLost)
      findings.push({
        what: `${draftId} says that it is ${String(row["order_id"])}, which does not exist`,
        about: [String(row["order_id"])],
      });
  }
  return findings;
}
