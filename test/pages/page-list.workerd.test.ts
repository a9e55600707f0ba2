import { beforeAll, describe, expect, it } from "vitest";
import { fillCatalogue, routesOf, sampleOf, staffCookie, withoutMarket } from "../support/every-route.ts";
import { publicShop } from "../support/public-shop.ts";
import { BACK_OFFICE_PAGES, SIGN_IN_PAGES } from "./back-office-list.ts";
import { PAGES_ABROAD, SHOP_PAGES } from "./page-list.ts";

// Every route that answers a page, found by asking the routers: a new one has to be in a list, or it is never looked at.

const shop = publicShop(() => Date.now());
const routers = [shop.catalogue, shop.gateway, shop.admin];
const LISTED = [...SHOP_PAGES, ...PAGES_ABROAD, ...SIGN_IN_PAGES, ...BACK_OFFICE_PAGES];

/** Pages by another name, or with nothing of their own: why they are in no list. */
const SEEN_ELSEWHERE: Readonly<Record<string, string>> = {
  "/checkout": "answers what is not there, as any address does",
  "/admin/mail/:id/html": "a mail as its reader's program shows it; the mails have tests of their own",
  "/checkout/:checkoutId/line": "rendered: a line needs a rush",
  "/admin/reconciliation/breaks/:id": "listed as what is not there: a break needs a broken shop",
};

const readRoutes = routers.flatMap((router) =>
  routesOf(router).filter(({ method, path }) => method === "GET" && !path.includes("/api")),
);
/** A listed path as an address: any name will do for an id, a language for every one. */
const addressOf = (path: string): string =>
  (path.split("?")[0] ?? path).replace(/\{[a-z-]+\}/g, "0a1b").replace("/de/", "/ch-de/");

/** The route that answers at an address, as its router names it. */
const routeAt = ({ router }: (typeof routers)[number], address: string): string | undefined =>
  router
    .match("GET", address)[0]
    .map((handler) => handler[0][1].path)
    .find((path) => !path.endsWith("*"));

const listedRoutes = new Set(
  LISTED.flatMap(({ path }) => routers.map((router) => routeAt(router, addressOf(path)))),
);

let cookie = "";
beforeAll(async () => {
  await fillCatalogue();
  cookie = await staffCookie(shop);
});

describe("the lists of pages", () => {
  it("name each page once", () => {
    const names = LISTED.map(({ name }) => name);
    expect(names.filter((name, index) => names.indexOf(name) !== index)).toEqual([]);
  });

  it("have routes to be held against", () => {
    expect(readRoutes.length).toBeGreaterThan(90);
    expect(LISTED.length).toBeGreaterThan(120);
  });

  it.each(readRoutes)("have what is at $path, if it is a page", async ({ path }) => {
    const answer = await shop.visit(sampleOf(path), {
      headers: { cookie, accept: "text/html" },
      redirect: "manual",
    });
    const isPage = answer.headers.get("content-type")?.startsWith("text/html") === true;
    await answer.body?.cancel();
    if (isPage && SEEN_ELSEWHERE[withoutMarket(path)] === undefined)
      expect([...listedRoutes]).toContain(path);
  });
});
