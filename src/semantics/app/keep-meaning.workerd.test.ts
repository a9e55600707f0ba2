import { env } from "cloudflare:workers";
import { beforeEach, describe, expect, it } from "vitest";
import { createMeaningTexts } from "../../catalog/adapters/meaning-texts.ts";
import {
  catalogFixture,
  clearCatalog,
  stockFact,
  type CatalogFixture,
} from "../../catalog/testing/catalog-fixture.ts";
import { sampleProduct } from "../../catalog/testing/samples.ts";
import { applyStockFacts } from "../../catalog/adapters/stock-projection.ts";
import { createAlikePairs } from "../../search/adapters/alike-table.ts";
import { createKeepStore, walkVectors } from "../adapters/keep-store.ts";
import { createLocalIndex } from "../adapters/local-index.ts";
import { trainAtOnce } from "../testing/train-at-once.ts";
import { MAX_RUN_MS, MIN_PAUSE_OF_NEW_SHOP_MS } from "../domain/limits.ts";
import { clearMeaning } from "../testing/semantic-fixture.ts";
import { keepMeaning, type KeepPorts } from "./keep-meaning.ts";
import type { KeepState } from "./ports.ts";

let shop: CatalogFixture;
let nowMs: number;
const ports = (more: Partial<KeepPorts> = {}): KeepPorts => ({
  index: createLocalIndex(env.DB),
  texts: createMeaningTexts(env.DB),
  pairs: createAlikePairs(env.DB),
  store: createKeepStore(env.DB),
  trainer: trainAtOnce(env.DB, createMeaningTexts(env.DB)),
  walk: walkVectors(env.DB),
  now: () => nowMs,
  ...more,
});

const good = (name: string, kind: string, words: string) =>
  sampleProduct(`${name}-${kind.toLowerCase()}`, {
    title: `${name} ${kind}`,
    productType: kind,
    tags: words.split(" "),
  });
const PRINTS = ["heron", "tern", "swift", "wren", "lark"].map((name) =>
  good(name, "Print", "paper wall bird"),
);
const TOWELS = ["kiln", "barley", "stripe", "plait", "fern"].map((name) =>
  good(name, "Towel", "linen kitchen"),
);

beforeEach(async () => {
  nowMs = 1_000_000;
  await clearCatalog(env.DB);
  await clearMeaning(env.DB);
  await env.DB.prepare("DELETE FROM product_pairs WHERE kind = 'alike'").run();
  shop = catalogFixture(env.DB);
  for (const product of [...PRINTS, ...TOWELS]) await shop.save(product);
});

/** Who is alike to a product, the most alike first. */
async function alikeTo(handle: string): Promise<readonly string[]> {
  const { results } = await env.DB.prepare(
    `SELECT o.handle FROM products p JOIN product_pairs a ON a.product_number = p.number AND a.kind = 'alike'
     JOIN products o ON o.number = a.other_number WHERE p.handle = ? ORDER BY a.score DESC, o.number`,
  )
    .bind(handle)
    .all<{ handle: string }>();
  return results.map(({ handle: other }) => other);
}
const stateNow = async (): Promise<KeepState & { readonly claimed_until_ms: number }> => {
  const row = await env.DB.prepare("SELECT * FROM semantic_state").first<
    KeepState & { claimed_until_ms: number }
  >();
  if (!row) throw new Error("no state");
  return row;
};

