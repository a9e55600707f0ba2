import { evictDurableObject, runDurableObjectAlarm, runInDurableObject } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { afterEach, describe, expect, test } from "vitest";
import { epochMs, mintId, type OrderId } from "#kernel";
import type { OrderAnswer, OrderDraft, OrderView, PlaceOrder } from "#orders";
import { armFailpoint, clearFailpoints, type CallContext } from "#platform";
import { draft, line, placeOrder, TOTAL } from "../../src/orders/domain/testing/sample-order.ts";

const call: CallContext = {
  traceparent: "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01",
  actor: "staff:test",
};
const orderStub = (orderId: OrderId) => env.ORDERS.getByName(orderId);
type Order = ReturnType<typeof orderStub>;

/** A confirmed order for two units of the first SKU and one of the second. */
async function confirmed(change: (old: OrderDraft) => Partial<OrderDraft> = () => ({})) {
  const skus = [`A-${crypto.randomUUID()}`, `B-${crypto.randomUUID()}`] as const;
  for (const sku of skus)
    await env.STOCK.getByName(sku).adjust(
      { adjustmentId: "first", kind: "counted", quantity: 10, reason: "count" },
      call,
    );
  const orderId = mintId("ord", epochMs(Date.now()));
  const base = draft([line(skus[0], 2), line(skus[1], 1)]);
  const command: PlaceOrder = placeOrder({ orderId, draft: { ...base, ...change(base) } });
  const order = orderStub(orderId);
  expect(await order.place(command, call)).toMatchObject({ ok: true, value: { status: "confirmed" } });
  return { order, orderId, skus, draft: command.draft };
}

function seen(answer: OrderAnswer): OrderView {
  if (!answer.ok) throw new Error(`refused: ${JSON.stringify(answer.refusal)}`);
  return answer.value;
}
const onHand = (skus: readonly string[]) =>
  Promise.all(skus.map(async (sku) => (await env.STOCK.getByName(sku).level()).onHand));
const sentBack = (order: Order) =>
  runInDurableObject(order, (instance) => Object.fromEntries(instance.payments.refunds));
const later = (order: Order, ms: number) =>
  runInDurableObject(order, (instance) => {
    const now = epochMs(Date.now() + ms);
    instance.clock = { now: () => now };
  });

async function booksBalance(order: Order): Promise<void> {
  const audit = await order.audit();
  if (!audit.ok) throw new Error("the order exists");
  expect(audit.value.ledger.debitMinor).toBe(audit.value.ledger.creditMinor);
}

afterEach(clearFailpoints);

describe("refunds", () => {
  test("that come at once never give back more than was taken, and each id pays once", async () => {
    const { order, orderId } = await confirmed();
    const half = Math.floor(TOTAL / 2) + 1;
    const ask = (refundId: string) => order.refund({ refundId, amountMinor: half, reason: "late" }, call);
    const answers = await Promise.all([ask("r1"), ask("r2"), ask("r1")]);
    expect(answers.filter((answer) => answer.ok)).toHaveLength(2);
    expect(answers[1]).toMatchObject({
      refusal: { code: "refund_too_large", refundableMinor: TOTAL - half },
    });
    expect(await sentBack(order)).toEqual({ [`${orderId}:refund:r1`]: half });
    expect(seen(await order.view()).payment).toMatchObject({
      status: "partially_refunded",
      refundedMinor: half,
    });
    await booksBalance(order);
  });

  test("without an answer are asked about by the same key, and never sent twice", async () => {
    const { order, orderId } = await confirmed();
    await runInDurableObject(order, (instance) => void (instance.payments.refundAnswers = "unknown"));
    const view = seen(await order.refund({ refundId: "r1", amountMinor: 500, reason: "late" }, call));
    expect(view.payment).toMatchObject({ refundPendingMinor: 500, refundableMinor: TOTAL - 500 });
    await later(order, 10_000);
    await runDurableObjectAlarm(order);
    expect(seen(await order.view()).refunds).toMatchObject([{ status: "paid" }]);
    expect(await sentBack(order)).toEqual({ [`${orderId}:refund:r1`]: 500 });
  });

  test("that fail free their amount and raise a flag; by hand they are only noted", async () => {
    const { order } = await confirmed();
    await runInDurableObject(order, (instance) => void (instance.payments.refundAnswers = "decline"));
    const failed = seen(await order.refund({ refundId: "r1", amountMinor: 500, reason: "late" }, call));
    expect(failed).toMatchObject({
      refunds: [{ status: "failed" }],
      attention: [{ code: "refund_failed", reference: "r1" }],
      payment: { refundableMinor: TOTAL },
    });
    const byHand = { refundId: "r2", amountMinor: TOTAL, reason: "cash", from: "outside" } as const;
    expect(seen(await order.refund(byHand, call)).payment.status).toBe("refunded");
    await booksBalance(order);
  });

  test.each(["before-refund", "after-refund"])("cut off %s are made once", async (point) => {
    const { order } = await confirmed();
    let crashes = 0;
    armFailpoint(`order.${point}`, () => {
      crashes += 1;
      if (crashes === 1) throw new Error("crash");
    });
    await order.refund({ refundId: "r1", amountMinor: 500, reason: "late" }, call);
    await evictDurableObject(order);
    await later(order, 30_000);
    await runDurableObjectAlarm(order);
    expect(seen(await order.view()).refunds).toMatchObject([{ status: "paid" }]);
    expect(seen(await order.view()).payment.refundedMinor).toBe(500);
  });
});

