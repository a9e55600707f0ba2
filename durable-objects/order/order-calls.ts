import { failpoint, inTime } from "#platform";
import type { OrderCommand } from "../../src/orders/domain/commands.ts";
import { CALL_LIMIT_MS } from "../../src/orders/domain/limits.ts";
import type { OrderState } from "../../src/orders/domain/state.ts";
import { stepName, type Poll, type Step } from "../../src/orders/domain/steps.ts";
import { performPoll, performStep, type StepContext } from "./order-steps.ts";

/** Every call that an order makes goes out through here: between two failpoints, and never waited for without end. */
export class OrderCalls {
  /** Replaced by tests. */
  limitMs = CALL_LIMIT_MS;

  /** {@link performStep}; throws, too, when no answer comes in time. The alarm then repeats the step. */
  step(step: Step, context: StepContext): Promise<OrderCommand> {
    const name = step.kind === "refund" ? step.kind : stepName(step);
    return this.#call(name, () => performStep(step, context));
  }

  /** {@link performPoll} under the same rule. */
  poll(poll: Poll, context: StepContext): Promise<OrderCommand> {
    return this.#call(`poll-${poll.kind}`, () => performPoll(poll, context));
  }

  /** Tells the cart how its order ended; repeating is safe. */
  cart(state: OrderState, { ports, call }: Pick<StepContext, "ports" | "call">): Promise<void> {
    const { cartId, checkoutId } = state.draft;
    const placement = { cartId, checkoutId, orderId: state.orderId };
    return this.#call("cart", () =>
      state.status === "cancelled"
        ? ports.cart.reopen(placement, call)
        : ports.cart.finishPlacement(placement, call),
    );
  }

  #call<T>(name: string, work: () => Promise<T>): Promise<T> {
    const between = async (): Promise<T> => {
      await failpoint(`order.before-${name}`);
      const answer = await work();
      await failpoint(`order.after-${name}`);
      return answer;
    };
    return inTime(between(), this.limitMs);
  }
}
