import { isId, type OrderId } from "#kernel";
import { seenTwice } from "../domain/breaks.ts";
import { claimSubject } from "../domain/compare-stock.ts";
import { compareVoucher, type JudgedVoucherClaim, type VoucherEvidence } from "../domain/compare-vouchers.ts";
import { CLAIM_PAGE } from "../domain/limits.ts";
import { sumWaiting } from "./check-orders.ts";
import { mapBounded } from "./map-bounded.ts";
import type { ReconciliationPorts } from "./ports.ts";
import type { CheckReport, Looked } from "./record-check.ts";

type VoucherPorts = Pick<ReconciliationPorts, "clock" | "orders" | "vouchers">;

/** One voucher to look at, from which claim on. */
export type VoucherLook = { readonly voucherId: string; readonly after?: string };

export type VoucherReport = CheckReport & {
  /** Where each voucher's next page of claims starts; only vouchers that have one. */
  readonly nextClaims: ReadonlyMap<string, string>;
};

/** Compares vouchers with their own journals, their copies, and what the orders behind their claims say. */
export async function checkVouchers(
  looks: readonly VoucherLook[],
  ports: VoucherPorts,
): Promise<VoucherReport> {
  const first = await lookAtVouchers(looks, ports);
  const doubtful = new Set(first.findings.map((finding) => finding.aggregate.id));
  if (doubtful.size === 0) return first;
  const again = looks.filter((look) => doubtful.has(look.voucherId));
  const second = await lookAtVouchers(again, ports);
  const answeredTwice = new Set(second.looked.map((entry) => entry.id));
  return {
    ...first,
    looked: first.looked.filter(({ id }) => !doubtful.has(id) || answeredTwice.has(id)),
    findings: seenTwice(first.findings, second.findings),
    unreachable: first.unreachable + second.unreachable,
  };
}

type Answered = { readonly evidence: VoucherEvidence; readonly looked: Looked; readonly nextClaim?: string };

async function lookAtVouchers(looks: readonly VoucherLook[], ports: VoucherPorts): Promise<VoucherReport> {
  const copies = await ports.vouchers.images(looks.map((look) => look.voucherId));
  const answers = await mapBounded(looks, (look) =>
    lookAtVoucher(look, ports, copies.get(look.voucherId)).catch(() => undefined),
  );
  const answered = answers.filter((entry) => entry !== undefined);
  return {
    looked: answered.map((entry) => entry.looked),
    findings: answered.flatMap((entry) => compareVoucher(entry.evidence)),
    unreachable: answers.length - answered.length,
    waiting: sumWaiting(answered.map((entry) => entry.evidence.outbox)),
    nextClaims: new Map(
      answered.flatMap(({ looked, nextClaim }) => (nextClaim === undefined ? [] : [[looked.id, nextClaim]])),
    ),
  };
}

async function lookAtVoucher(
  { voucherId, after }: VoucherLook,
  ports: VoucherPorts,
  copy: VoucherEvidence["copy"],
): Promise<Answered> {
  const page = { limit: CLAIM_PAGE, ...(after === undefined ? {} : { after }) };
  const audit = await ports.vouchers.audit(voucherId, page);
  const claims: JudgedVoucherClaim[] = [];
  for (const claim of audit?.claims ?? []) {
    const fate =
      claim.status === "released"
        ? undefined
        : await ports.orders.fateOf(claim.orderId, claim.part).catch(() => undefined);
    claims.push({ claim, fate });
  }
  return {
    evidence: {
      voucherId,
      ...{ violations: audit?.violations ?? [], outbox: audit?.outbox ?? { waiting: 0 }, claims },
      ...{ image: audit?.image, copy, now: ports.clock.now() },
    },
    looked: { id: voucherId, subjects: claims.map(({ claim }) => claimSubject(claim)) },
    ...(audit?.nextClaim === undefined ? {} : { nextClaim: audit.nextClaim }),
  };
}

/** The order whose claim a break of a voucher is about, and the page of claims that begins with it. */
export function claimLook(voucherId: string, subject: string): VoucherLook {
  const orderId: OrderId | undefined = orderIn(subject);
  // Every text of the order is greater than its id without the last character.
  return orderId === undefined ? { voucherId } : { voucherId, after: orderId.slice(0, -1) };
}

function orderIn(subject: string): OrderId | undefined {
  const text = subject.slice(0, Math.max(0, subject.lastIndexOf("/")));
  return isId("ord", text) ? text : undefined;
}
