import { Hono } from "hono";
import { afterEach, expect, it, vi } from "vitest";
import type { ContentReader } from "#content";
import { collectionFixture, fakeReader } from "../testing/catalog-fixture.ts";
import { createFrame } from "./frame.ts";

const LATER_MS = 2_000;

afterEach(() => {
  vi.useRealTimers();
});

/** A room whose pages stand in a frame, and how often their texts were read. */
function framed() {
  let reads = 0;
  const content: Pick<ContentReader, "pages"> = {
    pages: () => {
      reads += 1;
      return Promise.resolve([{ handle: "imprint", title: `Imprint ${reads}` }]);
    },
  };
  const frame = createFrame({
    reader: () => fakeReader([], [collectionFixture("prints", 3)]),
    shopOrigin: () => "https://shop.test",
    // The frame reads the list of texts only.
    content: () => content as ContentReader,
  });
  const app = new Hono().all("/", async (c) => c.json((await frame(c)).chrome.texts));
  const ask = async (method: string) => (await app.request("http://localhost/", { method })).json();
  return { ask, reads: () => reads };
}

it("reads a page's collections and texts anew when they are old", async () => {
  vi.useFakeTimers();
  const { ask } = framed();
  expect(await ask("GET")).toEqual([{ href: "/pages/imprint", label: "Imprint 1" }]);
  expect(await ask("GET")).toMatchObject([{ label: "Imprint 1" }]);
  vi.advanceTimersByTime(LATER_MS);
  expect(await ask("GET")).toMatchObject([{ label: "Imprint 2" }]);
});

it("lets an order that is placed wait for neither, when they are known", async () => {
  vi.useFakeTimers();
  const { ask, reads } = framed();
  expect(await ask("POST")).toMatchObject([{ label: "Imprint 1" }]);
  vi.advanceTimersByTime(LATER_MS);
  expect(await ask("POST")).toMatchObject([{ label: "Imprint 1" }]);
  expect(reads()).toBe(1);
});
