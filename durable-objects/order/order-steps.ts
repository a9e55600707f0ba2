import { currency, invariant, money, unreachable, type EpochMs } from "#kernel";
import type { OrderDraft, OrderPorts, Shortage, SkuQuantity } from "#orders";
import { chunk, type CallContext } from "#platform";
import type { HoldResult, OrderCommand } from "../../src/orders/domain/commands.ts";
import { legsOf } from "../../src/orders/domain/funds.ts";
import {
  HOLD_TTL_SECONDS,
  HOLD_WAVE,
  HOLDING_LIMIT_MS,
  PAYMENT_SESSION_SECONDS,
} from "../../src/orders/domain/limits.ts";
import { refundKey, type OrderState } from "../../src/orders/domain/state.ts";
import type { Poll, Step } from "../../src/orders/domain/steps.ts";
import { unitsOf } from "../../src/orders/domain/units.ts";
import { holdWaves } from "./hold-waves.ts";
import { claimOf, paymentOf, providerOf, type Claim } from "./order-claim.ts";

export type StepContext = {
  readonly state: OrderState;
  readonly ports: OrderPorts;
  readonly call: CallContext;
  readonly now: EpochMs;
};

/**
 * Makes the call of one step and returns the command that records its answer. Throws when an object cannot be reached;
 * the alarm then repeats the step. Every call is idempotent by (order, part, SKU) or by the provider's key.
 */
export async function performStep(step: Step, context: StepContext): Promise<OrderCommand> {
  return run(step, context);
}

/** Asks the provider what became of a payment or a refund. */
export async function performPoll(poll: Poll, context: StepContext): Promise<OrderCommand> {
  const { state, ports, call } = context;
  if (poll.kind === "payment") {
    const claim = paymentOf(state, poll.part);
    const reference = "reference" in claim.payment ? claim.payment.reference : undefined;
    const outcome = await claim.provider(ports).statusByKey(claim.keys.authorise, call, reference);
    return { kind: "record-payment", part: poll.part, outcome };
  }
  const { movementId, request, provider } = refundCall(context, poll.movementId);
  const outcome = await provider.refundStatusByKey(request, call);
  return { kind: "record-refund", movementId, outcome };
}

function run(step: Step, context: StepContext): Promise<OrderCommand> {
  switch (step.kind) {
    case "hold":
      return hold(context, claimOf(context.state, step.part));
    case "authorise":
      return authorise(context, claimOf(context.state, step.part));
    case "commit":
      return commit(context, claimOf(context.state, step.part));
    case "capture":
      return capture(context, claimOf(context.state, step.part));
    case "void":
      return voidPayment(context, step.part);
    case "release":
      return release(context, claimOf(context.state, step.part));
    case "take-back":
      return takeBack(context);
    case "refund":
      return refund(context, step.movementId);
    default:
      return unreachable(step, "performStep");
  }
}

/** Holds all SKUs in canonical order, then the vouchers; stops at the first refusal. Nobody waits while holding. */
async function hold(context: StepContext, claim: Claim): Promise<OrderCommand> {
  const answer = (result: HoldResult): OrderCommand => ({ kind: "record-holds", part: claim.part, result });
  try {
    return answer(await holdAll(context, claim));
  } catch (error) {
    if (context.now - claim.since < HOLDING_LIMIT_MS) throw error;
    return answer({ kind: "unavailable" });
  }
}

async function holdAll(context: StepContext, claim: Claim): Promise<HoldResult> {
  const { state, ports, call } = context;
  const claimName = { orderId: state.orderId, part: claim.part, ttlSeconds: ttlSecondsOf(claim) };
  for (const wave of holdWaves(claim.units)) {
    const answers = await Promise.all(
      wave.map(async (demand) => ({
        demand,
        answer: await ports.stock.hold({ ...demand, ...claimName }, call),
      })),
    );
    if (answers.some(({ answer }) => answer.kind === "gone")) return { kind: "unavailable" };
    const shortages = answers.flatMap(({ demand, answer }) =>
      answer.kind === "short" ? [shortageOf(claim.draft, demand, answer.available)] : [],
    );
    if (shortages.length > 0) return { kind: "short", shortages };
  }
  for (const voucher of claim.vouchers) {
    const answer = await ports.vouchers.hold({ ...voucher, ...claimName }, call);
    if (answer.kind === "gone") return { kind: "unavailable" };
    if (answer.kind === "refused")
      return { kind: "voucher-refused", voucherId: voucher.voucherId, reason: answer.reason };
  }
  return { kind: "held" };
}

/** Long enough for the way to pay; the stock object asks for the order's fate before it frees a unit anyway. */
const ttlSecondsOf = (_claim: Claim): number => HOLD_TTL_SECONDS;

const shortageOf = (draft: OrderDraft, demand: SkuQuantity, available: number): Shortage => ({
  sku: demand.sku,
  requested: demand.quantity,
  available,
  lineIds: draft.lines
    .filter((line) => unitsOf(line, 1).some(({ sku }) => sku === demand.sku))
    .map((line) => line.lineId),
});

