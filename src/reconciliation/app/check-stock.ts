import type { OrderId } from "#kernel";
import type { StockAudit, StockClaim } from "#inventory";
import { seenTwice } from "../domain/breaks.ts";
import { claimSubject, compareStock, type JudgedClaim, type StockEvidence } from "../domain/compare-stock.ts";
import { CLAIM_PAGE } from "../domain/limits.ts";
import { sumWaiting } from "./check-orders.ts";
import { mapBounded } from "./map-bounded.ts";
import type { ReconciliationPorts } from "./ports.ts";
import type { CheckReport, Looked } from "./record-check.ts";

type StockPorts = Pick<ReconciliationPorts, "clock" | "orders" | "stock" | "copies">;

/** One SKU to look at, from which claim on, and orders whose claims are looked at wherever they stand. */
export type StockLook = {
  readonly sku: string;
  readonly after?: string;
  readonly orderIds?: readonly OrderId[];
};

export type StockReport = CheckReport & {
  /** Where each SKU's next page of claims starts; only SKUs that have one. */
  readonly nextClaims: ReadonlyMap<string, string>;
  /** Orders that the claims name: the stock objects know every order, even when D1 has lost it. */
  readonly orderIds: readonly OrderId[];
};

/** Compares SKUs with their own journals, their copies, and what the orders behind their claims say. */
export async function checkStock(looks: readonly StockLook[], ports: StockPorts): Promise<StockReport> {
  const first = await lookAtStock(looks, ports);
  const doubtful = new Set(first.findings.map((finding) => finding.aggregate.id));
  if (doubtful.size === 0) return first;
  const second = await lookAtStock(
    looks.filter((look) => doubtful.has(look.sku)),
    ports,
  );
  const answeredTwice = new Set(second.looked.map((entry) => entry.id));
  return {
    ...first,
    looked: first.looked.filter(({ id }) => !doubtful.has(id) || answeredTwice.has(id)),
    findings: seenTwice(first.findings, second.findings),
    unreachable: first.unreachable + second.unreachable,
  };
}

type Answered = { readonly evidence: StockEvidence; readonly looked: Looked; readonly nextClaim?: string };

async function lookAtStock(looks: readonly StockLook[], ports: StockPorts): Promise<StockReport> {
  const copies = await ports.copies.stockImages(looks.map((look) => look.sku));
  const answers = await mapBounded(looks, (look) =>
    lookAtSku(look, ports, copies.get(look.sku)).catch(() => undefined),
  );
  const answered = answers.filter((entry) => entry !== undefined);
  const claims = answered.flatMap(({ evidence }) => evidence.claims);
  return {
    looked: answered.map((entry) => entry.looked),
    findings: answered.flatMap((entry) => compareStock(entry.evidence)),
    unreachable: answers.length - answered.length,
    waiting: sumWaiting(answered.map((entry) => entry.evidence.outbox)),
    nextClaims: new Map(
      answered.flatMap(({ looked, nextClaim }) => (nextClaim === undefined ? [] : [[looked.id, nextClaim]])),
    ),
    orderIds: [...new Set(claims.filter(isKnown).map(({ claim }) => claim.orderId))],
  };
}

const isKnown = ({ fate }: JudgedClaim): boolean => fate !== undefined && fate !== "unknown";

async function lookAtSku(
  { sku, after, orderIds = [] }: StockLook,
  ports: StockPorts,
  copy: StockEvidence["copy"],
): Promise<Answered> {
  const audit = await ports.stock.audit(sku, {
    limit: CLAIM_PAGE,
    ...(after === undefined ? {} : { after }),
  });
  const extra: StockClaim[] = [];
  for (const orderId of orderIds) extra.push(...(await ports.stock.claimsOf(sku, orderId)));
  const claims = await judge([...audit.claims, ...extra], ports);
  const subjects = [
    ...claims.map(({ claim }) => claimSubject(claim)),
    // A claim that is not there any more has been looked for.
    ...orderIds.map((orderId) => claimSubject({ orderId, part: 0 })),
  ];
  const { violations, outbox, image, nextClaim } = audit;
  const now = ports.clock.now();
  return {
    evidence: { sku, violations, outbox, image, claims, copy, now },
    looked: { id: sku, subjects },
    ...(nextClaim === undefined ? {} : { nextClaim }),
  };
}

/** Asks each claim's order once; a tombstone of an order that never was needs no answer. */
async function judge(claims: StockAudit["claims"], { orders }: StockPorts): Promise<JudgedClaim[]> {
  const unique = new Map(claims.map((claim) => [claimSubject(claim), claim]));
  const judged: JudgedClaim[] = [];
  for (const claim of unique.values()) {
    const isAsked = claim.quantity > 0;
    const fate = isAsked ? await orders.fateOf(claim.orderId, claim.part).catch(() => undefined) : undefined;
    judged.push({ claim, fate });
  }
  return judged;
}
