import { describe, expect, it } from "vitest";
import { createPageCache } from "./page-cache.ts";

describe("the page cache inside the Workers runtime", () => {
  it("keeps packed bytes and hands them out without packing them again", async () => {
    const html = "<p>Heron</p>".repeat(500);
    const cache = createPageCache<object, { waitUntil(promise: Promise<unknown>): void }>({
      isPublicPath: () => true,
      render: () =>
        new Response(html, { headers: { "content-type": "text/html", "cache-control": "public" } }),
    });
    const context = { waitUntil: () => undefined };
    const request = () => new Request("https://shop.test/", { headers: { "accept-encoding": "gzip" } });
    await cache.servePublicPage(request(), {}, context);
    const hit = cache.servePublicPage(request(), {}, context);
    expect(hit).toBeInstanceOf(Response);
    const answer = await (hit ?? Response.error());
    const bytes = new Uint8Array(await answer.arrayBuffer());
    expect([answer.headers.get("content-encoding"), bytes[0], bytes[1]]).toEqual(["gzip", 0x1f, 0x8b]);
    const unpacked = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("gzip"));
    expect(await new Response(unpacked).text()).toBe(html);
  });
});
