import type { HoldClaim, OrderFateAnswer } from "#inventory";
import {
  describeError,
  failpoint,
  inquiryWaitMs,
  newTraceparent,
  retryDelayMs,
  type CallContext,
  type Logger,
} from "#platform";
import { INQUIRIES_BEFORE_ALERT } from "../../src/inventory/domain/limits.ts";
import type { DueHold } from "./hold-table.ts";

/** Asks an order object what became of it; throws when it cannot be reached. */
export type FateInquiry = (claim: HoldClaim) => Promise<OrderFateAnswer>;

/** What can follow from an order's answer. Each is a transaction of its own, which looks at the hold again. */
export type InquirySteps = {
  readonly sku: string;
  readonly log: Logger;
  readonly ask: FateInquiry;
  readonly commit: (claim: HoldClaim, call: CallContext) => Promise<unknown>;
  readonly release: (claim: HoldClaim, reason: string, call: CallContext) => unknown;
  readonly extend: (claim: HoldClaim, waitMs: number) => void;
  readonly postpone: (claim: HoldClaim, waitMs: number) => void;
};

/**
 * A hold has passed its deadline: asks its order before a unit is freed, because its payment may just have succeeded.
 * An order that lives is asked again later, when it says so much later; one that cannot be reached keeps its units and is
 * asked again with growing waits. Never throws.
 */
export async function inquire({ hold, inquiries }: DueHold, steps: InquirySteps): Promise<void> {
  const claim: HoldClaim = { orderId: hold.orderId, part: hold.part };
  try {
    await failpoint("stock.before-inquiry");
    const answer = await steps.ask(claim);
    await failpoint("stock.after-inquiry");
    await follow(claim, answer, steps);
  } catch (error) {
    const fields = { sku: steps.sku, ...claim, inquiries, reason: describeError(error) };
    if (inquiries >= INQUIRIES_BEFORE_ALERT) steps.log.error("stock.order_unreachable", fields);
    else steps.log.warn("stock.inquiry_failed", fields);
    steps.postpone(claim, retryDelayMs(inquiries));
  }
}

async function follow(claim: HoldClaim, answer: OrderFateAnswer, steps: InquirySteps): Promise<void> {
  const call: CallContext = { traceparent: newTraceparent(), actor: "system:hold-inquiry" };
  switch (answer.fate) {
    case "committing":
      await steps.commit(claim, call);
      return;
    case "live":
      return steps.extend(claim, inquiryWaitMs(answer.quietForMs));
    case "cancelled":
      steps.release(claim, "order cancelled", call);
      return;
    case "unknown":
      steps.log.error("stock.hold_without_order", { sku: steps.sku, ...claim });
      steps.release(claim, "no such order", call);
  }
}