describe("vouchers", () => {
  const withCard = (amountMinor: number) => (old: OrderDraft) => ({
    tenders: [{ voucherId: "card", kind: "gift_card" as const, label: "Card", amountMinor }],
    dueMinor: old.totalMinor - amountMinor,
  });

  test("that pay everything ask no provider", async () => {
    const { order } = await confirmed(withCard(TOTAL));
    expect(seen(await order.view()).payment).toMatchObject({ status: "none", vouchersMinor: TOTAL });
    expect(await runInDurableObject(order, (instance) => instance.payments.calls)).toEqual([]);
    await booksBalance(order);
  });

  test("get back what the payment cannot give", async () => {
    const { order } = await confirmed(withCard(1_000));
    await order.refund({ refundId: "r1", amountMinor: TOTAL, reason: "late" }, call);
    const { given, sent } = await runInDurableObject(order, (instance) => ({
      given: [...instance.vouchers.givenBack.values()],
      sent: [...instance.payments.refunds.values()],
    }));
    expect({ given, sent }).toEqual({ given: [1_000], sent: [TOTAL - 1_000] });
    await booksBalance(order);
  });

  test("that refuse their claim end the placement, and nothing is charged", async () => {
    const { orderId } = { orderId: mintId("ord", epochMs(Date.now())) };
    const order = orderStub(orderId);
    const sku = `A-${crypto.randomUUID()}`;
    const count = { adjustmentId: "first", kind: "counted", quantity: 1, reason: "count" } as const;
    await env.STOCK.getByName(sku).adjust(count, call);
    await runInDurableObject(order, (instance) => void instance.vouchers.refusals.set("card", "used_up"));
    const base = draft([line(sku, 1)]);
    const answer = await order.place(
      placeOrder({ orderId, draft: { ...base, ...withCard(100)(base) } }),
      call,
    );
    expect(answer).toMatchObject({
      refusal: { code: "voucher_refused", voucherId: "card", reason: "used_up" },
    });
    expect(await env.STOCK.getByName(sku).level()).toMatchObject({ onHand: 1, held: 0 });
  });
});

describe("calling off an order that is paid", () => {
  test("puts its units back and sends everything back", async () => {
    const { order, skus } = await confirmed();
    expect(await onHand(skus)).toEqual([8, 9]);
    const view = seen(await order.cancel({ reason: "mistake", by: "staff" }, call));
    expect(view).toMatchObject({ status: "refunded", payment: { status: "refunded", refundedMinor: TOTAL } });
    expect(await onHand(skus)).toEqual([10, 10]);
    await order.cancel({ reason: "again", by: "staff" }, call);
    expect(await onHand(skus)).toEqual([10, 10]);
    await booksBalance(order);
  });

  test("is refused to the buyer, and to staff once a unit is in a parcel", async () => {
    const { order, skus } = await confirmed();
    const refused = { refusal: { code: "order_not_cancellable" } };
    expect(await order.cancel({ reason: "x", by: "customer" }, call)).toMatchObject(refused);
    await pack(order, [{ lineId: `line-${skus[0]}`, quantity: 1 }]);
    expect(await order.cancel({ reason: "x", by: "staff" }, call)).toMatchObject(refused);
  });
});

