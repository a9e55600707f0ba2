import { evictDurableObject, runDurableObjectAlarm, runInDurableObject } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { beforeAll, beforeEach, describe, expect, it } from "vitest";
import { epochMs } from "#kernel";
import { createMeaningTexts } from "../../src/catalog/adapters/meaning-texts.ts";
import { catalogFixture, clearCatalog } from "../../src/catalog/testing/catalog-fixture.ts";
import { sampleProduct } from "../../src/catalog/testing/samples.ts";
import { FIRST_SLICES, TRAINING_PAUSE_MS } from "../../src/semantics/domain/limits.ts";
import { clearMeaning } from "../../src/semantics/testing/semantic-fixture.ts";
import { trainAtOnce } from "../../src/semantics/testing/train-at-once.ts";

const KINDS = ["Print", "Towel", "Lamp", "Bowl", "Rug", "Vase", "Tray"];
/** More than a page of them, with more words than one slice is through with. */
const PRODUCTS = 130;

beforeAll(async () => {
  await clearCatalog(env.DB);
  const { save } = catalogFixture(env.DB);
  for (let at = 0; at < PRODUCTS; at += 1) {
    const kind = KINDS[at % KINDS.length] ?? "Print";
    const letters = (count: number) =>
      Array.from(
        { length: count },
        (_, turn) => `${kind}${"abcdefghijkl".charAt((at * 7 + turn * 5) % 12)}x`,
      );
    await save(
      sampleProduct(`${kind.toLowerCase()}-${at}`, {
        title: `${kind} ${letters(4).join(" ")}`,
        productType: kind,
        tags: letters(6),
      }),
    );
  }
}, 60_000);
beforeEach(() => clearMeaning(env.DB));

const model = async (version: number) => {
  const read = (sql: string) => env.DB.prepare(sql).bind(version).all();
  const [terms, cells] = await Promise.all([
    read(
      "SELECT term, hex(direction) AS direction, force, products FROM semantic_terms WHERE version = ? ORDER BY term",
    ),
    read("SELECT hex(directions) AS directions FROM semantic_cells WHERE version = ?"),
  ]);
  return { terms: terms.results, cells: cells.results };
};
/** A training of its own, whose beginner waits for so many slices. */
async function training(firstSlices: number) {
  const stub = env.TRAININGS.getByName(`training:${crypto.randomUUID()}`);
  await runInDurableObject(stub, (instance) => {
    instance.firstSlices = firstSlices;
  });
  return stub;
}

/** Rings the alarm when its next slice is due, however fast this machine is. */
async function ringLater(stub: ReturnType<typeof env.TRAININGS.getByName>): Promise<boolean> {
  const now = epochMs(Date.now() + TRAINING_PAUSE_MS);
  await runInDurableObject(stub, (instance) => {
    instance.clock = { now: () => now };
  });
  return runDurableObjectAlarm(stub);
}

describe("a training object", () => {
  it("works in slices by its alarm, survives being lost after each of them, and makes the model of one go", async () => {
    await trainAtOnce(env.DB, createMeaningTexts(env.DB)).train(1);
    const whole = await model(1);
    expect(whole.terms.length).toBeGreaterThan(50);
    await clearMeaning(env.DB);
    const stub = await training(1);
    expect(await stub.train(1)).toBeUndefined();
    let slices = 0;
    for (; (await stub.train(1)) === undefined && slices < 60; slices += 1) {
      await evictDurableObject(stub);
      expect(await ringLater(stub)).toBe(true);
    }
    expect(slices).toBeGreaterThan(1);
    expect(await stub.train(1)).toEqual({ trained: PRODUCTS });
    expect(await model(1)).toEqual(whole);
    expect(await runDurableObjectAlarm(stub)).toBe(false);
  });

  it("is through at once with a small shop", async () => {
    expect(await (await training(FIRST_SLICES)).train(1)).toEqual({ trained: PRODUCTS });
  });

  it("gives what it has when it is asked again, and begins anew for another version", async () => {
    const stub = await training(1);
    const train = async (version: number) => {
      for (let slices = 0; slices < 60; slices += 1) {
        const done = await stub.train(version);
        if (done) return done;
        await ringLater(stub);
      }
      throw new Error("The training does not end.");
    };
    expect(await train(1)).toEqual({ trained: PRODUCTS });
    const first = await model(1);
    expect(await stub.train(1)).toEqual({ trained: PRODUCTS });
    expect(await train(2)).toEqual({ trained: PRODUCTS });
    expect(await model(2)).toEqual(first);
  });
});
