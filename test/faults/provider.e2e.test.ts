import { beforeAll, beforeEach, describe, expect, it } from "vitest";
import { gather, judgeBooks, unsettled, type Witnesses } from "../crash/oracle.ts";
import { useShop } from "../support/shop-harness.ts";
import { stockUp, witnessesOf } from "../support/stock-up.ts";
import { ask, expectOk, readyCheckout, until, type Ask, type Placed } from "../support/shop-client.ts";

// The payment provider misbehaves; its own book is the second witness. One charge per sold order, whatever it does.

const SKU = "KE-PR-HERON-A4-NONE";
const UNITS = 1_000;
const SETTLE_MS = 90_000;

const harness = useShop({ cronSeconds: 0 });
let witnesses: Witnesses;
let buyers = 0;

beforeAll(async () => {
  witnesses = witnessesOf(harness.shop);
  await stockUp(witnesses, SKU, UNITS);
});
beforeEach(() =>
  expectOk(witnesses.paymentOrigin, { ...fault("down", 0), method: "DELETE", path: "/v1/faults" }),
);

const fault = (mode: string, count: number): Ask => ({
  method: "POST",
  path: "/v1/faults",
  json: { mode, count },
  headers: { authorization: `Bearer ${witnesses.paymentKey}` },
});

async function buy(token: string) {
  buyers += 1;
  const { origin } = witnesses;
  const wishes = [{ sku: SKU, quantity: 1 }];
  const checkout = await readyCheckout(origin, wishes, `p${buyers}@provider.example`);
  return ask<Placed>(origin, {
    method: "POST",
    path: `/api/checkouts/${checkout.id}/place`,
    json: { payment: { kind: "token", token }, expectedTotal: checkout.total },
    headers: { "idempotency-key": `provider-${buyers}` },
  });
}

const statusOf = async (orderId: string): Promise<string> =>
  (
    await expectOk<{ status: string }>(witnesses.origin, {
      path: `/admin/api/orders/${orderId}`,
      headers: { authorization: `Bearer ${witnesses.adminToken}` },
    })
  ).status;

const MISDEEDS: readonly (readonly [what: string, mode: string, count: number, token: string])[] = [
  ["charges, then answers 500", "error_after_action", 1, "tok_approve"],
  ["charges, then answers every call with 500 for a while", "error_after_action", 4, "tok_approve"],
  ["charges, then times out", "slow", 0, "tok_approve_late"],
  ["charges, then drops the reply", "slow", 0, "tok_approve_drop"],
  ["is slow at every call", "slow", 4, "tok_approve"],
  ["sends each webhook twice", "duplicate_webhooks", 20, "tok_approve"],
  ["sends webhooks before its reply", "early_webhooks", 20, "tok_approve"],
  ["never sends a webhook", "drop_webhooks", 20, "tok_approve_drop"],
];

describe.each(MISDEEDS)("F7: a provider that %s", (_, mode, count, token) => {
  it(
    "charges once for what is sold, and the order ends by itself",
    { timeout: SETTLE_MS + 60_000 },
    async () => {
      await expectOk(witnesses.paymentOrigin, fault(mode, count));
      const answer = await buy(token);
      // In time, unknown so far, or still running: never a defect, and never a refusal of money that was taken.
      expect([201, 409], answer.text).toContain(answer.status);
      const left = await until(
        () => unsettled(witnesses, [SKU], answer.status === 201 ? [answer.body.orderId] : []),
        (waiting) => waiting.length === 0,
        SETTLE_MS,
      );
      expect(left).toEqual([]);
      if (answer.status === 201)
        expect(["confirmed", "fulfilling", "shipped", "delivered"]).toContain(
          await statusOf(answer.body.orderId),
        );
      const evidence = await gather(witnesses, [SKU]);
      expect(judgeBooks(evidence, new Map([[SKU, UNITS]]))).toEqual([]);
    },
  );
});
