import {
  abortAllDurableObjects,
  evictDurableObject,
  runDurableObjectAlarm,
  runInDurableObject,
} from "cloudflare:test";
import { env } from "cloudflare:workers";
import { afterEach, beforeAll, describe, expect, test } from "vitest";
import type { ExportFormat, ExportJob } from "#channels";
import { epochMs, mintId } from "#kernel";
import { armFailpoint, clearFailpoints, type CallContext } from "#platform";
import { catalogFixture, clearCatalog, must, stockFact } from "../../src/catalog/testing/catalog-fixture.ts";
import { sampleCollection, sampleProduct, sampleVariant } from "../../src/catalog/testing/samples.ts";
import { applyStockFacts } from "../../src/catalog/adapters/stock-projection.ts";
import { findFeed } from "../../src/channels/adapters/feed-table.ts";
import { isKnownExport, listExports } from "../../src/channels/adapters/export-list.ts";
import { brokenFeedRules, feedItems } from "../../test/support/merchant-feed-rules.ts";
import type { ExportShell } from "./export-object.ts";

const call: CallContext = {
  traceparent: "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01",
  actor: "test",
};
const { writer, save } = catalogFixture(env.DB);
const ORIGIN = "https://shop.example";
/** A piece for each page of products: several pieces of a small catalogue. */
const TINY = 1;

type Stub = ReturnType<typeof env.EXPORTS.getByName>;
const startAs = async (
  jobId: string,
  command: { format: ExportFormat; prefix?: string; isFeed?: boolean },
) => {
  const stub = env.EXPORTS.getByName(jobId);
  const { prefix = "", isFeed = false, format } = command;
  const seen = { sequence: 1, priceVersion: 0 };
  await stub.start({ jobId, format, prefix, isFeed, origin: ORIGIN, seen }, call);
  await makeTiny(stub);
  return stub;
};
/** The helper types the instance as the binding's class, which hides the shell's own members. */
const makeTiny = (stub: Stub) =>
  runInDurableObject(stub, (object) => {
    (object as unknown as ExportShell<unknown>).chunkBytes = TINY;
  });
const start = (format: ExportFormat) => startAs(mintId("exp", epochMs(Date.now())), { format });
const jobOf = async (stub: Stub): Promise<ExportJob> => must(await stub.view());

/** Lets the alarm run until the job has ended. */
async function finish(stub: Stub): Promise<ExportJob> {
  for (let turn = 0; turn < 50; turn += 1) {
    const job = await jobOf(stub);
    if (!["queued", "running"].includes(job.state)) return job;
    await runDurableObjectAlarm(stub);
  }
  throw new Error("the export never ended");
}

async function textOf(folder: string, bucket: R2Bucket = env.FILES): Promise<string> {
  const { objects } = await bucket.list({ prefix: folder });
  const texts = await Promise.all(objects.map(async ({ key }) => (await bucket.get(key))?.text() ?? ""));
  return texts.join("");
}
const fileOf = (job: ExportJob): Promise<string> => textOf(`exports/${job.jobId}/`);

const MANY = 600;

beforeAll(async () => {
  await clearCatalog(env.DB);
  must(await writer.saveCollection(sampleCollection("tops")));
  await save(
    sampleProduct("shirt", {
      title: 'Shirt\twith "marks"',
      descriptionHtml: "<p>Linen &amp; cotton, <b>washed</b>.</p>",
      options: ["Size", "Colour"],
      variants: [
        sampleVariant("SH-S", {
          optionValues: ["S", "Sea blue"],
          priceMinor: 2000,
          compareAtMinor: 2500,
          barcode: "4006381333931",
          pictureIndex: 1,
        }),
        sampleVariant("SH-M", {
          optionValues: ["M", "Sea blue"],
          priceMinor: 2100,
          barcode: "4006381333932",
        }),
      ],
      pictures: [
        { url: "/media/a.svg", alt: "A", width: 10, height: 20 },
        { url: "https://pictures.example/b,c.jpg", alt: "", width: 30, height: 40 },
      ],
      collections: ["tops"],
    }),
  );
  await save(sampleProduct("hidden", { status: "draft" }));
  await save(sampleProduct("bare", { vendor: "" }));
  for (let from = 0; from < MANY; from += 50)
    await writer.saveProducts(
      Array.from({ length: 50 }, (_, index) =>
        sampleProduct(`many-${from + index}`, {
          pictures: [{ url: "/media/a.svg", alt: "", width: 1, height: 1 }],
        }),
      ),
    );
  await applyStockFacts(env.DB, [
    stockFact("SH-S", 3),
    stockFact("SH-M", 0, { policy: { kind: "backorder", limit: 5, expectedAt: "2027-01-02" } }),
  ]);
});
afterEach(clearFailpoints);

