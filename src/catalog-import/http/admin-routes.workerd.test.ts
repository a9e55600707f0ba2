import { runDurableObjectAlarm } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { Hono } from "hono";
import { beforeEach, describe, expect, test } from "vitest";
import type { ImportRpc } from "#catalog-import";
import { epochMs, mintId } from "#kernel";
import { newTraceparent, objectNamespace } from "#platform";
import type { WebEnv } from "#web";
import { savedProducts } from "../../../test/support/test-import-object.ts";
import { createImportDesk } from "../adapters/import-desk.ts";
import { MAX_FILE_BYTES } from "../domain/limits.ts";
import { createImportAdminApi } from "./admin-routes.ts";

const app = new Hono<WebEnv>();
app.use(async (c, next) => {
  c.set("requestId", "req_test");
  c.set("traceparent", newTraceparent());
  await next();
});
app.route(
  "/admin/api",
  createImportAdminApi({
    desk: () =>
      createImportDesk({
        db: env.DB,
        files: env.FILES,
        imports: objectNamespace<ImportRpc>(env.IMPORTS),
        shopCurrency: "EUR",
      }),
  }),
);

const FILE = 'Handle,Title,Variant Price\nmug,"Mug, blue",12.50\ncap,Cap,=cmd()\n';
const post = (body: BodyInit, headers: Record<string, string> = {}, query = "") =>
  app.request(`/admin/api/imports${query}`, {
    method: "POST",
    body,
    headers: typeof body === "string" ? { "content-type": "text/csv", ...headers } : headers,
  });
const get = (path: string) => app.request(`/admin/api/imports${path}`);

type View = { readonly id: string; readonly state: string; readonly fileName: string };
async function finished(answer: Response): Promise<string> {
  expect(answer.status).toBe(202);
  const { id } = await answer.json<View>();
  expect(answer.headers.get("location")).toBe(`/admin/api/imports/${id}`);
  for (let turn = 0; turn < 20; turn += 1) {
    const { state } = await (await get(`/${id}`)).json<View>();
    if (state === "finished" || state === "rejected") return id;
    await runDurableObjectAlarm(env.IMPORTS.getByName(id));
  }
  throw new Error("the import never ended");
}

beforeEach(() => savedProducts.clear());

describe("an upload", () => {
  test("as a body starts an import that can be followed to its report", async () => {
    const id = await finished(await post(FILE, {}, "?fileName=shop.csv"));
    expect(await (await get(`/${id}`)).json()).toMatchObject({
      state: "finished",
      fileName: "shop.csv",
      policy: "reject-failed-rows",
      currency: "EUR",
      rows: { total: 2, accepted: 1, rejected: 1 },
      products: { total: 2, created: 1, rejected: 1 },
    });
    expect(await (await get(`/${id}/report`)).json()).toMatchObject({
      items: [{ line: 3, column: "Variant Price", value: "=cmd()", severity: "rejected" }],
    });
  });

  test("as a form takes its choices from the fields", async () => {
    const form = new FormData();
    form.set("file", new File([FILE], "from-a-form.csv", { type: "application/vnd.ms-excel" }));
    form.set("policy", "reject-all");
    form.set("currency", "");
    const id = await finished(await post(form));
    expect(await (await get(`/${id}`)).json()).toMatchObject({
      state: "rejected",
      fileName: "from-a-form.csv",
    });
    expect(savedProducts.size).toBe(0);
  });

  test("with the same Idempotency-Key is the same import; with another file the key is refused", async () => {
    const key = { "idempotency-key": crypto.randomUUID() };
    const first = await (await post(FILE, key)).json<View>();
    expect((await (await post(FILE, key)).json<View>()).id).toBe(first.id);
    const other = await post(`${FILE}\n`, key);
    expect([other.status, other.headers.get("content-type")]).toEqual([422, "application/problem+json"]);
    expect((await post(FILE, key, "?policy=reject-all")).status).toBe(422);
    expect((await (await post(FILE)).json<View>()).id).not.toBe(first.id);
  });

  test.each([
    ["an unknown policy", FILE, {}, "?policy=some", 422],
    ["a word for a currency", FILE, {}, "?currency=euro", 422],
    ["a currency that the shop does not sell in", FILE, {}, "?currency=USD", 422],
    ["an empty body", "", {}, "", 422],
    ["a JSON body", "{}", { "content-type": "application/json" }, "", 415],
    ["a form that is none", "x", { "content-type": "multipart/form-data; boundary=x" }, "", 400],
    ["a body that is too large", "x".repeat(MAX_FILE_BYTES + 1), {}, "", 413],
    ["a malformed key", FILE, { "idempotency-key": " " }, "", 400],
  ])("with %s is a problem and starts nothing", async (_what, body, headers, query, status) => {
    const before = await env.DB.prepare("SELECT count(*) AS n FROM imports").first("n");
    const answer = await post(body, headers, query);
    expect([answer.status, answer.headers.get("content-type")]).toEqual([status, "application/problem+json"]);
    expect(await env.DB.prepare("SELECT count(*) AS n FROM imports").first("n")).toBe(before);
  });

  test("of a form without a file says so", async () => {
    const form = new FormData();
    form.set("policy", "reject-all");
    expect((await post(form)).status).toBe(422);
  });
});

