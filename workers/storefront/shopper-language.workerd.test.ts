import { env } from "cloudflare:workers";
import { beforeAll, describe, expect, it, vi } from "vitest";
import { createContentStore } from "../../src/content/adapters/content-store.ts";
import { fillCatalogue, HANDLE } from "../../test/support/every-route.ts";
import { publicShop, SHOP_ORIGIN } from "../../test/support/public-shop.ts";

// Private pages have one address: their language is the one that the shopper reads the shop in.

const shop = publicShop(() => Date.now());

beforeAll(async () => {
  await fillCatalogue();
  await env.DB.prepare(
    `UPDATE markets SET locales = '["en-GB","de","fr","ar"]', version = version + 1 WHERE id = 'home'`,
  ).run();
});

type Visit = { readonly from?: string; readonly cookie?: string };

async function open(path: string, { from, cookie }: Visit = {}) {
  const headers = new Headers(cookie === undefined ? {} : { cookie });
  if (from !== undefined) headers.set("referer", from.startsWith("http") ? from : SHOP_ORIGIN + from);
  const answer = await shop.visit(path, { headers });
  const html = await answer.text();
  return {
    lang: /<html lang="([^"]*)" dir="([^"]*)"/.exec(html)?.slice(1).join(" "),
    kept: /language=([^;]+)/.exec(answer.headers.getSetCookie().join("\n"))?.[1],
    html,
  };
}

describe("the page of a cart", () => {
  it("speaks the shop's own language to a stranger", async () => {
    const { lang, html } = await open("/cart");
    expect(lang).toBe("en-GB ltr");
    expect(html).toContain("Your cart is empty");
  });

  it.each([
    ["/de/", "de ltr", "Ihr Warenkorb ist leer"],
    [`/fr/products/${HANDLE}?size=a3`, "fr ltr", "Votre panier est vide"],
    ["/ar/collections/prints", "ar rtl", "سلتك فارغة"],
  ])("speaks the language of %s, which led to it, and keeps it", async (from, lang, words) => {
    const first = await open("/cart", { from });
    expect(first.lang).toBe(lang);
    expect(first.html).toContain(words);
    const later = await open("/find-order", { cookie: `language=${first.kept ?? ""}`, from: "/cart" });
    expect(later.lang).toBe(lang);
  });

  it("goes back to the shop's own language with the shopper", async () => {
    expect((await open("/cart", { cookie: "language=de", from: `/products/${HANDLE}` })).lang).toBe(
      "en-GB ltr",
    );
  });

  it("offers the market's other languages as links, and follows them before anything else", async () => {
    const { html } = await open("/cart", { from: "/de/" });
    expect(html).toContain('href="/cart?lang=fr"');
    expect((await open("/cart?lang=ar", { cookie: "language=de", from: "/de/" })).lang).toBe("ar rtl");
  });

  it.each([
    ["another site", { from: "https://else.test/de/" }],
    ["a language that no market speaks", { cookie: "language=fi" }],
    ["an address that is none", { from: "http://%%" }],
  ])("takes nothing from %s", async (_name, visit) => {
    expect((await open("/cart", visit)).lang).toBe("en-GB ltr");
  });
});

describe("an address that leads nowhere", () => {
  it.each([
    ["/de/nothing/here", {}, "de ltr", "Diese Seite gibt es hier nicht"],
    ["/ar/nothing/here", { cookie: "language=de" }, "ar rtl", "هذه الصفحة ليست هنا"],
    ["/nothing/here", { cookie: "language=fr" }, "fr ltr", "Cette page n’est pas ici"],
    ["/nothing/here", {}, "en-GB ltr", "This page is not here"],
  ])("is told in the language of the path, else the browser's: %s", async (path, visit, lang, words) => {
    const page = await open(path, visit);
    expect(page.lang).toBe(lang);
    expect(page.html).toContain(words);
  });
});

describe("a page of text", () => {
  it("is the one of its language, and the footer names it so", async () => {
    const store = createContentStore(env.DB, { sanitise: (html) => html, nowMs: () => 1 });
    const text = (title: string) => ({ handle: "care", title, description: "", bodyHtml: `<p>${title}</p>` });
    await store.savePage(text("Care"), 0);
    await store.savePage(text("Pflege"), 0, { locale: "de" });
    expect((await open("/de/pages/care")).html).toContain("<p>Pflege</p>");
    expect((await open("/fr/pages/care")).html).toContain("<p>Care</p>");
    expect((await open("/de/pages/care")).html).toMatch(/href="\/de\/pages\/care">Pflege</);
  });

  it("is in the footer of cart, checkout and order pages, too, in the shopper's language", async () => {
    for (const path of ["/cart", "/find-order", "/checkout/none", "/nothing/here"]) {
      const german = { cookie: "language=de" };
      await vi.waitFor(
        async () => expect((await open(path, german)).html).toMatch(/href="\/de\/pages\/care">Pflege</),
        { timeout: 5_000, interval: 300 },
      );
    }
  });
});

describe("a page of the catalogue", () => {
  it("speaks the language of its path, whatever the shopper's cookie says", async () => {
    const { lang, html } = await open(`/fr/products/${HANDLE}`, { cookie: "language=de" });
    expect(lang).toBe("fr ltr");
    expect(html).toContain("Livraison et retours");
    expect((await open(`/products/${HANDLE}`, { cookie: "language=de" })).lang).toBe("en-GB ltr");
  });
});
