import {
  abortAllDurableObjects,
  evictDurableObject,
  runDurableObjectAlarm,
  runInDurableObject,
} from "cloudflare:test";
import { env } from "cloudflare:workers";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import type { Finding, ImportJob, ImportPolicy } from "#catalog-import";
import { epochMs, mintId } from "#kernel";
import { armFailpoint, clearFailpoints, type CallContext } from "#platform";
import { WRITTEN_AT_ONCE } from "../../src/catalog-import/domain/limits.ts";
import { refusedHandles, savedProducts } from "../../test/support/test-import-object.ts";

const call: CallContext = {
  traceparent: "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01",
  actor: "test",
};

const HEADER =
  "Handle,Title,Variant SKU,Variant Price,Variant Inventory Tracker,Variant Inventory Qty,Option1 Name,Option1 Value";
/** SKUs differ from test to test, because stock objects remember. */
const skus = { prefix: "" };
const goodFile = (): string =>
  [
    HEADER,
    `mug,Mug,${skus.prefix}-MUG,12.50,shopify,5,,`,
    `tee,Tee,${skus.prefix}-S,20,shopify,3,Size,S`,
    `tee,,${skus.prefix}-M,20,shopify,4,,M`,
  ].join("\n");
/** What a shop's own export or a list of new prices looks like. */
const pricesOnlyFile = (): string =>
  [
    "Handle,Title,Variant SKU,Variant Price",
    `mug,Mug,${skus.prefix}-MUG,11.50`,
    `pen,Pen,${skus.prefix}-NEW,3`,
  ].join("\n");
const mixedFile = (): string => `${goodFile()}\ncap,Cap,${skus.prefix}-CAP,much,shopify,9,,\n`;

async function start(text: string, policy: ImportPolicy = "reject-failed-rows") {
  const bytes = new TextEncoder().encode(text);
  const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", bytes));
  const fileHash = Array.from(digest, (byte) => byte.toString(16).padStart(2, "0")).join("");
  const importId = mintId("imp", epochMs(Date.now()));
  await env.FILES.put(`imports/${fileHash}.csv`, bytes);
  const stub = env.IMPORTS.getByName(importId);
  const command = {
    importId,
    fileKey: `imports/${fileHash}.csv`,
    fileName: "shop.csv",
    fileHash,
    fileBytes: bytes.length,
    policy,
    source: { kind: "shopify" } as const,
    currency: "EUR",
  };
  await stub.start(command, call);
  return stub;
}
type Stub = Awaited<ReturnType<typeof start>>;

const jobOf = async (stub: Stub): Promise<ImportJob> => {
  const view = await stub.view();
  if (!view.ok) throw new Error(view.refusal.code);
  return view.value;
};

/** Lets the alarm run until the job has ended. */
async function finish(stub: Stub): Promise<ImportJob> {
  for (let turn = 0; turn < 50; turn += 1) {
    const job = await jobOf(stub);
    if (!["queued", "validating", "applying"].includes(job.state)) return job;
    await runDurableObjectAlarm(stub);
  }
  throw new Error("the import never ended");
}

async function reportOf(stub: Stub): Promise<readonly Finding[]> {
  const page = await stub.report({ limit: 100 });
  if (!page.ok) throw new Error(page.refusal.code);
  return page.value.items;
}
const unitsOf = async (name: string): Promise<number> =>
  (await env.STOCK.getByName(`${skus.prefix}-${name}`).level()).onHand;
const movementsOf = async (name: string): Promise<string[]> =>
  (await env.STOCK.getByName(`${skus.prefix}-${name}`).journal({ limit: 100 })).map((entry) => entry.kind);

beforeEach(() => {
  skus.prefix = crypto.randomUUID().slice(0, 8);
  savedProducts.clear();
  refusedHandles.clear();
});
afterEach(clearFailpoints);

