import { expect, it } from "vitest";
import { accessibilityProblems, useShop } from "../support/shop-harness.ts";

const harness = useShop();

it("serves the home page, its client files and both API documents", async () => {
  const home = await fetch(harness.shop.url);
  expect(home.status).toBe(200);
  const html = await home.text();
  const files = [...html.matchAll(/(?:href|src)="(\/assets\/[^"]+)"/g)].map((match) => match[1] ?? "");
  expect(files.length).toBeGreaterThan(0);
  for (const path of [...files, "/api/openapi.json", "/admin/api/openapi.json"]) {
    expect([path, (await fetch(`${harness.shop.url}${path}`)).status]).toEqual([path, 200]);
  }
});

it("lets the visitor follow where an address of the catalogue leads, in the market of the path", async () => {
  const leads = async (path: string) => {
    const answer = await fetch(harness.shop.url + path, { redirect: "manual" });
    return [answer.status, answer.headers.get("location")];
  };
  expect(await leads("/de")).toEqual([301, "/de/"]);
  expect(await leads("/de/collections/prints?filter.size=A3")).toEqual([
    301,
    "/de/collections/prints?filter.size=a3",
  ]);
});

it.each(["", "?api=admin"])(
  "shows the API reference page%s under a policy without a foreign host",
  async (query) => {
    const page = await harness.newPage();
    const errors: string[] = [];
    page.on("console", (message) => message.type() === "error" && errors.push(message.text()));
    page.on("pageerror", (error) => errors.push(error.message));
    await page.goto(`/api/docs/${query}`);
    await page.locator(".opblock").first().waitFor();
    expect(errors).toEqual([]);
  },
);

it("opens the admin API to the token and to nobody else", async () => {
  const url = `${harness.shop.url}/admin/api/products?limit=1`;
  expect((await fetch(url)).status).toBe(401);
  expect((await fetch(url, { headers: { authorization: `Bearer ${harness.shop.adminToken}` } })).status).toBe(
    200,
  );
});

it("shows a home page without accessibility problems, with and without client script", async () => {
  const page = await harness.newPage();
  await page.goto("/");
  expect(await accessibilityProblems(page)).toEqual([]);
  const plain = await harness.newPage({ javaScriptEnabled: false });
  await plain.goto("/");
  expect(await plain.title()).toBe(await page.title());
});
