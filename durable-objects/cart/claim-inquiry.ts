import { after, type EpochMs, type OrderId } from "#kernel";
import { describeError, failpoint, inTime, type Logger } from "#platform";
import type { CartState } from "../../src/cart/domain/cart.ts";
import { overdueClaim, reopenAbandoned, type Claim } from "../../src/cart/domain/claim.ts";
import { PLACEMENT_REINQUIRY_MS, PLACEMENT_RETRY_MS } from "../../src/cart/domain/limits.ts";

type OrderFate = "live" | "committing" | "cancelled" | "unknown";

/** Asks an order object what became of it; throws when it cannot be reached. */
export type OrderInquiry = (orderId: OrderId) => Promise<OrderFate>;

/** Instead of a decision: first ask about this claim, then decide. */
export type Overdue = { readonly code: "claim_overdue"; readonly claim: Claim };

/** What an inquiry needs of the cart it belongs to. */
export type InquirySteps = {
  readonly ask: OrderInquiry;
  readonly load: () => CartState | undefined;
  /** Decides about the cart as it is stored by then, and stores what comes out. */
  readonly change: (decide: (cart: CartState) => CartState) => void;
  readonly now: () => EpochMs;
  /** Milliseconds that an answer may take. */
  readonly limitMs: () => number;
  readonly log: Logger;
};

/**
 * Asks after the order of a claimed checkout when somebody looks at the cart: the edge may have died between the claim
 * and the order. Nobody else waits for such a checkout, so it needs no alarm, which would cost every order two writes.
 */
export class ClaimInquiry {
  readonly #steps: InquirySteps;
  // In memory only: an object that forgets asks once too often.
  #quiet: { readonly orderId: OrderId; readonly until: EpochMs } | undefined;
  #asking: Promise<void> | undefined;

  constructor(steps: InquirySteps) {
    this.#steps = steps;
  }

  /** The claim to ask about before the cart answers; none for the order itself, which knows that it comes. */
  overdue(cart: CartState, caller?: OrderId): Claim | undefined {
    const now = this.#steps.now();
    const claim = overdueClaim(cart, now);
    if (!claim || claim.orderId === caller) return undefined;
    const isQuiet = this.#quiet?.orderId === claim.orderId && now < this.#quiet.until;
    return isQuiet ? undefined : claim;
  }

  /** The cart, once it is known what became of a claim that is overdue. */
  async settled(cart: CartState): Promise<CartState> {
    const claim = this.overdue(cart);
    if (!claim) return cart;
    await this.settle(claim);
    return this.#steps.load() ?? cart;
  }

  /**
   * Asks the order, or joins the question that is under way, and opens the checkout when the order came to nothing. Never
   * rejects: when there is no answer in time, everything stays as it is. The cart has to be read again afterwards.
   */
  settle(claim: Claim): Promise<void> {
    this.#asking ??= this.#settle(claim).finally(() => {
      this.#asking = undefined;
    });
    return this.#asking;
  }

  async #settle(claim: Claim): Promise<void> {
    const { orderId } = claim;
    const { log, change, limitMs, now } = this.#steps;
    try {
      const fate = await inTime(this.#ask(orderId), limitMs());
      if (fate === "live" || fate === "committing") return this.#leaveAlone(orderId, PLACEMENT_REINQUIRY_MS);
      if (fate === "unknown") log.warn("cart.claim_without_order", { orderId });
      change((cart) => reopenAbandoned(cart, claim, now()));
    } catch (error) {
      log.warn("cart.inquiry_failed", { orderId, reason: describeError(error) });
      this.#leaveAlone(orderId, PLACEMENT_RETRY_MS);
    }
  }

  async #ask(orderId: OrderId): Promise<OrderFate> {
    await failpoint("cart.before-inquiry");
    const fate = await this.#steps.ask(orderId);
    await failpoint("cart.after-inquiry");
    return fate;
  }

  #leaveAlone(orderId: OrderId, waitMs: number): void {
    this.#quiet = { orderId, until: after(this.#steps.now(), waitMs) };
  }
}