describe("an import", () => {
  test("creates the products and counts their stock", async () => {
    const stub = await start(goodFile());
    expect(await finish(stub)).toMatchObject({
      state: "finished",
      counts: {
        rows: { total: 3, accepted: 3, created: 3, changed: 0, same: 0, rejected: 0, waiting: 0, warned: 0 },
        products: { total: 2, created: 2, changed: 0, same: 0, rejected: 0, waiting: 0 },
        warnings: 0,
      },
      progress: { step: "write", done: 2, total: 2 },
    });
    expect([...savedProducts.keys()]).toEqual(["mug", "tee"]);
    expect([await unitsOf("MUG"), await unitsOf("S"), await unitsOf("M")]).toEqual([5, 3, 4]);
    expect(await movementsOf("MUG")).toEqual(["counted"]);
  });

  test("of the same file a second time changes nothing, not even stock that was sold since", async () => {
    await finish(await start(goodFile()));
    const before = [...savedProducts];
    await env.STOCK.getByName(`${skus.prefix}-MUG`).adjust(
      { adjustmentId: "sale", kind: "adjusted", quantity: -2, reason: "sold" },
      call,
    );
    const job = await finish(await start(goodFile()));
    expect(job.counts.products).toMatchObject({ created: 0, changed: 0, same: 2 });
    expect(job.counts.rows).toMatchObject({ total: 3, created: 0, changed: 0, same: 3, waiting: 0 });
    expect([...savedProducts]).toEqual(before);
    expect(await unitsOf("MUG")).toBe(3);
    expect(await movementsOf("MUG")).toEqual(["adjusted", "counted"]);
  });

  test("of the same file again leaves what staff have changed since, but counts what it did not count then", async () => {
    refusedHandles.add("tee");
    const first = await start(goodFile());
    await finish(first);
    // The list learns of the end by an alarm of its own.
    await runDurableObjectAlarm(first);
    await env.STOCK.getByName(`${skus.prefix}-MUG`).setPolicy({ kind: "untracked" }, call);
    refusedHandles.clear();
    expect((await finish(await start(goodFile()))).counts.products).toMatchObject({ created: 1, same: 1 });
    expect((await env.STOCK.getByName(`${skus.prefix}-MUG`).level()).policy).toEqual({ kind: "untracked" });
    expect(await unitsOf("S")).toBe(3);
  });

  test("of a file that says nothing of stock leaves known goods counted, and new ones uncounted", async () => {
    await finish(await start(goodFile()));
    await finish(await start(pricesOnlyFile()));
    const policyOf = async (name: string) =>
      (await env.STOCK.getByName(`${skus.prefix}-${name}`).level()).policy;
    expect([await policyOf("MUG"), await unitsOf("MUG")]).toEqual([{ kind: "deny" }, 5]);
    expect(await movementsOf("MUG")).toEqual(["counted"]);
    expect(await policyOf("NEW")).toEqual({ kind: "untracked" });
  });

  test("with reject-all writes nothing when one row is rejected, and says which", async () => {
    const stub = await start(mixedFile(), "reject-all");
    expect(await finish(stub)).toMatchObject({
      state: "rejected",
      counts: {
        rows: { total: 4, accepted: 3, created: 0, same: 0, rejected: 1, waiting: 3 },
        products: { total: 3, created: 0, rejected: 1, waiting: 2 },
      },
    });
    expect(savedProducts.size).toBe(0);
    expect(await movementsOf("MUG")).toEqual([]);
    expect(await reportOf(stub)).toMatchObject([
      { line: 5, column: "Variant Price", value: "much", severity: "rejected" },
    ]);
  });

  test("with reject-failed-rows leaves out the product of the rejected row only", async () => {
    const stub = await start(mixedFile());
    expect(await finish(stub)).toMatchObject({
      state: "finished",
      counts: { products: { total: 3, created: 2, rejected: 1, waiting: 0 } },
    });
    expect([...savedProducts.keys()]).toEqual(["mug", "tee"]);
    expect(await movementsOf("CAP")).toEqual([]);
  });

  test("counts a product that the catalogue refuses as rejected, with its reason", async () => {
    refusedHandles.add("tee");
    const stub = await start(goodFile());
    expect(await finish(stub)).toMatchObject({
      state: "finished",
      counts: {
        rows: { total: 3, accepted: 1, created: 1, rejected: 2, waiting: 0 },
        products: { total: 2, created: 1, rejected: 1, waiting: 0 },
      },
    });
    expect((await reportOf(stub)).map(({ line, reason }) => `${line} ${reason}`)).toEqual([
      "3 The handle tee is an old address of the product elsewhere; use that handle.",
      "4 Rejected together with line 3 of the same product.",
    ]);
    expect(await movementsOf("S")).toEqual([]);
  });

  test("of an unreadable file is rejected whole with the line, whatever the policy", async () => {
    const stub = await start(`${goodFile()}\ncap,"Cap,1,2\n`);
    expect(await finish(stub)).toMatchObject({
      state: "rejected",
      problem: expect.stringMatching(/^Line 5: /),
    });
    expect(savedProducts.size).toBe(0);
  });

  test("counts a repeated SKU once, by its first line", async () => {
    const stub = await start(
      [HEADER, `mug,Mug,${skus.prefix}-X,1,shopify,5,,`, `cup,Cup,${skus.prefix}-X,1,shopify,9,,`].join("\n"),
    );
    expect((await finish(stub)).counts).toMatchObject({ products: { created: 2 }, warnings: 1 });
    expect(await unitsOf("X")).toBe(5);
    expect(await reportOf(stub)).toMatchObject([{ line: 3, column: "Variant SKU", severity: "warning" }]);
  });

  test("shows its progress in the list of imports", async () => {
    const stub = await start(mixedFile());
    const { importId } = await finish(stub);
    await runDurableObjectAlarm(stub);
    const row = await env.DB.prepare(
      "SELECT status, row_count, error_count, product_count, created_count, refused_count FROM imports WHERE id = ?",
    )
      .bind(importId)
      .first();
    expect(row).toEqual({
      status: "finished",
      row_count: 4,
      error_count: 1,
      product_count: 3,
      created_count: 2,
      refused_count: 1,
    });
  });
});

