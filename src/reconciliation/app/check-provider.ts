import { isId } from "#kernel";
import { compareProviderLine } from "../domain/compare-provider.ts";
import type { Finding } from "../domain/breaks.ts";
import { mapBounded } from "./map-bounded.ts";
import type { ProviderBook, ReconciliationPorts } from "./ports.ts";
import { NOTHING_CHECKED, type CheckReport } from "./record-check.ts";

export type ProviderReport = CheckReport & { readonly nextCursor?: string };

/** Looks for money at the provider that no order of this shop knows of. One page of the provider's own list. */
export async function checkProvider(
  page: { readonly cursor: string; readonly limit: number },
  ports: Pick<ReconciliationPorts, "orders"> & { readonly provider: ProviderBook },
): Promise<ProviderReport> {
  const lines = await ports.provider.lines(page);
  if (!lines) return { ...NOTHING_CHECKED, unreachable: 1, nextCursor: page.cursor };
  const answers = await mapBounded(lines.items, async (line): Promise<Finding[] | undefined> => {
    if (!isId("ord", line.reference)) return compareProviderLine(line, false);
    const fate = await ports.orders.fateOf(line.reference, 0).catch(() => undefined);
    return fate === undefined ? undefined : compareProviderLine(line, fate !== "unknown");
  });
  const looked = lines.items.filter((_line, index) => answers[index] !== undefined);
  return {
    ...NOTHING_CHECKED,
    looked: looked.map((line) => ({ id: line.reference })),
    findings: answers.flatMap((findings) => findings ?? []),
    unreachable: lines.items.length - looked.length,
    ...(lines.nextCursor === undefined ? {} : { nextCursor: lines.nextCursor }),
  };
}
