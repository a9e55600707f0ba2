import { after, toIso, type EpochMs } from "#kernel";
import type { StockClaim } from "#inventory";
import type { OrderFateAnswer } from "#orders";
import type { BreakClass, Finding } from "./breaks.ts";
import { compareImage, type Image, type Waiting } from "./image.ts";
import { HOLD_CAP_MS, OUTBOX_LIMIT_MS } from "./limits.ts";

/** A claim, and what its order says became of it; `undefined` when the order did not answer. */
export type JudgedClaim = {
  readonly claim: Pick<StockClaim, "orderId" | "part" | "quantity" | "status" | "expiresAt">;
  readonly fate: OrderFateAnswer | undefined;
};

/** Everything that was asked about one SKU; one page of its claims. */
export type StockEvidence = {
  readonly sku: string;
  /** What the object found wrong with itself. */
  readonly violations: readonly {
    readonly rule: string;
    readonly expected: number;
    readonly found: number;
  }[];
  readonly claims: readonly JudgedClaim[];
  readonly outbox: Waiting;
  /** What its copy in D1 should be; version 0 for a SKU that nobody has touched. */
  readonly image: Image;
  readonly copy: Image | undefined;
  readonly now: EpochMs;
};

/** The text by which a break names a claim. */
export const claimSubject = ({ orderId, part }: Pick<StockClaim, "orderId" | "part">): string =>
  `${orderId}/${part}`;

/** Everything about one SKU that is not as promised. Pure: the same evidence gives the same findings. */
export function compareStock(evidence: StockEvidence): Finding[] {
  const { sku, image, copy, outbox, now } = evidence;
  const aggregate = { kind: "stock", id: sku } as const;
  const name = ({ subject = "", ...said }: Said): Finding => ({ ...said, subject, aggregate });
  // A SKU that nobody has touched tells nothing, so it has no copy; that of a bundle is worked out from its parts and
  // carries version 0, which no object tells.
  const isUntouched = image.version === 0 && (!copy || copy.version === 0);
  const images = { expected: image, found: copy, outbox, now };
  return [
    ...(isUntouched ? [] : compareImage({ aggregate, class: "projection.stock", ...images })),
    ...[
      ...evidence.violations.map(violated),
      ...compareOutbox(evidence),
      ...evidence.claims.flatMap((judged) => compareClaim(judged, now)),
    ].map(name),
  ];
}

type Said = {
  readonly class: BreakClass;
  readonly subject?: string;
  readonly expected: string;
  readonly found: string;
};

const violated = ({ rule, expected, found }: StockEvidence["violations"][number]): Said => ({
  class: "stock.invariant",
  subject: rule,
  expected: `${rule}: ${expected}`,
  found: String(found),
});

function compareOutbox({ outbox: { waiting, oldestAt }, now }: StockEvidence): Said[] {
  if (oldestAt === undefined || oldestAt > after(now, -OUTBOX_LIMIT_MS)) return [];
  return [
    {
      class: "outbox.old_stock",
      expected: "every event applied within five minutes",
      found: `${waiting} waiting, the oldest since ${toIso(oldestAt)}`,
    },
  ];
}

function compareClaim({ claim, fate }: JudgedClaim, now: EpochMs): Said[] {
  const subject = claimSubject(claim);
  if (claim.status === "held" && claim.expiresAt < after(now, -HOLD_CAP_MS))
    return [
      {
        class: "hold.overdue",
        subject,
        expected: `its order asked at ${toIso(claim.expiresAt)}`,
        found: `${claim.quantity} still held; the order is ${fate ?? "not reachable"}`,
      },
    ];
  // What a known order has ended is compared from the order's side, which knows the claim's own part.
  if (claim.status === "released" || claim.quantity === 0 || fate !== "unknown") return [];
  return [
    {
      class: "stock.claim_orphaned",
      subject,
      expected: "an order behind this claim",
      found: `${claim.quantity} ${claim.status} for an order that nobody knows`,
    },
  ];
}
