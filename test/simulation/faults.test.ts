import { describe, expect, test, vi } from "vitest";
import { HOUR_MS, MINUTE_MS, SECOND_MS } from "#kernel";
import { readSeed } from "../support/random.ts";
import { insist } from "./commands/command.ts";
import { FAIR } from "./core/weather.ts";
import { noFigures } from "./figures.ts";
import { CARD, PAGE, stage, type Scene } from "./scene.ts";
import { liveWorld } from "./story.ts";
import type { OrderNote } from "./world/book.ts";

const SEED = readSeed();
const MINUTES = 120_000;
/** Commands in the worlds of single faults: enough to meet the fault many times. */
const COMMANDS = 80;
const CROSSING_PAIRS = 60;

vi.setConfig({ testTimeout: MINUTES });

/** Every order of these. */
const permutations = <T>(items: readonly T[]): T[][] =>
  items.length < 2
    ? [[...items]]
    : items.flatMap((first, index) =>
        permutations([...items.slice(0, index), ...items.slice(index + 1)]).map((rest) => [first, ...rest]),
      );

const cancel = ({ world }: Scene, note: OrderNote) =>
  insist(world, 3, () =>
    world.order(note.orderId).cancel({ reason: "customer", by: "customer" }, world.callBy("customer")),
  );

describe(`F8: news of a payment in every order (SEED=${SEED})`, () => {
  const orders = permutations(["reply", "webhook", "cancel", "return"]);

  test.each(orders)(
    "%s, %s, %s, then %s: sold and captured once, or cancelled and nothing kept",
    async (...order) => {
      await stage(SEED, { A: 1 }, async (scene) => {
        const { world, at } = scene;
        const timeOf = (what: string): number => 200 + order.indexOf(what) * 3 * SECOND_MS;
        world.weather.script = (what) => {
          if (what.startsWith("authorise")) return { arrivals: [10], answerMs: timeOf("reply") };
          return what === "webhook" ? { arrivals: [timeOf("webhook")] } : undefined;
        };
        const note = scene.order([{ sku: "A", quantity: 1 }], CARD);
        at(timeOf("cancel"), () => cancel(scene, note));
        at(timeOf("return"), () => world.order(note.orderId).settle(world.callBy("customer")));
        await scene.runFor(MINUTE_MS);
        await scene.end();
        expect(["delivered", "cancelled"]).toContain(await scene.statusOf(note));
      });
    },
  );

  test("money that arrives long after its order was given up is sent back", async () => {
    await stage(SEED, { A: 1 }, async (scene) => {
      scene.world.weather.script = (what) =>
        what.startsWith("authorise")
          ? { arrivals: [20 * MINUTE_MS], errorAfterMs: 10 * SECOND_MS }
          : undefined;
      const note = scene.order([{ sku: "A", quantity: 1 }], CARD);
      await scene.runFor(10 * MINUTE_MS);
      expect(await scene.statusOf(note)).toBe("cancelled");
      await scene.runFor(20 * MINUTE_MS);
      await scene.end();
      expect(scene.world.provider.paymentsOf(note.orderId)).toMatchObject([{ status: "voided", voids: 1 }]);
    });
  });

  test("money that arrives late is sent back also when the provider is silent as its webhook comes", async () => {
    await stage(SEED, { A: 1 }, async (scene) => {
      const { world } = scene;
      const beganAt = world.scheduler.now;
      world.weather.script = (what) => {
        if (what.startsWith("authorise")) return { arrivals: [20 * MINUTE_MS], errorAfterMs: 10 * SECOND_MS };
        const age = world.scheduler.now - beganAt;
        const isSilent = what.startsWith("status") && age > 19 * MINUTE_MS && age < 25 * MINUTE_MS;
        return isSilent ? { arrivals: [], errorAfterMs: SECOND_MS } : undefined;
      };
      const note = scene.order([{ sku: "A", quantity: 1 }], CARD);
      await scene.runFor(HOUR_MS);
      await scene.end();
      expect(world.provider.paymentsOf(note.orderId)).toMatchObject([{ status: "voided", voids: 1 }]);
    });
  });

  const page = permutations(["pay", "cancel", "return"]);
  test.each(page)("on the provider's page: %s, %s, then %s", async (...order) => {
    await stage(SEED, { A: 1 }, async (scene) => {
      const { world, at } = scene;
      const note = scene.order([{ sku: "A", quantity: 1 }], PAGE);
      const timeOf = (what: string): number => 5 * SECOND_MS + order.indexOf(what) * 20;
      at(timeOf("pay"), () => {
        const [payment] = world.provider.paymentsOf(note.orderId);
        if (payment) world.provider.payOnPage(payment.reference, true);
      });
      at(timeOf("cancel"), () => cancel(scene, note));
      at(timeOf("return"), () => world.order(note.orderId).settle(world.callBy("customer")));
      await scene.runFor(MINUTE_MS);
      await scene.end();
      expect(["delivered", "cancelled"]).toContain(await scene.statusOf(note));
    });
  });
});