const pack = (order: Order, lines: readonly { lineId: string; quantity: number }[]) =>
  order.startFulfilment(
    { parcelId: "pcl_1", shipmentId: "shp_1", carrier: "Kerb Post", trackingNumber: "KP1", lines },
    call,
  );

describe("edits", () => {
  const edited = (old: OrderDraft, quantities: readonly number[]): OrderDraft => {
    const lines = old.lines.map((entry, index) => ({
      ...line(entry.sku, quantities[index] ?? 1, entry.lineId),
    }));
    const itemsMinor = lines.reduce((sum, entry) => sum + entry.totalMinor, 0);
    const totalMinor = itemsMinor + old.deliveryMinor;
    return { ...old, lines, itemsMinor, totalMinor, dueMinor: totalMinor };
  };
  const payment = { provider: "fake", choice: { kind: "token", token: "t" } } as const;

  test("that add goods hold them, charge the difference by their own key, and apply whole", async () => {
    const made = await confirmed();
    const { version } = seen(await made.order.view());
    const edit = {
      editId: "e1",
      reason: "one more",
      expectedVersion: version,
      draft: edited(made.draft, [3, 1]),
    };
    expect(await made.order.applyEdit(edit, call)).toMatchObject({
      refusal: { code: "edit_payment_needed" },
    });
    const view = seen(await made.order.applyEdit({ ...edit, payment }, call));
    expect(view).toMatchObject({
      edits: [{ outcome: "applied", differenceMinor: 1_000 }],
      draft: { totalMinor: TOTAL + 1_000 },
      payment: { capturedMinor: TOTAL + 1_000 },
    });
    expect(await onHand(made.skus)).toEqual([7, 9]);
    const calls = await runInDurableObject(made.order, (instance) => instance.payments.calls);
    expect(calls).toContain(`authorise ${made.orderId}:edit-1-authorise:1`);
    expect(seen(await made.order.applyEdit({ ...edit, payment }, call)).version).toBe(view.version);
    await booksBalance(made.order);
  });

  test("that take goods away put them back and refund the difference at once", async () => {
    const made = await confirmed();
    const { version } = seen(await made.order.view());
    const change = {
      editId: "e1",
      reason: "less",
      expectedVersion: version,
      draft: edited(made.draft, [1, 1]),
    };
    const view = seen(await made.order.applyEdit(change, call));
    expect(view).toMatchObject({ draft: { totalMinor: TOTAL - 1_000 }, payment: { refundedMinor: 1_000 } });
    expect(await onHand(made.skus)).toEqual([9, 9]);
  });

  test("of an older version are refused, and nothing changes", async () => {
    const made = await confirmed();
    const stale = { editId: "e1", reason: "x", expectedVersion: 1, draft: edited(made.draft, [1, 1]) };
    expect(await made.order.applyEdit(stale, call)).toMatchObject({ refusal: { code: "version_conflict" } });
    expect(await made.order.proposeEdit(stale)).toMatchObject({ refusal: { code: "version_conflict" } });
  });

  test("whose goods are sold out are abandoned and leave the order as it was", async () => {
    const made = await confirmed();
    const { version } = seen(await made.order.view());
    const draftWanted = edited(made.draft, [2_000, 1]);
    const view = seen(
      await made.order.applyEdit(
        { editId: "e1", reason: "x", expectedVersion: version, draft: draftWanted, payment },
        call,
      ),
    );
    expect(view).toMatchObject({ edits: [{ outcome: "abandoned", reason: "out_of_stock" }] });
    expect(view.draft.totalMinor).toBe(TOTAL);
    expect(await made.order.fateOf(1)).toBe("cancelled");
  });

  test.each(["edit-hold", "edit-authorise", "edit-commit", "edit-capture"])(
    "cut off after %s come to their end with one charge",
    async (step) => {
      const made = await confirmed();
      const { version } = seen(await made.order.view());
      let crashes = 0;
      armFailpoint(`order.after-${step}`, () => {
        crashes += 1;
        if (crashes === 1) throw new Error("crash");
      });
      const edit = { editId: "e1", reason: "x", expectedVersion: version, draft: edited(made.draft, [3, 1]) };
      await made.order.applyEdit({ ...edit, payment }, call);
      expect(crashes).toBe(1);
      await later(made.order, 60_000);
      await runDurableObjectAlarm(made.order);
      expect(seen(await made.order.view())).toMatchObject({
        edits: [{ outcome: "applied" }],
        payment: { capturedMinor: TOTAL + 1_000 },
      });
      expect(await onHand(made.skus)).toEqual([7, 9]);
    },
  );
});

