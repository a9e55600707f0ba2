import { env } from "cloudflare:workers";
import { beforeEach, describe, expect, it } from "vitest";
import type { HomeBlock } from "../contract.ts";
import { createContentReader, createContentStore } from "./content-store.ts";

const store = createContentStore(env.DB, {
  sanitise: (html) => html.replaceAll(/<script.*?<\/script>/gs, ""),
  nowMs: () => 1_790_000_000_000,
});
const page = (title = "Care") => ({
  handle: "care",
  title,
  description: "",
  bodyHtml: "<h2>Paper</h2><script>alert(1)</script><p>Dry.</p>",
});
const hero: HomeBlock = {
  kind: "hero",
  title: "Patterns",
  text: "",
  href: "",
  label: "",
  collection: "",
  pictureUrl: "",
  pictureAlt: "",
};

beforeEach(async () => {
  await env.DB.prepare("DELETE FROM content_documents").run();
});

describe("a page of text", () => {
  it("is cleaned and its sections are named when it is saved", async () => {
    expect(await store.savePage(page(), 0)).toEqual({ ok: true, value: true });
    expect(await createContentReader(env.DB).page("care")).toEqual({
      handle: "care",
      title: "Care",
      description: "",
      bodyHtml: '<h2 id="paper">Paper</h2><p>Dry.</p>',
      sections: [{ id: "paper", title: "Paper" }],
      updatedAtMs: 1_790_000_000_000,
      version: 1,
    });
    expect((await store.pages()).map(({ handle }) => handle)).toEqual(["care"]);
  });

  it("is saved over the version that was read, and over no other", async () => {
    await store.savePage(page(), 0);
    const conflict = { ok: false, refusal: { code: "version_conflict" } };
    expect(await store.savePage(page("Again"), 0)).toEqual(conflict);
    expect(await store.savePage(page("Second"), 1)).toMatchObject({ ok: true });
    expect(await store.savePage(page("Late"), 1)).toEqual(conflict);
    expect(await store.savePage({ ...page(), handle: "other" }, 3)).toEqual(conflict);
    expect(await store.page("care")).toMatchObject({ title: "Second", version: 2 });
  });
});

it("the home page is what staff have written, or nothing", async () => {
  expect(await store.home()).toBeUndefined();
  expect(await store.saveHome([hero], 0)).toMatchObject({ ok: true });
  expect(await store.home()).toEqual({ blocks: [hero], version: 1 });
  expect(await store.pages()).toEqual([]);
  expect(await store.saveHome([], 1)).toMatchObject({ refusal: { code: "invalid_content" } });
});
