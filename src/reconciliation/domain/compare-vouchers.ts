import { after, type EpochMs } from "#kernel";
import type { OrderFateAnswer } from "#orders";
import type { VoucherAudit, VoucherHold } from "#vouchers";
import type { Finding } from "./breaks.ts";
import { claimSubject } from "./compare-stock.ts";
import { compareImage, type Image, type Waiting } from "./image.ts";
import { HOLD_CAP_MS } from "./limits.ts";

/** A claim, and what its order says became of it; `undefined` when the order did not answer. */
export type JudgedVoucherClaim = {
  readonly claim: VoucherHold;
  readonly fate: OrderFateAnswer | undefined;
};

/** Everything that was asked about one voucher; one page of its claims. */
export type VoucherEvidence = {
  readonly voucherId: string;
  readonly violations: VoucherAudit["violations"];
  readonly claims: readonly JudgedVoucherClaim[];
  readonly outbox: Waiting;
  /** What its copy in D1 should be; `undefined`: its object knows of no voucher. */
  readonly image: Image | undefined;
  readonly copy: Image | undefined;
  readonly now: EpochMs;
};

/** Everything about one voucher that is not as promised. Pure: the same evidence gives the same findings. */
export function compareVoucher(evidence: VoucherEvidence): Finding[] {
  const { voucherId, image, copy, outbox, now } = evidence;
  const aggregate = { kind: "voucher", id: voucherId } as const;
  const wanted = image ?? { version: 0, parts: {} };
  return [
    ...compareImage({ aggregate, class: "projection.voucher", expected: wanted, found: copy, outbox, now }),
    ...evidence.violations.map(({ rule, expected, found }): Finding => ({
      class: "voucher.invariant",
      aggregate,
      subject: rule,
      expected: `${rule}: ${expected}`,
      found: String(found),
    })),
    ...evidence.claims.flatMap((judged): Finding[] => {
      const said = compareClaim(judged, now);
      return said ? [{ ...said, aggregate, subject: claimSubject(judged.claim) }] : [];
    }),
  ];
}

function compareClaim(
  { claim, fate }: JudgedVoucherClaim,
  now: EpochMs,
): Pick<Finding, "class" | "expected" | "found"> | undefined {
  if (claim.status === "released") return undefined;
  const found = `${claim.status}, ${claim.amountMinor} minor units; the order is ${fate ?? "not reachable"}`;
  if (fate === "unknown")
    return { class: "voucher.claim_orphaned", expected: "an order behind this claim", found };
  // An order that has just been cancelled gives back what it held with its next step.
  const isSettled = claim.expiresAt < after(now, -HOLD_CAP_MS);
  if (fate === "cancelled" && isSettled)
    return { class: "voucher.claim_leaked", expected: "released with its order", found };
  return undefined;
}
