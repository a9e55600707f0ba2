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

describe("a text in another language", () => {
  const reader = createContentReader(env.DB);

  it("is shown where it is read; elsewhere the closest one, at last the shop's own", async () => {
    await store.savePage(page("Care"), 0);
    await store.savePage(page("Pflege"), 0, { locale: "de" });
    const titleIn = async (locale?: string) => (await reader.page("care", locale))?.title;
    expect(await Promise.all(["de", "de-CH", "fr", undefined, "no locale"].map(titleIn))).toEqual([
      "Pflege",
      "Pflege",
      "Care",
      "Care",
      "Care",
    ]);
    expect(await store.page("care", { locale: "de-CH" })).toBeUndefined();
    expect(await store.languages("care")).toEqual(["de"]);
    expect(await store.languages()).toEqual([]);
  });

  it("gives the footer its title, and stands in the list once", async () => {
    await store.savePage(page("Care"), 0);
    await store.savePage(page("Pflege"), 0, { locale: "de" });
    await store.savePage({ ...page("Only German"), handle: "nur" }, 0, { locale: "de" });
    expect(await reader.pages("de-CH")).toEqual([{ handle: "care", title: "Pflege" }]);
    expect(await reader.pages()).toEqual([{ handle: "care", title: "Care" }]);
  });

  it("is the home page's, too", async () => {
    await store.saveHome([hero], 0);
    await store.saveHome([{ ...hero, title: "Muster" }], 0, { locale: "de" });
    expect((await reader.home("de"))?.blocks[0]?.title).toBe("Muster");
    expect((await reader.home("ar"))?.blocks[0]?.title).toBe("Patterns");
    expect(await store.languages()).toEqual(["de"]);
  });

  it("is saved under a language only", async () => {
    const wrong = { refusal: { code: "invalid_content", errors: [{ field: "locale" }] } };
    expect(await store.savePage(page(), 0, { locale: "German" })).toMatchObject(wrong);
    expect(await store.saveHome([hero], 0, { locale: "x@y" })).toMatchObject(wrong);
  });
});

it("the home page is what staff have written, or nothing", async () => {
  expect(await store.home()).toBeUndefined();
  expect(await store.saveHome([hero], 0)).toMatchObject({ ok: true });
  expect(await store.home()).toEqual({ blocks: [hero], version: 1 });
  expect(await store.pages()).toEqual([]);
  expect(await store.saveHome([], 1)).toMatchObject({ refusal: { code: "invalid_content" } });
});
