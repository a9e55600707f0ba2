import { simulation, tests, type Bug } from "./bug.ts";

const BASE_TESTS = tests("workerd", "src/platform/base-object.workerd.test.ts");
const VOUCHER_TESTS = tests("unit", "src/vouchers/domain/voucher.test.ts");
const BASE = "src/platform/base-object.ts";

/** What all objects share, the way to the copies, and vouchers. */
export const PATH_BUGS: readonly Bug[] = [
  {
    name: "outbox-strikes-on-send",
    file: "src/platform/outbox.ts",
    find: "await queues[destination].sendBatch(rows.map((row) => ({ body: JSON.parse(row.body) as unknown })));",
    replace:
      "await queues[destination].sendBatch(rows.map((row) => ({ body: JSON.parse(row.body) as unknown })));\n        this.noteApplied(\n          destination,\n          rows.map((row) => row.sequence),\n        );",
    why: "A message that the queue loses is never sent again: no copy, no mail, no parcel.",
    caughtBy: simulation(100, 1),
  },
  {
    name: "outbox-sends-what-was-rolled-back",
    file: "src/platform/outbox.ts",
    find: "    this.#taken = [];\n    this.forget();",
    replace: "    this.commit();\n    this.forget();",
    why: "A change that never happened is told to the list, the mailer and the packers.",
    caughtBy: BASE_TESTS,
  },
  {
    name: "page-cache-follows-moved-pages",
    file: "src/storefront/page-cache.ts",
    find: 'new Request(url, { redirect: "manual" })',
    replace: "new Request(url)",
    why: "A page that has moved is kept and shown at its old address, and nobody is told of the new one.",
    caughtBy: tests("unit", "src/storefront/page-cache.test.ts"),
  },
  {
    name: "alarm-handler-throws",
    file: BASE,
    find: 'this.log.error("object.deadline_failed", { key, attempts, reason: describeError(error) });\n      return false;',
    replace: "throw error;",
    why: "After six throws in a row the platform forgets the alarm, and the order stands still for ever.",
    caughtBy: BASE_TESTS,
  },
  {
    name: "deadline-lost-in-a-crash",
    file: BASE,
    find: ".map((entry) => this.due.claim(entry, now))",
    replace: ".map((entry) => (this.due.clear(entry.key), { ...entry, attempts: entry.attempts + 1 }))",
    why: "A crash in the middle of a deadline's work leaves nobody to finish it.",
    caughtBy: simulation(100),
  },
  {
    name: "deadline-strikes-its-successor",
    file: "src/platform/due-table.ts",
    find: '"DELETE FROM due WHERE key = ? AND at_ms = ? AND attempts = ?"',
    replace: '"DELETE FROM due WHERE key = ? AND ? > 0 AND ? >= 0"',
    why: "The end of one deadline's work removes the next deadline that this work has set.",
    caughtBy: simulation(100, 1),
  },
  {
    name: "projector-applies-older-orders",
    file: "src/orders/adapters/order-projector.ts",
    find: "WHERE excluded.version > orders.version",
    replace: "WHERE excluded.version > 0",
    why: "A late message turns a delivered order in the staff's list back into an open one.",
    caughtBy: simulation(100),
  },
  {
    name: "projector-applies-older-levels",
    file: "src/catalog/adapters/stock-projection.ts",
    find: "WHERE excluded.version > stock_levels.version",
    replace: "WHERE excluded.version > 0",
    why: "A late message shows units on a product page that were sold since.",
    caughtBy: tests("workerd", "src/catalog/adapters"),
  },
  {
    name: "consumer-acknowledges-before-it-wrote",
    file: "workers/fulfilment/projection-consumer.ts",
    find: "else applied.push(...(await applyAlone(together, target)));",
    replace: "else applied.push(...together);",
    why: "What D1 refused is struck from the outbox and never copied.",
    caughtBy: simulation(100),
  },
  {
    name: "mail-goes-out-again",
    file: "src/notifications/app/send-order-mail.ts",
    find: "sha256(`${orderId}\\n${template}\\n${eventId}`)",
    replace: "sha256(`${orderId}\\n${template}\\n${eventId}\\n${Date.now()}`)",
    why: "Every repeated message sends the buyer the same mail again.",
    caughtBy: simulation(100, 1),
  },
  {
    name: "coupon-counted-after-an-await",
    file: "durable-objects/voucher/voucher-object.ts",
    find: 'if (!this.isStored) return refuse({ code: "voucher_unknown" });\n    return this.transact(() => {\n      const voucher = this.#store.load(this.name);\n      const facts',
    replace:
      'if (!this.isStored) return refuse({ code: "voucher_unknown" });\n    const voucher = this.#store.load(this.name);\n    await scheduler.wait(5);\n    return this.transact(() => {\n      const facts',
    why: "Buyers at the same time all use the last use of a coupon.",
    caughtBy: tests("workerd", "durable-objects/voucher/voucher-object.workerd.test.ts"),
  },
  {
    name: "coupon-without-a-limit",
    file: "src/vouchers/domain/voucher.ts",
    find: 'if (usesLeft(state) === 0) return { code: "used_up" };',
    replace: "",
    why: "A coupon for the first hundred orders is taken by all of them.",
    caughtBy: VOUCHER_TESTS,
  },
  {
    name: "gift-card-overspent",
    file: "src/vouchers/domain/voucher.ts",
    find: "return request.amountMinor > left ?",
    replace: "return request.amountMinor > left + state.held ?",
    why: "Two orders at once spend the same money of a gift card.",
    caughtBy: VOUCHER_TESTS,
  },
  {
    name: "gift-card-given-back-twice",
    file: "src/vouchers/domain/voucher.ts",
    find: "const left = order.committedMinor - order.givenBackMinor;",
    replace: "const left = order.committedMinor;",
    why: "Repeated refunds put more on a gift card than the order has spent.",
    caughtBy: VOUCHER_TESTS,
  },
];