describe("an import that is disturbed", () => {
  test.each(["import.after-read", "import.after-save", "import.before-stock"])(
    "by a crash at %s goes on by itself and doubles nothing",
    async (name) => {
      const stub = await start(goodFile());
      let hits = 0;
      armFailpoint(name, () => {
        hits += 1;
        if (hits === 1) throw new Error("crashed here");
      });
      const id = (await jobOf(stub)).importId;
      await runDurableObjectAlarm(stub);
      await abortAllDurableObjects();
      const again = env.IMPORTS.getByName(id);
      await runInDurableObject(again, (instance) => {
        const later = epochMs(Date.now() + 600_000);
        instance.clock = { now: () => later };
      });
      const job = await finish(again);
      expect(hits).toBeGreaterThan(1);
      expect(job).toMatchObject({
        state: "finished",
        counts: { rows: { total: 3, accepted: 3 }, products: { total: 2, waiting: 0, rejected: 0 } },
      });
      expect(savedProducts.size).toBe(2);
      expect([await unitsOf("MUG"), await unitsOf("S"), await unitsOf("M")]).toEqual([5, 3, 4]);
      expect(await movementsOf("MUG")).toEqual(["counted"]);
    },
  );

  test("by eviction between two steps forgets nothing", async () => {
    const stub = await start(goodFile());
    await evictDurableObject(stub);
    expect((await finish(stub)).state).toBe("finished");
  });

  test("by trouble that lasts fails after some tries, and goes on when it is resumed", async () => {
    const stub = await start(goodFile());
    armFailpoint("import.after-save", () => {
      throw new Error("the catalogue is away");
    });
    let at = Date.now();
    for (let turn = 0; turn < 12; turn += 1) {
      at += 600_000;
      await runInDurableObject(stub, (instance) => {
        const now = epochMs(at);
        instance.clock = { now: () => now };
      });
      await runDurableObjectAlarm(stub);
    }
    expect(await jobOf(stub)).toMatchObject({ state: "failed", counts: { products: { waiting: 2 } } });
    clearFailpoints();
    expect(await stub.resume(call)).toMatchObject({ ok: true, value: { state: "queued" } });
    expect(await finish(stub)).toMatchObject({
      state: "finished",
      counts: { products: { total: 2, waiting: 0 } },
    });
    expect(await unitsOf("MUG")).toBe(5);
  });

  test("by a cancel writes no more, keeps what was written, and cannot be cancelled once it has finished", async () => {
    const rows = Array.from(
      { length: WRITTEN_AT_ONCE + 1 },
      (_, index) => `mug-${index},Mug,${skus.prefix}-${index},1,,,,`,
    );
    const stub = await start([HEADER, ...rows].join("\n"));
    const { importId } = await jobOf(stub);
    // A stub of the object's own: one made by the test cannot be used inside an object.
    armFailpoint("import.before-stock", async () => {
      await env.IMPORTS.getByName(importId).cancel(call);
    });
    expect(await finish(stub)).toMatchObject({
      state: "cancelled",
      counts: { products: { total: WRITTEN_AT_ONCE + 1, created: WRITTEN_AT_ONCE, waiting: 1 } },
    });
    expect(savedProducts.has(`mug-${WRITTEN_AT_ONCE - 1}`)).toBe(true);
    expect(savedProducts.has(`mug-${WRITTEN_AT_ONCE}`)).toBe(false);
    clearFailpoints();
    const other = await start(goodFile());
    await finish(other);
    expect(await other.cancel(call)).toMatchObject({
      ok: false,
      refusal: { code: "import_settled", state: "finished" },
    });
  });

  test("by a repeated start stays the same job", async () => {
    const stub = await start(goodFile());
    const job = await finish(stub);
    const { importId, fileKey, fileName, fileHash, fileBytes, policy, source } = job;
    expect(
      await stub.start(
        { importId, fileKey, fileName, fileHash, fileBytes, policy, source, currency: "EUR" },
        call,
      ),
    ).toEqual(job);
  });
});