test(`F9: queues that lose, double, shuffle and delay messages by an hour leave copies that equal their originals (SEED=${SEED})`, async () => {
  const messages = { lost: 0.1, answerLost: 0.05, doubled: 0.2, late: 0.1, slow: 0.1 };
  await liveWorld(SEED, noFigures(), { climate: { ...FAIR, messages }, commands: COMMANDS });
});

test(`F13: of two carts that cross on the last units exactly one wins, and nothing leaks (SEED=${SEED})`, async () => {
  const pairs = Array.from({ length: CROSSING_PAIRS }, (_, index) => [`A${index}`, `B${index}`] as const);
  const units = Object.fromEntries(pairs.flat().map((sku) => [sku, 1]));
  await stage(SEED, units, async (scene) => {
    const rivals = pairs.map(([a, b]) =>
      [
        [a, b],
        [b, a],
      ].map((skus) =>
        scene.order(
          skus.map((sku) => ({ sku, quantity: 1 })),
          CARD,
        ),
      ),
    );
    await scene.runFor(MINUTE_MS);
    await scene.end();
    for (const pair of rivals) {
      const statuses = await Promise.all(pair.map(scene.statusOf));
      const winners = statuses.filter((status) => status === "delivered").length;
      expect(winners).toBe(1);
    }
  });
});

test("F14: a hold whose deadline passes while its payment is under way keeps its unit", async () => {
  await stage(SEED, { A: 1 }, async (scene) => {
    const { world, at } = scene;
    world.weather.script = (what) =>
      what.startsWith("authorise") ? { arrivals: [5 * SECOND_MS], answerMs: 2 * SECOND_MS } : undefined;
    const first = scene.order([{ sku: "A", quantity: 1 }], CARD);
    // The stock object's clock leaps over the deadline while the provider works.
    at(2 * SECOND_MS, () => world.host("stock", "A").jump(HOUR_MS));
    const second = scene.order([{ sku: "A", quantity: 1 }], CARD, { afterMs: 4 * SECOND_MS });
    await scene.runFor(MINUTE_MS);
    await scene.end();
    expect(await scene.statusOf(first)).toBe("delivered");
    expect(await scene.statusOf(second)).toBe("cancelled");
  });
});

test("F14: an order object that does not answer an inquiry keeps its unit", async () => {
  await stage(SEED, { A: 1 }, async (scene) => {
    const { world, at } = scene;
    let isSilent = true;
    world.weather.script = (what) => {
      if (what.startsWith("authorise")) return { arrivals: [MINUTE_MS / 2], answerMs: 2 * SECOND_MS };
      return what === "fateOfHold" && isSilent ? { arrivals: [], errorAfterMs: 100 } : undefined;
    };
    const note = scene.order([{ sku: "A", quantity: 1 }], CARD);
    at(2 * SECOND_MS, () => world.host("stock", "A").jump(HOUR_MS));
    at(MINUTE_MS / 3, () => {
      isSilent = false;
    });
    await scene.runFor(2 * MINUTE_MS);
    await scene.end();
    expect(await scene.statusOf(note)).toBe("delivered");
  });
});

test(`F15: clocks that differ by ten minutes and jump free no unit early (SEED=${SEED})`, async () => {
  const climate = { ...FAIR, skewMs: 10 * MINUTE_MS, jumpEverySeconds: 15 };
  await liveWorld(SEED, noFigures(), { climate, commands: COMMANDS });
});

test("F28: with D1 down for an hour orders are placed and paid, and each mail and parcel goes out once afterwards", async () => {
  await stage(SEED, { A: 20 }, async (scene) => {
    const { world } = scene;
    world.weather.beginOutage("d1", world.scheduler.now, HOUR_MS);
    const notes = Array.from({ length: 20 }, (_, index) =>
      scene.order([{ sku: "A", quantity: 1 }], CARD, { afterMs: index * MINUTE_MS }),
    );
    await scene.runFor(HOUR_MS / 2);
    expect(notes.every(({ isAnswered }) => isAnswered)).toBe(true);
    expect([...world.provider.book.values()].filter(({ captures }) => captures === 1)).toHaveLength(20);
    expect(world.d1.rows("SELECT count(*) AS n FROM mails")).toEqual([{ n: 0 }]);
    await scene.runFor(HOUR_MS);
    await scene.end();
  });
});
