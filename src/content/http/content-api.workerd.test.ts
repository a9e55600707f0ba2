import { env } from "cloudflare:workers";
import { beforeEach, expect, it } from "vitest";
import { createContentStore } from "../adapters/content-store.ts";
import { createContentAdminApi } from "./admin-routes.ts";

const app = createContentAdminApi({
  store: () => createContentStore(env.DB, { sanitise: (html) => html, nowMs: () => 1 }),
});
const PAGE = { title: "Care", description: "", bodyHtml: "<p>Dry.</p>" };
const put = (path: string, body: unknown, headers: Record<string, string> = {}) =>
  app.request(path, {
    method: "PUT",
    body: JSON.stringify(body),
    headers: { "content-type": "application/json", ...headers },
  });
const read = async (path: string) => {
  const answer = await app.request(path);
  return { status: answer.status, etag: answer.headers.get("etag"), body: await answer.json() };
};

beforeEach(async () => {
  await env.DB.prepare("DELETE FROM content_documents").run();
});

it("keeps a page of each language apart, with versions of their own", async () => {
  expect((await put("/content/pages/care", PAGE)).status).toBe(200);
  expect((await put("/content/pages/care?locale=de", { ...PAGE, title: "Pflege" })).status).toBe(200);
  expect(await read("/content/pages/care")).toMatchObject({
    status: 200,
    etag: '"v1"',
    body: { handle: "care", title: "Care", version: 1, languages: ["de"] },
  });
  expect((await read("/content/pages/care?locale=de")).body).toMatchObject({ title: "Pflege", version: 1 });
  // No fallback for staff: what they edit is what is there.
  expect((await read("/content/pages/care?locale=fr")).status).toBe(404);
});

it("replaces what stands, and refuses a version that was overtaken", async () => {
  await put("/content/pages/care", PAGE);
  expect(await (await put("/content/pages/care", { ...PAGE, title: "Again" })).json()).toEqual({
    version: 2,
  });
  const late = await put("/content/pages/care", PAGE, { "if-match": '"v1"' });
  expect([late.status, (await late.json<{ type: string }>()).type]).toEqual([
    412,
    "/problems/content/version-conflict",
  ]);
});

it("names the field that is wrong, the language among them", async () => {
  const pointers = async (path: string, body: unknown) => {
    const answer = await put(path, body);
    const { errors } = await answer.json<{ errors: { pointer: string }[] }>();
    return [answer.status, ...errors.map(({ pointer }) => pointer)];
  };
  expect(await pointers("/content/pages/care?locale=German", PAGE)).toEqual([422, "/query/locale"]);
  expect(await pointers("/content/pages/No%20way", { ...PAGE, title: "" })).toEqual([
    422,
    "/handle",
    "/title",
  ]);
  const hero = {
    kind: "hero",
    title: "A",
    text: "",
    href: "",
    label: "",
    collection: "",
    pictureUrl: "",
    pictureAlt: "",
  };
  const wrong = { ...hero, kind: "text", href: "javascript:x", label: "x" };
  expect(await pointers("/content/home", { blocks: [hero, wrong] })).toEqual([422, "/blocks/1/href"]);
});
