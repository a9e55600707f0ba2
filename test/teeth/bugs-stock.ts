import { simulation, staged, tests, type Bug } from "./bug.ts";

const HOLDS = "src/inventory/domain/holds.ts";
const OBJECT = "durable-objects/stock/stock-object.ts";
const INQUIRY = "durable-objects/stock/hold-inquiry.ts";
const HOLD_TESTS = tests("unit", "src/inventory/domain/holds.test.ts");
const OBJECT_TESTS = tests("workerd", "durable-objects/stock/stock-object.workerd.test.ts");

export const STOCK_BUGS: readonly Bug[] = [
  {
    name: "line-forgets-orders-on-their-way",
    file: "src/admission/domain/line.ts",
    find: 'if (end !== "unknown") return end === "over";',
    replace: 'return end !== "alive";',
    why: "Somebody with two carts passes the limit per customer by ordering with both in the same second.",
    caughtBy: tests("workerd", "durable-objects/gate/gate-object.workerd.test.ts"),
  },
  {
    name: "bundle-counts-its-parts-once",
    file: "src/orders/domain/units.ts",
    find: "quantity: part.quantity * quantity",
    replace: "quantity",
    why: "Two pieces in each set of four leave the shelf four times instead of eight.",
    caughtBy: tests("unit", "src/orders/domain/order.test.ts"),
  },
  {
    name: "stock-skips-the-tombstone",
    file: HOLDS,
    find: "if (!existing) return { hold: tombstone(request), movements: [], isRepeat: false };",
    replace: "if (!existing) return { hold: tombstone(request), movements: [], isRepeat: true };",
    why: "A hold that arrives after its order was given up keeps units that nobody will pay for.",
    caughtBy: OBJECT_TESTS,
  },
  {
    name: "stock-ignores-the-tombstone",
    file: HOLDS,
    find: 'if (existing.status === "released") return refuse({ code: "hold_gone", sku, orderId });\n    if',
    replace: "if",
    why: "A late hold of a cancelled order is granted although its units went to somebody else.",
    caughtBy: HOLD_TESTS,
  },
  {
    name: "stock-sells-one-too-many",
    file: HOLDS,
    find: "if (quantity > left)",
    replace: "if (quantity > left + 1)",
    why: "The last unit is promised twice.",
    caughtBy: HOLD_TESTS,
  },
  {
    name: "stock-commits-twice",
    file: HOLDS,
    find: '    case "committed":\n      return ok(repeat(existing));\n    case "held":',
    replace: '    case "committed":\n    case "held":',
    why: "A repeated commit, after a lost answer, takes the same units off the shelf again.",
    caughtBy: HOLD_TESTS,
  },
  {
    name: "stock-keeps-units-of-a-release",
    file: HOLDS,
    find: 'movementsOf(existing, "returned", { onHand: 1, held: 0 })',
    replace: 'movementsOf(existing, "returned", { onHand: 0, held: 0 })',
    why: "Units of an order that was undone after its commit never come back to the shelf.",
    caughtBy: HOLD_TESTS,
  },
  {
    name: "stock-awaits-between-check-and-write",
    file: OBJECT,
    find: "const answer = this.takeHold(request, call);",
    replace: `const { decision, existing } = this.judge(request);
    await scheduler.wait(5);
    const answer = this.change(() => this.settle(decision, existing, { reason: "checkout", call }));`,
    why: "Two buyers both see the last unit before either has taken it.",
    caughtBy: OBJECT_TESTS,
  },
  {
    name: "stock-frees-without-inquiry",
    file: INQUIRY,
    find: "const answer = await steps.ask(claim);",
    replace: 'const answer: OrderFateAnswer = { fate: "cancelled" };',
    why: "Units are freed by the clock while their payment is going through.",
    caughtBy: staged("F14"),
  },
  {
    name: "stock-frees-what-is-still-paid-for",
    file: INQUIRY,
    find: "return steps.extend(claim, inquiryWaitMs(answer.quietForMs));",
    replace: 'return void steps.release(claim, "too late", call);',
    why: "An order that is alive loses its units at their first deadline.",
    caughtBy: staged("F14"),
  },
  {
    name: "stock-asks-every-five-minutes",
    file: INQUIRY,
    find: "inquiryWaitMs(answer.quietForMs)",
    replace: "inquiryWaitMs(undefined)",
    why: "A bank transfer wakes its stock object and its order two thousand times while it is on its way.",
    caughtBy: tests("workerd", "durable-objects/order/order-payments.workerd.test.ts"),
  },
  {
    name: "stock-frees-when-the-order-is-silent",
    file: INQUIRY,
    find: "steps.postpone(claim, retryDelayMs(inquiries));",
    replace:
      'steps.release(claim, "no answer", { traceparent: newTraceparent(), actor: "system:hold-inquiry" });',
    why: "An order object that does not answer for a moment loses its units.",
    caughtBy: staged("F14"),
  },
  {
    name: "stock-adjusts-twice",
    file: "durable-objects/stock/stock-commands.ts",
    find: "store.remember(commandId, state.version);",
    replace: "store.remember(`${commandId} ${state.version}`, state.version);",
    why: "A delivery whose answer was lost is counted again when staff repeat it.",
    caughtBy: simulation(100, 1),
  },
  {
    name: "stock-forgets-to-write-a-release",
    file: "durable-objects/stock/stock-book.ts",
    find: "      this.store.append(factsOf(memory.state, movement), note);",
    replace:
      '      if (movement.kind !== "released") this.store.append(factsOf(memory.state, movement), note);',
    why: "Some movements never reach the journal, so the level cannot be explained after the next start.",
    caughtBy: simulation(100, 1),
  },
];
