import { env } from "cloudflare:workers";
import { beforeEach, describe, expect, it } from "vitest";
import { createCatalogStaffReader } from "../adapters/staff-query.ts";
import { MAX_BULK_BODY_BYTES, MAX_BULK_PRODUCTS } from "../domain/limits.ts";
import { catalogFixture, clearCatalog, must } from "../testing/catalog-fixture.ts";
import { sampleProduct } from "../testing/samples.ts";
import { createCatalogAdminApi } from "./admin-routes.ts";

const { writer, reader } = catalogFixture(env.DB);
const admin = createCatalogAdminApi({
  reader: () => createCatalogStaffReader(env.DB),
  writer: () => writer,
  bucket: () => env.MEDIA,
});

const post = async (body: string | Uint8Array<ArrayBuffer>, type = "application/x-ndjson") =>
  admin.request("/products/bulk", { method: "POST", headers: { "content-type": type }, body });
const ndjson = (...lines: readonly unknown[]) => lines.map((line) => JSON.stringify(line)).join("\n");

beforeEach(() => clearCatalog(env.DB));

describe("saving products in bulk", () => {
  it("answers each line, and a wrong one keeps no other from being saved", async () => {
    const wrong = { ...sampleProduct("wrong"), surprise: 1 };
    const body = `${ndjson(sampleProduct("first"), wrong)}\n\n{"handle":\n${ndjson(sampleProduct("empty", { title: " " }), sampleProduct("last"))}\n`;
    const answer = await post(body);
    expect(answer.status).toBe(200);
    const told = await answer.json<{
      items: { line: number; outcome: string; handle?: string; problem?: { type: string } }[];
    }>();
    expect(told).toMatchObject({ created: 2, changed: 0, same: 0, refused: 3 });
    expect(told.items.map(({ line, outcome, handle }) => [line, outcome, handle])).toEqual([
      [1, "created", "first"],
      [2, "refused", "wrong"],
      [4, "refused", undefined],
      [5, "refused", "empty"],
      [6, "created", "last"],
    ]);
    expect(told.items[3]?.problem?.type).toBe("/problems/catalog/invalid-product");
    must(await reader.product("last"));
    expect(await (await post(ndjson(sampleProduct("first"), sampleProduct("last")))).json()).toMatchObject({
      same: 2,
      created: 0,
    });
  });

  it("refuses a body of another kind, of nothing, of too many or of too much", async () => {
    const one = ndjson(sampleProduct("one"));
    expect((await post(one, "application/json")).status).toBe(415);
    expect((await post("\n\n")).status).toBe(422);
    expect((await post(new Uint8Array([0xff, 0xfe]))).status).toBe(400);
    const many = Array.from({ length: MAX_BULK_PRODUCTS + 1 }, () => sampleProduct("one"));
    expect((await post(ndjson(...many))).status).toBe(422);
    expect((await post("x".repeat(MAX_BULK_BODY_BYTES + 1))).status).toBe(413);
    expect((await reader.product("one")).ok).toBe(false);
  });
});