describe("an export", () => {
  test("writes the whole catalogue in pieces, and saving what it wrote changes nothing", async () => {
    const job = await finish(await start("jsonl"));
    expect(job).toMatchObject({ state: "finished", products: MANY + 3, chunks: 2 });
    const inputs = (await fileOf(job))
      .trimEnd()
      .split("\n")
      .map((line) => JSON.parse(line) as Parameters<typeof save>[0]);
    expect(inputs).toHaveLength(MANY + 3);
    const outcomes = new Set<string>();
    for (let at = 0; at < inputs.length; at += 100)
      for (const saved of await writer.saveProducts(inputs.slice(at, at + 100)))
        outcomes.add(must(saved).outcome);
    expect([...outcomes]).toEqual(["same"]);
  });

  test("as Shopify writes it begins with the header, once", async () => {
    const lines = (await fileOf(await finish(await start("shopify-csv")))).trimEnd().split("\r\n");
    expect(lines.filter((line) => line.startsWith("Handle,"))).toHaveLength(1);
    expect(lines).toHaveLength(MANY + 5);
  });

  test.each(["export.after-piece", "export.after-publish"])(
    "that crashes at %s goes on by itself, with the same file",
    async (name) => {
      const whole = await finish(await start("jsonl"));
      const stub = await start("jsonl");
      const { jobId } = await jobOf(stub);
      let crashes = 0;
      armFailpoint(name, () => {
        crashes += 1;
        if (crashes === 1) throw new Error("the machine is gone");
      });
      await runDurableObjectAlarm(stub).catch(() => undefined);
      await abortAllDurableObjects();
      const again = env.EXPORTS.getByName(jobId);
      await makeTiny(again);
      const job = await finish(again);
      expect([crashes > 0, job.state, job.digest, job.chunks]).toEqual([
        true,
        "finished",
        whole.digest,
        whole.chunks,
      ]);
      expect(await fileOf(job)).toBe(await fileOf(whole));
    },
  );

  test("that is evicted between two pieces forgets nothing", async () => {
    const stub = await start("jsonl");
    await evictDurableObject(stub);
    expect(await finish(stub)).toMatchObject({ state: "finished", products: MANY + 3 });
  });

  test("that is cancelled removes what it has written, and cannot be cancelled twice over", async () => {
    const stub = await start("jsonl");
    expect(must(await stub.cancel(call)).state).toBe("cancelled");
    expect(must(await stub.cancel(call)).state).toBe("cancelled");
    expect(await stub.resume(call)).toMatchObject({ ok: false, refusal: { code: "export_settled" } });
    const done = await finish(await start("jsonl"));
    expect(await env.EXPORTS.getByName(done.jobId).cancel(call)).toMatchObject({ ok: false });
  });

  test("is in the list, newest state last, and its file goes after a week", async () => {
    const stub = await start("shopify-csv");
    const job = await finish(stub);
    await runDurableObjectAlarm(stub);
    expect(await isKnownExport(env.DB, job.jobId)).toBe(true);
    const page = must(await listExports(env.DB, { limit: 1 }));
    expect(page.items[0]).toMatchObject({ exportId: job.jobId, state: "finished", products: MANY + 3 });
    await runInDurableObject(stub, (object) => {
      const at = epochMs((job.expiresAtMs ?? 0) + 1);
      // As above: the binding's type hides the shell.
      (object as unknown as ExportShell<unknown>).clock = { now: () => at };
    });
    await runDurableObjectAlarm(stub);
    expect([(await jobOf(stub)).isExpired, await fileOf(job)]).toEqual([true, ""]);
  });
});

describe("a shopping feed", () => {
  const build = async () => finish(await startAs("feed:", { format: "google", isFeed: true }));

  test("keeps the published rules, and says of each variant what its page says", async () => {
    const job = await build();
    expect(job).toMatchObject({ state: "finished", isFeed: true });
    const feed = await findFeed(env.DB, "");
    const text = await textOf(`feeds/default/${feed?.generation ?? 0}/`, env.MEDIA);
    expect(brokenFeedRules(text)).toEqual([]);
    const [small, medium] = feedItems(text);
    expect(small).toMatchObject({
      title: 'Shirt with "marks", S, Sea blue',
      description: "Linen & cotton, washed .",
      link: `${ORIGIN}/products/shirt?size=s&colour=sea-blue`,
      image_link: "https://pictures.example/b,c.jpg",
      additional_image_link: `${ORIGIN}/media/a.svg`,
      availability: "in_stock",
      price: "25.00 EUR",
      sale_price: "20.00 EUR",
      gtin: "4006381333931",
      mpn: "",
      item_group_id: "shirt",
      size: "S",
      color: "Sea blue",
    });
    // A bar code with a wrong check digit is none.
    expect(medium).toMatchObject({
      availability: "backorder",
      availability_date: "2027-01-02T00:00Z",
      gtin: "",
      mpn: "SH-M",
      price: "21.00 EUR",
      sale_price: "",
    });
    // Neither drafts nor products without a picture.
    expect(feedItems(text)).toHaveLength(MANY + 2);
  });

  test("keeps its address's content while nothing changes, takes the new one whole, and clears away older ones", async () => {
    const before = await findFeed(env.DB, "");
    await build();
    expect(await findFeed(env.DB, "")).toMatchObject({
      generation: before?.generation,
      digest: before?.digest,
    });
    await save(sampleProduct("late", { pictures: [{ url: "/media/a.svg", alt: "", width: 1, height: 1 }] }));
    await build();
    const after = await findFeed(env.DB, "");
    expect(after?.digest).not.toBe(before?.digest);
    expect(feedItems(await textOf(`feeds/default/${after?.generation ?? 0}/`, env.MEDIA))).toHaveLength(
      MANY + 3,
    );
    await save(sampleProduct("later", { pictures: [{ url: "/media/a.svg", alt: "", width: 1, height: 1 }] }));
    await build();
    const { objects } = await env.MEDIA.list({ prefix: "feeds/default/" });
    const generations = new Set(objects.map(({ key }) => key.split("/")[2]));
    expect(generations).toEqual(
      new Set([String(after?.generation), String((await findFeed(env.DB, ""))?.generation)]),
    );
  });

  test("of a market that is gone fails, and leaves nothing at an address", async () => {
    const job = await finish(
      await startAs("feed:xx-yy", { format: "google", prefix: "xx-yy", isFeed: true }),
    );
    expect([job.state, await findFeed(env.DB, "xx-yy")]).toEqual(["failed", undefined]);
  });
});
