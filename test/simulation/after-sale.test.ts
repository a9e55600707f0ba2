import { describe, expect, test, vi } from "vitest";
import { HOUR_MS, MINUTE_MS, SECOND_MS } from "#kernel";
import type { StockRpc } from "#inventory";
import { readSeed } from "../support/random.ts";
import { insist } from "./commands/command.ts";
import { issueVouchers } from "./commands/voucher.ts";
import type { Fate } from "./core/weather.ts";
import { viewIn, voucherRpc } from "./oracle/ask.ts";
import { CARD, stage, type Scene } from "./scene.ts";
import type { OrderNote } from "./world/book.ts";
import { lineOf, priced } from "./world/draft.ts";

const SEED = readSeed();
const MINUTES = 120_000;
vi.setConfig({ testTimeout: MINUTES });

const ONE = [{ sku: "A", quantity: 1 }];

const refund = ({ world }: Scene, note: OrderNote, amountMinor: number) => {
  const command = { refundId: "r1", amountMinor, reason: "goodwill" };
  return insist(world, 3, () => world.order(note.orderId).refund(command, world.callBy("staff:ada")));
};

describe(`after the sale (SEED=${SEED})`, () => {
  test("a refund that was asked for while the provider was down for an hour is paid afterwards", async () => {
    await stage(SEED, { A: 1 }, async (scene) => {
      const { world } = scene;
      const note = scene.order(ONE, CARD);
      await scene.runFor(MINUTE_MS);
      world.weather.beginOutage("provider", world.scheduler.now, HOUR_MS);
      scene.at(SECOND_MS, () => refund(scene, note, 500));
      await scene.runFor(2 * HOUR_MS);
      expect((await viewIn(world, note.orderId))?.refunds).toMatchObject([
        { amountMinor: 500, status: "paid" },
      ]);
      await scene.end();
    });
  });

  test("money that is reserved for an edit long after it was given up is let go", async () => {
    await stage(SEED, { A: 2, B: 1 }, async (scene) => {
      const { world } = scene;
      const note = scene.order(ONE, CARD);
      await scene.runFor(MINUTE_MS);
      const view = await viewIn(world, note.orderId);
      if (!view) throw new Error("the order is there");
      const requests: Fate[] = [{ arrivals: [10 * MINUTE_MS], errorAfterMs: 100 }];
      const lost: Fate = { arrivals: [], errorAfterMs: 100 };
      world.weather.script = (what) =>
        what.startsWith("authorise") ? (requests.shift() ?? lost) : undefined;
      const lines = [...view.draft.lines, lineOf("line_2", { sku: "B", quantity: 1 })];
      const draft = priced({ ...view.draft, lines });
      const payment = { provider: "sandbox", choice: CARD };
      const command = { editId: "e1", expectedVersion: view.version, draft, reason: "one more", payment };
      note.edits.set("e1", draft);
      scene.at(SECOND_MS, () => world.order(note.orderId).applyEdit(command, world.callBy("staff:ada")));
      await scene.runFor(8 * MINUTE_MS);
      expect((await viewIn(world, note.orderId))?.edits).toMatchObject([{ outcome: "abandoned" }]);
      expect(world.provider.paymentsOf(note.orderId)).toHaveLength(1);
      await scene.runFor(20 * MINUTE_MS);
      expect(world.provider.paymentsOf(note.orderId).map(({ status }) => status)).toEqual([
        "captured",
        "voided",
      ]);
      await scene.end();
    });
  });

  test("money goes back to a gift card once, although the card's answer is lost", async () => {
    await stage(SEED, { A: 1 }, async (scene) => {
      const { world } = scene;
      issueVouchers(world);
      await scene.runFor(MINUTE_MS);
      const [voucherId = ""] = world.book.cards.keys();
      const note = scene.order(ONE, CARD, { codes: { cards: [{ voucherId, amountMinor: 10_000 }] } });
      await scene.runFor(MINUTE_MS);
      let lost = 2;
      const answerLost: Fate = { arrivals: [10], errorAfterMs: 100 };
      world.weather.script = (what) => (what === "giveBack" && lost-- > 0 ? answerLost : undefined);
      scene.at(SECOND_MS, () => refund(scene, note, 400));
      await scene.runFor(10 * MINUTE_MS);
      expect(lost).toBeLessThan(0);
      await scene.end();
    });
  });

  test("two orders that are called off both give their money back to the one card that paid them", async () => {
    await stage(SEED, { A: 2 }, async (scene) => {
      const { world } = scene;
      issueVouchers(world);
      await scene.runFor(MINUTE_MS);
      const [voucherId = ""] = world.book.cards.keys();
      const codes = { cards: [{ voucherId, amountMinor: 1_000 }] };
      // Nothing is sent before they are called off.
      world.weather.script = (what) =>
        what === "startFulfilment" ? { arrivals: [], errorAfterMs: 100 } : undefined;
      const notes = [1, 2].map(() => scene.order(ONE, CARD, { codes }));
      await scene.runFor(MINUTE_MS);
      for (const note of notes)
        scene.at(0, () =>
          world.order(note.orderId).cancel({ reason: "staff", by: "staff" }, world.callBy("staff:ada")),
        );
      await scene.runFor(MINUTE_MS);
      await scene.end();
      expect(await Promise.all(notes.map(scene.statusOf))).toEqual(["refunded", "refunded"]);
      expect((await voucherRpc(world, voucherId).view())?.balanceMinor).toBe(9_000);
    });
  });

  test("a step of a transfer that is told twice moves its units once", async () => {
    await stage(SEED, { A: 6 }, async (scene) => {
      const { world } = scene;
      const send = (command: Parameters<StockRpc["transfer"]>[0]) =>
        insist(world, 3, () => world.stock("A").transfer(command, world.callBy("staff:ada")));
      const transferId = "tr_1";
      const arrived = { kind: "receive", transferId, stepId: "s1", quantity: 2, reason: "arrived" } as const;
      scene.at(SECOND_MS, async () => {
        await send({
          kind: "dispatch",
          transferId,
          from: "main",
          to: "north",
          quantity: 5,
          reason: "balance",
        });
        await send(arrived);
        await send(arrived);
        const level = await world.stock("A").level();
        const north = level.locations.find(({ location }) => location === "north");
        if (north?.onHand !== 2 || north.inTransit !== 3)
          world.book.complaints.push(`north has ${JSON.stringify(north)}`);
      });
      await scene.runFor(MINUTE_MS);
      await scene.end();
    });
  });
});