describe("imports", () => {
  test("are listed newest first, page by page", async () => {
    const ids = [await finished(await post(FILE)), await finished(await post(FILE))];
    const seen: string[] = [];
    let query = "?limit=1";
    for (let page = 0; page < 50 && query !== ""; page += 1) {
      const body = await (await get(query)).json<{ items: View[]; nextCursor?: string }>();
      seen.push(...body.items.map((item) => item.id));
      query = body.nextCursor === undefined ? "" : `?limit=1&cursor=${body.nextCursor}`;
    }
    expect(seen.slice(0, 2)).toEqual([...ids].reverse());
    expect(new Set(seen).size).toBe(seen.length);
    expect((await get("?cursor=nonsense")).status).toBe(422);
    expect((await get("?limit=0")).status).toBe(422);
    expect((await get("?limit=x")).status).toBe(422);
  });

  test("that were never started are unknown, and asking creates none", async () => {
    const id = mintId("imp", epochMs(Date.now()));
    for (const path of [
      `/${id}`,
      `/${id}/report`,
      `/${id}/report.csv`,
      `/${id}/report/reasons`,
      `/${id}/refused.csv`,
      "/imp_x",
      "/%F0%9F%92%A5",
    ]) {
      const answer = await get(path);
      expect([path, answer.status]).toEqual([path, 404]);
    }
    expect((await app.request(`/admin/api/imports/${id}/cancel`, { method: "POST" })).status).toBe(404);
  });

  test("that have ended can be neither cancelled nor resumed", async () => {
    const id = await finished(await post(FILE));
    for (const action of ["cancel", "resume"]) {
      const answer = await app.request(`/admin/api/imports/${id}/${action}`, { method: "POST" });
      expect(answer.status).toBe(409);
      expect(await answer.json()).toMatchObject({
        type: "/problems/catalog-import/import-settled",
        state: "finished",
      });
    }
  });

  test("give their report as CSV that no spreadsheet runs", async () => {
    const id = await finished(await post(FILE));
    const answer = await get(`/${id}/report.csv`);
    expect(answer.headers.get("content-type")).toBe("text/csv; charset=utf-8");
    const text = await answer.text();
    expect(text.split("\r\n")[0]?.replace("\uFEFF", "")).toBe("line,column,value,reason,severity");
    expect(text).toContain(`"3","Variant Price","'=cmd()",`);
  });

  test("say by reason what they found, and give the refused rows back as a file that imports", async () => {
    const id = await finished(await post(FILE));
    const reasons = await (await get(`/${id}/report/reasons`)).json<{ items: unknown[] }>();
    expect(reasons.items).toMatchObject([
      { severity: "rejected", column: "Variant Price", count: 1, firstLine: 3 },
    ]);
    const answer = await get(`/${id}/refused.csv`);
    const text = await answer.text();
    const [head = "", row = "", rest] = text.replace("\uFEFF", "").split("\r\n");
    expect(head.endsWith(",Import problem")).toBe(true);
    expect([row.includes("=cmd()"), row.includes("Variant Price: "), rest]).toEqual([true, true, ""]);
    // Corrected, it imports: the column that says what to mend is taken for one without a home.
    const mended = await finished(await post(text.replace("=cmd()", "12.00")));
    expect(await (await get(`/${mended}`)).json()).toMatchObject({
      rows: { total: 1, created: 1, rejected: 0 },
    });
  });

  test("answer 304 to who has the newest version, and tell a cursor of another report apart", async () => {
    const id = await finished(await post(FILE));
    const etag = (await get(`/${id}`)).headers.get("etag") ?? "";
    const again = await app.request(`/admin/api/imports/${id}`, { headers: { "if-none-match": etag } });
    expect(again.status).toBe(304);
    expect((await get(`/${id}/report?cursor=abc`)).status).toBe(422);
  });
});
