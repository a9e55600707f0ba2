import type { Finding } from "./breaks.ts";
import type { ProviderSums } from "./money.ts";

/** One line of the provider's own list: what it says of one order of ours. */
export type ProviderLine = ProviderSums & { readonly reference: string; readonly currency: string };

/** Money at the provider that no order of this shop knows of (P3); amounts in minor units. */
export function compareProviderLine(line: ProviderLine, isOrderKnown: boolean): Finding[] {
  const keptMinor = line.capturedMinor - line.refundedMinor;
  if (isOrderKnown || (keptMinor === 0 && line.reservedMinor === 0)) return [];
  return [
    {
      class: "money.provider_orphan",
      aggregate: { kind: "order", id: line.reference },
      subject: "",
      expected: "an order behind this payment",
      found: `${keptMinor} kept and ${line.reservedMinor} reserved in ${line.currency}`,
    },
  ];
}
