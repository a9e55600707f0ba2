import { simulation, staged, tests, type Bug } from "./bug.ts";

/** What happens to an order after it was paid: edits, returns, refunds over several payments, vouchers, transfers. */
export const AFTER_SALE_BUGS: readonly Bug[] = [
  {
    name: "transfer-is-let-go-like-a-card",
    file: "src/orders/domain/payment-state.ts",
    find: 'if (!isTransfer || payment.kind !== "authorised") return undefined;',
    replace: "return undefined;",
    why: "A bank transfer for an order that comes to nothing stays on the account, and nobody is told to pay it back.",
    caughtBy: tests("unit", "src/orders/domain/manual-payment.test.ts"),
  },
  {
    name: "refund-passes-the-ceiling-of-a-leg",
    file: "src/orders/domain/funds.ts",
    find: "const amountMinor = Math.min(leftMinor, Math.max(0, hasMinor));",
    replace: "const amountMinor = hasMinor > 0 ? leftMinor : 0;",
    why: "A refund of an edited order asks the newest payment for money that the first one took.",
    caughtBy: simulation(100),
  },
  {
    name: "refund-fails-after-an-outage",
    file: "src/orders/domain/decide-refund.ts",
    find: 'if (status !== "requested")',
    replace: 'if (status !== "requested" && ageMs < UNKNOWN_LIMIT_MS)',
    why: "A refund whose request was lost in an outage of half an hour is given up instead of sent again.",
    caughtBy: staged("a refund that was asked for while the provider was down"),
  },
  {
    name: "edit-applied-before-its-payment",
    file: "src/orders/domain/decide-edit.ts",
    find: 'if (edit.dueMinor === 0 || edit.payment.kind === "captured") return applied(state, edit, now);',
    replace: 'if (edit.stage === "capturing") return applied(state, edit, now);',
    why: "An edit that costs more is applied while its money is only reserved, and never taken.",
    caughtBy: simulation(100),
  },
  {
    name: "return-received-twice",
    file: "src/orders/domain/decide-return.ts",
    find: "if (entry.receiptIds.includes(receiptId)) return nothing;",
    replace: "",
    why: "A receipt that is sent again counts the same units, and refunds them, a second time.",
    caughtBy: simulation(100),
  },
  {
    name: "gift-card-mixes-up-orders",
    file: "durable-objects/voucher/voucher-store.ts",
    find: "`${orderId}:${refundId}`;",
    replace: "(orderId === undefined ? orderId : refundId);",
    why: "Of two orders that were called off, only the first gets its money back on the card they were paid with.",
    caughtBy: staged("two orders that are called off both give their money back"),
  },
  {
    name: "transfer-step-done-twice",
    file: "durable-objects/stock/stock-commands.ts",
    find: '"stepId" in command ? `transfer:${command.transferId}/${command.stepId}` : undefined;',
    replace: "undefined;",
    why: "Units of a transfer that two people saw arrive are put on the shelf twice.",
    caughtBy: staged("a step of a transfer that is told twice"),
  },
  {
    name: "edit-late-reservation-is-kept",
    file: "src/orders/domain/steps.ts",
    find: '...endedEditsOf(state, ({ payment }) => payment.kind === "authorised").map(lateVoid),',
    replace: "...endedEditsOf(state, () => false).map(lateVoid),",
    why: "Money that is reserved for an edit which was given up stays reserved until it runs out.",
    caughtBy: staged("long after it was given up"),
  },
];
