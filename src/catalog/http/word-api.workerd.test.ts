import { env } from "cloudflare:workers";
import { beforeEach, expect, it } from "vitest";
import { sanitiseHtml } from "../adapters/html-sanitiser.ts";
import { createModelDesk } from "../adapters/model-desk.ts";
import { createModelAdminApi } from "./model-routes.ts";

const app = createModelAdminApi({ desk: () => createModelDesk(env.DB, { sanitise: sanitiseHtml }) });
const put = (path: string, body: unknown, headers: Record<string, string> = {}) =>
  app.request(path, {
    method: "PUT",
    body: JSON.stringify(body),
    headers: { "content-type": "application/json", ...headers },
  });

beforeEach(async () => {
  await env.DB.batch([
    env.DB.prepare("DELETE FROM document_versions WHERE name LIKE 'words:%'"),
    env.DB.prepare("DELETE FROM shared_words WHERE true"),
  ]);
});

it("keeps the words of a language as one list with a version", async () => {
  const words = [
    { word: "Oak", text: "Eiche" },
    { word: "Ash", text: "" },
  ];
  const saved = await put("/words/de", { words });
  expect([saved.status, saved.headers.get("etag")]).toEqual([200, '"v1"']);
  const read = await app.request("/words/de");
  expect(await read.json()).toMatchObject({ locale: "de", words: [words[0]], version: 1, locales: ["de"] });
  expect((await put("/words/de", { words: [] }, { "if-match": '"v0"' })).status).toBe(412);
});

it.each([
  ["/words/german", { words: [] }],
  ["/words/de", { words: [{ word: "Oak", text: "Eiche", surprise: "?" }] }],
  ["/words/de", { words: { Oak: "Eiche" } }],
  ["/words/de", { words: [{ word: "Oak", text: "x".repeat(200) }] }],
])("refuses at %s what is not such a list: %j", async (path, body) => {
  expect((await put(path, body)).status).toBe(422);
});

it("knows no language that is none", async () => {
  for (const path of ["/words/__proto__", "/words/1e400", "/words/unknown"])
    expect((await app.request(path)).status).toBe(422);
});