describe("keeping what products mean", () => {
  it("finds out which are alike, in one run for a small shop", async () => {
    await keepMeaning(ports());
    for (const { handle } of PRINTS) {
      const alike = await alikeTo(handle);
      expect(alike.slice(0, 4).every((other) => other.endsWith("-print"))).toBe(true);
      expect(alike).not.toContain(handle);
    }
    expect((await alikeTo("kiln-towel")).slice(0, 4).every((other) => other.endsWith("-towel"))).toBe(true);
    expect(await stateNow()).toMatchObject({ version: 1, stage: "following", claimed_until_ms: 0 });
  });

  it("goes on where a run was cut off, and ends with the same", async () => {
    await keepMeaning(ports());
    const whole = await alikeTo("heron-print");
    await clearMeaning(env.DB);
    await env.DB.prepare("DELETE FROM product_pairs WHERE kind = 'alike'").run();
    for (let run = 0; run < 20; run += 1) {
      let calls = 0;
      const broken = ports({
        pace: { products: 3, steps: 2 },
        pairs: {
          ...createAlikePairs(env.DB),
          replace: async (found) => {
            calls += 1;
            if (run % 2 === 0 && calls === 1) throw new Error("cut off");
            await createAlikePairs(env.DB).replace(found);
          },
        },
      });
      await keepMeaning(broken).catch(() => undefined);
    }
    expect(await stateNow()).toMatchObject({ version: 1, stage: "following" });
    expect(await alikeTo("heron-print")).toEqual(whole);
  });

  it("follows a new product both ways, without training anew", async () => {
    await keepMeaning(ports());
    await shop.save(good("robin", "Print", "paper wall bird"));
    await keepMeaning(ports());
    expect((await alikeTo("robin-print")).slice(0, 4).every((other) => other.endsWith("-print"))).toBe(true);
    expect(await alikeTo("heron-print")).toContain("robin-print");
    expect(await stateNow()).toMatchObject({ version: 1, changed: 1 });
  });

  it("moves a product whose words changed", async () => {
    await keepMeaning(ports());
    await shop.save({ ...good("lark", "Towel", "linen kitchen"), handle: "lark-print" });
    await keepMeaning(ports());
    expect((await alikeTo("lark-print"))[0]).toMatch(/-towel$/);
  });

  it("forgets a product that is withdrawn", async () => {
    await keepMeaning(ports());
    await shop.save({ ...(PRINTS[0] ?? good("heron", "Print", "paper")), status: "draft" });
    await keepMeaning(ports());
    expect(await alikeTo("heron-print")).toEqual([]);
    const kept = await env.DB.prepare("SELECT count(*) AS count FROM semantic_vectors").first<{
      count: number;
    }>();
    expect(kept?.count).toBe(PRINTS.length + TOWELS.length - 1);
  });

  it("compares nothing when only the stock changed", async () => {
    await keepMeaning(ports());
    await applyStockFacts(env.DB, [stockFact("HERON-PRINT", 40)]);
    let compared = 0;
    const index = createLocalIndex(env.DB);
    await keepMeaning(
      ports({
        index: {
          ...index,
          neighbours: async (products) => {
            compared += products.length;
            return index.neighbours(products);
          },
        },
      }),
    );
    expect(compared).toBe(0);
    expect(await stateNow()).toMatchObject({ changed: 0 });
  });

  it("trains anew when the shop has become another one, not before its time", async () => {
    await keepMeaning(ports());
    const lamps = ["arc", "globe", "cone", "disc", "fan", "oval", "halo", "stem", "tube", "bell", "dome"];
    for (const name of lamps) await shop.save(good(name, "Lamp", "brass light"));
    await keepMeaning(ports());
    expect(await stateNow()).toMatchObject({ version: 1 });
    nowMs += MIN_PAUSE_OF_NEW_SHOP_MS;
    await keepMeaning(ports());
    await keepMeaning(ports());
    expect(await stateNow()).toMatchObject({ version: 2, stage: "following", trained: 21 });
    expect((await alikeTo("arc-lamp")).slice(0, 5).every((other) => other.endsWith("-lamp"))).toBe(true);
    await keepMeaning(ports());
    expect(await stateNow()).toMatchObject({ version: 2 });
  });

  it("lets one run work at a time, and one that died hold nobody up for long", async () => {
    const held = await ports().store.claim(nowMs, nowMs + 4 * MAX_RUN_MS);
    expect(held?.version).toBe(0);
    await keepMeaning(ports());
    expect((await stateNow()).version).toBe(0);
    nowMs += 4 * MAX_RUN_MS;
    await keepMeaning(ports());
    expect((await stateNow()).version).toBe(1);
  });

  it("waits for a first product", async () => {
    await clearCatalog(env.DB);
    await keepMeaning(ports());
    expect((await stateNow()).version).toBe(0);
  });
});