describe("returns", () => {
  async function delivered() {
    const made = await confirmed();
    await pack(
      made.order,
      made.draft.lines.map(({ lineId, quantity }) => ({ lineId, quantity })),
    );
    for (const status of ["in_transit", "delivered"] as const)
      await made.order.recordScan(
        { scanId: status, parcelId: "pcl_1", status, occurredAt: epochMs(1) },
        call,
      );
    return { ...made, lineId: `line-${made.skus[0]}` };
  }

  test("go from a buyer's wish to a refund of what came back, restocked or scrapped", async () => {
    const { order, skus, lineId } = await delivered();
    const wish = { returnId: "ret1", by: "customer", wish: "refund", reason: "too big" } as const;
    await order.requestReturn({ ...wish, lines: [{ lineId, quantity: 2 }] }, call);
    await order.approveReturn({ returnId: "ret1" }, call);
    const receipt = (receiptId: string, condition: "restock" | "scrap") =>
      order.receiveReturn({ returnId: "ret1", receiptId, lines: [{ lineId, quantity: 1, condition }] }, call);
    await receipt("c1", "restock");
    await receipt("c1", "restock");
    expect(seen(await receipt("c2", "scrap")).returns).toMatchObject([
      { status: "received", valueMinor: 2_000 },
    ]);
    expect(await onHand(skus)).toEqual([9, 9]);
    const view = seen(await order.closeReturn({ returnId: "ret1", refundMinor: 1_500 }, call));
    expect(view).toMatchObject({ returns: [{ status: "closed" }], payment: { refundedMinor: 1_500 } });
    await booksBalance(order);
  });

  test("of more than was sent, or after thirty days, are refused", async () => {
    const { order, lineId } = await delivered();
    const wish = { returnId: "ret1", by: "customer", wish: "refund", reason: "too big" } as const;
    expect(await order.requestReturn({ ...wish, lines: [{ lineId, quantity: 3 }] }, call)).toMatchObject({
      refusal: { code: "return_invalid" },
    });
    await later(order, 31 * 24 * 3_600_000);
    expect(await order.requestReturn({ ...wish, lines: [{ lineId, quantity: 1 }] }, call)).toMatchObject({
      refusal: { code: "return_too_late" },
    });
  });
});

test("the log replays to the version that the view shows, and hides the secret of the order link", async () => {
  const { order } = await confirmed();
  await order.addNote({ noteId: "n1", text: "call back" }, call);
  await order.setTags({ tags: ["Gift", " gift "] }, call);
  const view = seen(await order.view());
  expect(view).toMatchObject({ tags: ["gift"], notes: [{ author: "staff:test" }] });
  const first = await order.events({ after: 0, limit: 5 });
  const rest = await order.events({ after: first.nextAfter ?? 0, limit: 200 });
  const log = [...first.items, ...rest.items];
  expect(log.map((entry) => entry.sequence)).toEqual(
    Array.from({ length: view.version }, (_, index) => index + 1),
  );
  expect(JSON.stringify(log)).not.toContain("secret-key");
});
