import { simulation, staged, tests, type Bug } from "./bug.ts";

const SAGA = "src/orders/domain/decide-saga.ts";
const PAYMENT = "src/orders/domain/decide-payment.ts";
const OBJECT = "durable-objects/order/order-object.ts";
const DECIDERS = tests("unit", "src/orders/domain/order.test.ts");

export const ORDER_BUGS: readonly Bug[] = [
  {
    name: "order-counts-lines-separately",
    file: "src/orders/domain/units.ts",
    find: "quantity: (before?.quantity ?? 0) + quantity, shards: most",
    replace: "quantity, shards: most",
    why: "Two lines of one SKU hold only the units of the last one, and both are sold.",
    caughtBy: simulation(100, 1),
  },
  {
    name: "order-keeps-units-when-short",
    file: SAGA,
    find: '{ type: "order.release_started", reason: "out_of_stock" },',
    replace: '{ type: "order.cancelled", reason: "out_of_stock" },',
    why: "What the first SKUs held is not released when a later one is short.",
    caughtBy: DECIDERS,
  },
  {
    name: "order-ignores-a-lost-unit",
    file: SAGA,
    find: 'if (!isComplete) return happened(...undo(state, "stock_lost", now));',
    replace: "",
    why: "An order is confirmed although its units could not be committed.",
    caughtBy: DECIDERS,
  },
  {
    name: "order-never-voids-an-open-page",
    file: SAGA,
    find: 'const isVoidable = payment.kind === "pending" || payment.kind === "authorised";',
    replace: 'const isVoidable = payment.kind === "authorised";',
    why: "A cancelled order whose payment page was open is never at its end.",
    caughtBy: staged("on the provider's page"),
  },
  {
    name: "order-books-a-lost-capture-as-refused",
    file: SAGA,
    find: '    case "declined":\n    case "voided":\n      return happened({ type: "order.attention_needed", reason: "capture_refused" });',
    replace:
      '    case "declined":\n    case "voided":\n    case "unknown":\n      return happened({ type: "order.attention_needed", reason: "capture_refused" });',
    why: "A capture whose answer was lost is treated as refused although the money was taken.",
    caughtBy: simulation(100),
  },
  {
    name: "order-raises-the-attempt-too-soon",
    file: PAYMENT,
    find: 'return happened({ type: "order.payment_requested", attempt: state.attempt });',
    replace: 'return happened({ type: "order.payment_requested", attempt: state.attempt + 1 });',
    why: "While an earlier request may still arrive, the buyer is charged a second time.",
    caughtBy: DECIDERS,
  },
  {
    name: "order-trusts-any-total",
    file: PAYMENT,
    find: 'if (outcome.amountMinor === state.dueMinor) return happened(event, { type: "order.commit_started" });\n  // Noted',
    replace:
      'if (outcome.amountMinor > 0) return happened(event, { type: "order.commit_started" });\n  // Noted',
    why: "An authorisation of another amount than the order's is taken for payment.",
    caughtBy: DECIDERS,
  },
  {
    name: "order-drops-late-success",
    file: PAYMENT,
    find: 'if (outcome.kind === "authorised" && !isOver && !isVoided)',
    replace: 'if (outcome.kind === "authorised" && !isOver && payment.kind === "none")',
    why: "Money that arrives after a cancellation is neither voided nor seen.",
    caughtBy: DECIDERS,
  },
  {
    name: "order-refunds-without-ceiling",
    file: "src/orders/domain/decide-refund.ts",
    find: "if (!isWhole || command.amountMinor > most)",
    replace: "if (!isWhole)",
    why: "More goes back to the buyer than was taken.",
    caughtBy: simulation(100),
  },
  {
    name: "order-forgets-refunds-under-way",
    file: "src/orders/domain/funds.ts",
    find: 'movement.status !== "failed" && isTarget(movement.target)',
    replace: 'movement.status === "paid" && isTarget(movement.target)',
    why: "Two desks send the same money back at the same time.",
    caughtBy: simulation(100),
  },
  {
    name: "order-takes-another-body",
    file: "src/orders/domain/decide.ts",
    find: 'return state.requestHash === order.requestHash ? ok([]) : refuse({ code: "idempotency_key_reused" });',
    replace: "return ok([]);",
    why: "A changed request under a used key is answered as if it had been carried out.",
    caughtBy: DECIDERS,
  },
  {
    name: "order-books-one-side-only",
    file: "src/orders/domain/ledger.ts",
    find: '[...reservedBefore(before), ...take(event.amountMinor)];\n    case "order.payment_voided":',
    replace:
      '[...reservedBefore(before), ...take(event.amountMinor).slice(0, 1)];\n    case "order.payment_voided":',
    why: "A capture has a debit and no credit.",
    caughtBy: DECIDERS,
  },
  {
    name: "order-forgets-its-first-reply",
    file: OBJECT,
    find: "this.transact(() => this.#store.saveReply(reply));",
    replace: "",
    why: "A repeat of the same request gets another answer than the first.",
    caughtBy: simulation(100, 1),
  },
  {
    name: "order-asks-under-a-new-key",
    file: "src/orders/domain/state.ts",
    find: "`${state.orderId}:authorise:${state.attempt}`;\nexport const captureKey",
    replace: "`${state.orderId}:authorise:${state.attempt}:${state.updatedAt}`;\nexport const captureKey",
    why: "A request that is repeated after a crash or a lost answer charges again.",
    caughtBy: simulation(100),
  },
  {
    name: "order-gives-up-units-while-unknown",
    file: "src/orders/domain/fate.ts",
    find: '    case "payment_unknown":\n    case "authorised":\n      return "live";',
    replace:
      '      return "live";\n    case "payment_unknown":\n    case "authorised":\n      return "cancelled";',
    why: "A stock object that asks frees the units of an order whose payment may have succeeded.",
    caughtBy: DECIDERS,
  },
  {
    name: "order-leaves-the-cart-closed",
    file: "durable-objects/order/order-turn.ts",
    find: 'isCartNews: isConfirmed || happened("order.cancelled"),',
    replace: "isCartNews: isConfirmed,",
    why: "A buyer whose card was declined cannot try again with the same cart.",
    caughtBy: simulation(100, 1),
  },
  {
    name: "cart-opens-without-inquiry",
    file: "durable-objects/cart/claim-inquiry.ts",
    find: "const fate = await this.#steps.ask(orderId);",
    replace: 'const fate: OrderFate = "unknown";',
    why: "While a buyer is at the payment page, another tab orders the same cart once more.",
    caughtBy: tests("workerd", "durable-objects/cart/claim-inquiry.workerd.test.ts"),
  },
  {
    name: "order-is-deaf-to-webhooks",
    file: OBJECT,
    find: "const isHeard = await this.#poll(newsPollsOf(this.#load()), call);\n    // A provider",
    replace: "const isHeard = true;\n    // A provider",
    why: "Money that a cancelled order received late is never noticed.",
    caughtBy: staged("long after its order was given up"),
  },
];