async function authorise({ state, ports, call }: StepContext, claim: Claim): Promise<OrderCommand> {
  invariant(claim.choice, "a payment that is asked for has a way to pay");
  const outcome = await claim.provider(ports).authorise(
    {
      key: claim.keys.authorise,
      orderId: state.orderId,
      orderNumber: state.orderNumber,
      amount: claim.due,
      email: claim.draft.email,
      description: `Order ${state.orderNumber}`,
      choice: claim.choice,
      sessionSeconds: PAYMENT_SESSION_SECONDS,
    },
    call,
  );
  return { kind: "record-payment", part: claim.part, outcome };
}

async function commit({ state, ports, call }: StepContext, claim: Claim): Promise<OrderCommand> {
  const name = { orderId: state.orderId, part: claim.part };
  let isComplete = true;
  for (const wave of chunk(claim.units, HOLD_WAVE)) {
    const answers = await Promise.all(wave.map((unit) => ports.stock.commit(unit, name, call)));
    if (answers.some((answer) => !answer.ok)) isComplete = false;
  }
  for (const { voucherId } of claim.vouchers) {
    const answer = await ports.vouchers.commit(voucherId, name, call);
    if (!answer.ok) isComplete = false;
  }
  return { kind: "record-commit", part: claim.part, isComplete };
}

async function capture({ ports, call }: StepContext, claim: Claim): Promise<OrderCommand> {
  invariant(claim.payment.kind === "authorised", "only an authorised payment is captured");
  const outcome = await claim
    .provider(ports)
    .capture({ reference: claim.payment.reference, key: claim.keys.capture, amount: claim.due }, call);
  return { kind: "record-capture", part: claim.part, outcome };
}

async function voidPayment({ state, ports, call }: StepContext, part: number): Promise<OrderCommand> {
  const claim = paymentOf(state, part);
  const { payment } = claim;
  invariant(payment.kind === "pending" || payment.kind === "authorised", "only an open payment is voided");
  const outcome = await claim
    .provider(ports)
    .voidPayment({ reference: payment.reference, key: claim.keys.void }, call);
  return { kind: "record-void", part, outcome };
}

/** Units and uses that were taken already come back: a release undoes a commit of an order that was never confirmed. */
async function release({ state, ports, call }: StepContext, claim: Claim): Promise<OrderCommand> {
  const name = { orderId: state.orderId, part: claim.part };
  for (const wave of chunk(claim.units, HOLD_WAVE)) {
    await Promise.all(wave.map((unit) => ports.stock.release(unit, name, call)));
  }
  for (const { voucherId } of claim.vouchers) await ports.vouchers.release(voucherId, name, call);
  return { kind: "record-release", part: claim.part };
}

async function takeBack({ state, ports, call }: StepContext): Promise<OrderCommand> {
  const open = state.takeBacks.filter((unit) => !unit.isDone).slice(0, HOLD_WAVE);
  await Promise.all(
    open.map(({ sku, quantity, returnId, condition }) =>
      ports.stock.takeBack({ sku, orderId: state.orderId, returnId, quantity, condition }, call),
    ),
  );
  return { kind: "record-take-back", returnIds: open.map((unit) => unit.returnId) };
}

async function refund(context: StepContext, movementId: string): Promise<OrderCommand> {
  const { state, ports, call } = context;
  const movement = movementOf(state, movementId);
  if (movement.target.kind === "voucher") {
    const { voucherId } = movement.target;
    const { amountMinor } = movement;
    const answer = await ports.vouchers.giveBack(
      { voucherId, orderId: state.orderId, refundId: movementId, amountMinor },
      call,
    );
    return {
      kind: "record-refund",
      movementId,
      // A card that was not charged as much takes nothing back, however often it is asked: a person has to look.
      outcome: answer.ok
        ? { kind: "refunded", reference: voucherId, amountMinor }
        : { kind: "declined", reason: answer.refusal.code },
    };
  }
  const { request, provider } = refundCall(context, movementId);
  const outcome = await provider.refund(request, call);
  return { kind: "record-refund", movementId, outcome };
}

function refundCall({ state, ports }: StepContext, movementId: string) {
  const { target, amountMinor } = movementOf(state, movementId);
  invariant(target.kind === "payment", "only a payment is refunded by its provider");
  const leg = legsOf(state).find((entry) => entry.part === target.part);
  invariant(leg, "a refund goes back to a captured payment");
  return {
    movementId,
    provider: providerOf(leg.provider, ports),
    request: {
      reference: leg.reference,
      key: refundKey(state, movementId),
      amount: money(currency(state.draft.currency), amountMinor),
    },
  };
}

function movementOf(state: OrderState, movementId: string) {
  const movement = state.refunds
    .flatMap((entry) => entry.movements)
    .find((entry) => entry.movementId === movementId);
  invariant(movement, "a refund step is about a movement of this order");
  return movement;
}
