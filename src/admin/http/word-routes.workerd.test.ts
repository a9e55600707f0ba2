import { env } from "cloudflare:workers";
import { beforeEach, expect, it } from "vitest";
import { sanitiseHtml } from "../../catalog/adapters/html-sanitiser.ts";
import { createModelDesk } from "../../catalog/adapters/model-desk.ts";
import type { AdminPorts } from "../app/ports.ts";
import { createWordPages } from "./word-routes.tsx";

const model = createModelDesk(env.DB, { sanitise: sanitiseHtml });
const app = createWordPages(() => ({ model }) as AdminPorts);
const post = (fields: Readonly<Record<string, string>>) =>
  app.request("/words?locale=de", { method: "POST", body: new URLSearchParams(fields) });
const page = async (path: string) => (await app.request(path)).text();
const ROW = { "word.0.own": "Oak", "word.0.text": "Eiche", "word.1.own": "Ash", "word.1.text": "" };

beforeEach(async () => {
  await env.DB.prepare("DELETE FROM document_versions WHERE name LIKE 'words:%'").run();
  await model.saveWords({ locale: "de", words: {} });
});

it("keeps the words of a language, and leaves out those without a translation", async () => {
  const saved = await post({ version: "1", ...ROW });
  expect([saved.status, saved.headers.get("location")]).toEqual([303, "/admin/words?locale=de&done=saved"]);
  expect((await model.words("de")).words).toEqual({ Oak: "Eiche" });
  expect(await page("/words?locale=de")).toContain('value="Eiche"');
  expect(await page("/words")).toContain("/admin/words?locale=de");
});

it("says what is wrong in its cell and keeps what was typed", async () => {
  const wrong = await post({ version: "1", ...ROW, "word.1.text": "x".repeat(200) });
  const html = await wrong.text();
  expect(wrong.status).toBe(422);
  expect(html).toContain('id="word.1.text-error"');
  expect(html).toContain('value="Eiche"');
});

it("shows both versions when somebody saved meanwhile", async () => {
  await model.saveWords({ locale: "de", words: { Oak: "Eichenholz" } });
  const overtaken = await post({ version: "1", ...ROW });
  expect(overtaken.status).toBe(409);
  expect(await overtaken.text()).toContain("Eichenholz");
});
