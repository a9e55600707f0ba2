import type { EpochMs, Result } from "#kernel";
import type { OrderRefusal } from "#orders";
import { describeError, within, type CallContext, type Logger } from "#platform";
import type { OrderCommand } from "../../src/orders/domain/commands.ts";
import { joinedStep } from "../../src/orders/domain/joined-steps.ts";
import type { OrderState } from "../../src/orders/domain/state.ts";
import { nextSteps, stepName, type Step } from "../../src/orders/domain/steps.ts";

/** The order as its driver sees it. */
export type Driven = {
  readonly load: () => OrderState | undefined;
  /** Makes the call of a step; throws when there is no answer. */
  readonly perform: (step: Step, state: OrderState, call: CallContext) => Promise<OrderCommand>;
  /** Decides the answers one after the other and stores them in one transaction; gives back how many events that made. */
  readonly record: (answers: readonly OrderCommand[], call: CallContext) => Result<number, OrderRefusal>;
  /** Tells others what has happened when the steps are over. */
  readonly tell: (call: CallContext) => Promise<unknown>;
  readonly now: () => EpochMs;
  readonly log: Logger;
};

/** Makes the calls that an order owes, one after another; a step that fails or has no answer yet waits for the alarm. */
export class OrderDriver {
  readonly #order: Driven;
  #driving: Promise<void> | undefined;

  constructor(order: Driven) {
    this.#order = order;
  }

  /** Goes on until nothing is owed that gets an answer; a second caller joins the first. */
  drive(call: CallContext): Promise<void> {
    this.#driving ??= this.#run(call).finally(() => {
      this.#driving = undefined;
    });
    return this.#driving;
  }

  /** Waits for the steps that are under way, if any, for at most `ms` milliseconds. */
  async join(ms: number): Promise<void> {
    if (this.#driving) await within(this.#driving, ms);
  }

  async #run(call: CallContext): Promise<void> {
    const stuck = new Set<string>();
    for (;;) {
      const state = this.#order.load();
      const step = state ? nextSteps(state).find((entry) => !stuck.has(nameOf(entry))) : undefined;
      if (!state || !step) break;
      const failed = await this.#runStep(step, state, call);
      if (failed) stuck.add(nameOf(failed));
    }
    await this.#order.tell(call);
  }

  /** Gives back the step that has come no further. */
  async #runStep(step: Step, state: OrderState, call: CallContext): Promise<Step | undefined> {
    const answer = await this.#ask(step, state, call);
    if (!answer) return step;
    const next = joinedStep(this.#order.load(), step, { answer, now: this.#order.now() });
    const more = next && (await this.#ask(next.step, next.state, call));
    if (!this.#record(step, more ? [answer, more] : [answer], call)) return step;
    return next && this.#isOwed(next.step) ? next.step : undefined;
  }

  async #ask(step: Step, state: OrderState, call: CallContext): Promise<OrderCommand | undefined> {
    try {
      return await this.#order.perform(step, state, call);
    } catch (error) {
      return this.#warn(step, error);
    }
  }

  /** Whether anything was recorded. */
  #record(step: Step, answers: readonly OrderCommand[], call: CallContext): boolean {
    try {
      const recorded = this.#order.record(answers, call);
      return recorded.ok && recorded.value > 0;
    } catch (error) {
      this.#warn(step, error);
      return false;
    }
  }

  #isOwed(step: Step): boolean {
    const state = this.#order.load();
    return state !== undefined && nextSteps(state).some((owed) => nameOf(owed) === nameOf(step));
  }

  #warn(step: Step, error: unknown): undefined {
    const orderId = this.#order.load()?.orderId;
    this.#order.log.warn("order.step_failed", {
      orderId,
      step: stepName(step),
      reason: describeError(error),
    });
  }
}

const nameOf = (step: Step): string => JSON.stringify(step);
