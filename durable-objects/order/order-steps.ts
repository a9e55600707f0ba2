import { currency, invariant, money, unreachable, type EpochMs } from "#kernel";
import type { OrderPorts, Shortage } from "#orders";
import { chunk, failpoint, type CallContext } from "#platform";
import type { HoldResult, OrderCommand } from "../../src/orders/domain/decide.ts";
import {
  HOLD_TTL_SECONDS,
  HOLD_WAVE,
  HOLDING_LIMIT_MS,
  PAYMENT_SESSION_SECONDS,
} from "../../src/orders/domain/limits.ts";
import {
  authoriseKey,
  captureKey,
  demandBySku,
  voidKey,
  type OrderState,
} from "../../src/orders/domain/state.ts";
import type { Step } from "../../src/orders/domain/steps.ts";

/** The part of an order that its placement claims; edits claim later ones. */
const PLACEMENT = 0;

/**
 * Makes the call of one step and returns the command that records its answer. Throws when a stock object cannot be
 * reached; the alarm then repeats the step. Every call is idempotent by (order, SKU) or by the provider's key.
 */
export async function performStep(step: Step, context: StepContext): Promise<OrderCommand> {
  await failpoint(`order.before-${step}`);
  const command = await run(step, context);
  await failpoint(`order.after-${step}`);
  return command;
}

export type StepContext = {
  readonly state: OrderState;
  readonly ports: OrderPorts;
  readonly call: CallContext;
  readonly now: EpochMs;
};

function run(step: Step, context: StepContext): Promise<OrderCommand> {
  switch (step) {
    case "hold":
      return hold(context);
    case "authorise":
      return authorise(context);
    case "commit":
      return commit(context);
    case "capture":
      return capture(context);
    case "void":
      return voidPayment(context);
    case "release":
      return release(context);
    default:
      return unreachable(step, "performStep");
  }
}

/** Holds all SKUs in canonical order, in waves; stops at the first wave with a refusal. Nobody waits while holding. */
async function hold(context: StepContext): Promise<OrderCommand> {
  try {
    return { kind: "record-holds", result: await holdAll(context) };
  } catch (error) {
    if (context.now - context.state.placedAt < HOLDING_LIMIT_MS) throw error;
    return { kind: "record-holds", result: { kind: "unavailable" } };
  }
}

async function holdAll({ state, ports, call }: StepContext): Promise<HoldResult> {
  for (const wave of chunk(demandBySku(state.draft), HOLD_WAVE)) {
    const answers = await Promise.all(
      wave.map(async (demand) => ({
        demand,
        answer: await ports.stock.hold(
          { ...demand, orderId: state.orderId, part: PLACEMENT, ttlSeconds: HOLD_TTL_SECONDS },
          call,
        ),
      })),
    );
    if (answers.some(({ answer }) => answer.kind === "gone")) return { kind: "unavailable" };
    const shortages: Shortage[] = answers.flatMap(({ demand, answer }) =>
      answer.kind === "short"
        ? [
            {
              sku: demand.sku,
              requested: demand.quantity,
              available: answer.available,
              lineIds: state.draft.lines
                .filter((line) => demandBySku({ lines: [line] }).some(({ sku }) => sku === demand.sku))
                .map((line) => line.lineId),
            },
          ]
        : [],
    );
    if (shortages.length > 0) return { kind: "short", shortages };
  }
  return { kind: "held" };
}

async function authorise({ state, ports, call }: StepContext): Promise<OrderCommand> {
  const outcome = await ports.payments.authorise(
    {
      key: authoriseKey(state),
      orderId: state.orderId,
      orderNumber: state.orderNumber,
      amount: money(currency(state.draft.currency), state.draft.totalMinor),
      email: state.draft.email,
      description: `Order ${state.orderNumber}`,
      choice: state.choice,
      sessionSeconds: PAYMENT_SESSION_SECONDS,
    },
    call,
  );
  return { kind: "record-payment", outcome };
}

async function commit({ state, ports, call }: StepContext): Promise<OrderCommand> {
  let isComplete = true;
  for (const wave of chunk(demandBySku(state.draft), HOLD_WAVE)) {
    const answers = await Promise.all(
      wave.map(({ sku }) => ports.stock.commit(sku, { orderId: state.orderId, part: PLACEMENT }, call)),
    );
    if (answers.some((answer) => !answer.ok)) isComplete = false;
  }
  return { kind: "record-commit", isComplete };
}

async function capture({ state, ports, call }: StepContext): Promise<OrderCommand> {
  invariant(state.payment.kind === "authorised", "only an authorised payment is captured");
  const amount = money(currency(state.draft.currency), state.draft.totalMinor);
  const outcome = await ports.payments.capture(
    { reference: state.payment.reference, key: captureKey(state), amount },
    call,
  );
  return { kind: "record-capture", outcome };
}

async function voidPayment({ state, ports, call }: StepContext): Promise<OrderCommand> {
  const { payment } = state;
  invariant(payment.kind === "pending" || payment.kind === "authorised", "only an open payment is voided");
  const outcome = await ports.payments.voidPayment(
    { reference: payment.reference, key: voidKey(state) },
    call,
  );
  return { kind: "record-void", outcome };
}

async function release({ state, ports, call }: StepContext): Promise<OrderCommand> {
  for (const wave of chunk(demandBySku(state.draft), HOLD_WAVE)) {
    await Promise.all(
      wave.map(({ sku }) => ports.stock.release(sku, { orderId: state.orderId, part: PLACEMENT }, call)),
    );
  }
  return { kind: "record-release" };
}
