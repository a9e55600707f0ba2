import { evictDurableObject, runDurableObjectAlarm } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { describe, expect, test } from "vitest";
import type { Hold, StockLevel } from "#inventory";
import type { OrderId } from "#kernel";
import type { CallContext } from "#platform";
import { createRandom } from "../../test/support/random.ts";

const call: CallContext = {
  traceparent: "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01",
  actor: "test",
};
const SEED = 20_261_127;
const order = (n: number): OrderId => `ord_${String(n).padStart(26, "0")}`;
const LOCATIONS = ["main", "berlin"];

async function stocked(units: number) {
  const stub = env.STOCK.getByName(`CRASH-${crypto.randomUUID()}`);
  await stub.arrange({ revision: 2, serving: LOCATIONS }, call);
  for (const location of LOCATIONS)
    await stub.adjust(
      { adjustmentId: location, kind: "counted", quantity: units, location, reason: "opening" },
      call,
    );
  return stub;
}

/** What each order and transfer has done by its own account; the object must agree. */
type Account = { readonly open: Map<number, Hold>; sold: number; lost: number };

const physical = (level: StockLevel): number => level.onHand + level.inTransit + level.damaged;

describe(`a stock object that is put out between any two commands (SEED=${SEED})`, () => {
  test("keeps every unit, every hold and a journal without a gap", async () => {
    const random = createRandom(SEED);
    const stub = await stocked(20);
    const account: Account = { open: new Map(), sold: 0, lost: 0 };
    for (let step = 0; step < 150; step += 1) {
      const n = random.whole(1, 12);
      const claim = { orderId: order(n), part: 0 };
      switch (random.whole(0, 5)) {
        case 0:
        case 1: {
          const request = { ...claim, quantity: random.whole(1, 9), ttlSeconds: 600 };
          const answers = [await stub.hold(request, call), await stub.hold(request, call)];
          expect(answers[1]).toEqual(answers[0]);
          const [answer] = answers;
          if (answer?.ok === true && answer.value.status === "held") account.open.set(n, answer.value);
          break;
        }
        case 2: {
          if ((await stub.commit(claim, call)).ok && account.open.has(n))
            account.sold += account.open.get(n)?.quantity ?? 0;
          account.open.delete(n);
          break;
        }
        case 3:
          // An order that is finished stays finished; only open holds are given back here.
          if (account.open.delete(n)) await stub.release(claim, call);
          break;
        case 4: {
          const transferId = `t${random.whole(1, 9)}`;
          const [from = "", to = ""] = random.next() < 0.5 ? LOCATIONS : LOCATIONS.toReversed();
          await stub.transfer(
            { kind: "dispatch", transferId, from, to, quantity: random.whole(1, 4), reason: "x" },
            call,
          );
          break;
        }
        default: {
          const arrival = {
            transferId: `t${random.whole(1, 9)}`,
            stepId: `s${step}`,
            quantity: 1,
            reason: "x",
          };
          const isLost = random.next() < 0.2;
          const answer = await stub.transfer({ kind: isLost ? "lose" : "receive", ...arrival }, call);
          if (isLost && answer.ok) account.lost += 1;
        }
      }
      if (random.next() < 0.4) await evictDurableObject(stub);
      const level = await stub.level();
      const held = [...account.open.values()].reduce((sum, hold) => sum + hold.quantity, 0);
      expect({ held: level.held, physical: physical(level) }).toEqual({
        held,
        physical: 40 - account.sold - account.lost,
      });
      expect(level.available).toBeGreaterThanOrEqual(0);
    }
    await runDurableObjectAlarm(stub);
    expect((await stub.audit({ limit: 1 })).violations).toEqual([]);
  }, 60_000);
});

test("who had the answer before another one asked stands before it in the journal", async () => {
  const stub = await stocked(200);
  type Span = { readonly n: number; readonly begun: number; readonly ended: number };
  const spans: Span[] = [];
  let clock = 0;
  const buyer = async (first: number): Promise<void> => {
    for (let n = first; n < first + 15; n += 1) {
      const begun = (clock += 1);
      await stub.hold({ orderId: order(n), part: 0, quantity: 1, ttlSeconds: 60 }, call);
      spans.push({ n, begun, ended: (clock += 1) });
    }
  };
  await Promise.all([100, 200, 300, 400].map(buyer));
  const journal = await stub.journal({ limit: 100 });
  const sequenceOf = new Map(journal.map((entry) => [entry.reference, entry.sequence]));
  const wrong = spans.flatMap((a) =>
    spans.filter(
      (b) => a.ended < b.begun && (sequenceOf.get(order(a.n)) ?? 0) >= (sequenceOf.get(order(b.n)) ?? 0),
    ),
  );
  expect(spans).toHaveLength(60);
  expect(wrong).toEqual([]);
});
