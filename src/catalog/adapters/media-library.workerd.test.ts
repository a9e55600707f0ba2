import { env } from "cloudflare:workers";
import { Hono } from "hono";
import { beforeEach, describe, expect, it } from "vitest";
import { sha256HexOfBytes } from "#platform";
import { addMedia, describeMedia, type MediaPorts } from "../app/media-library.ts";
import { createMediaRoutes } from "../http/media-routes.ts";
import { createCatalogReader } from "./catalog-reader.ts";
import { createCatalogWriter } from "./catalog-writer.ts";
import { createRenditions } from "./image-renditions.ts";
import { createMediaLibrary } from "./media-library.ts";
import { measurePicture } from "./measure-picture.ts";
import { sampleProduct } from "../testing/samples.ts";

const svg = (width: number, height: number): Uint8Array<ArrayBuffer> =>
  new TextEncoder().encode(
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}"><rect width="${width}" height="${height}" fill="#285"/></svg>`,
  ) as Uint8Array<ArrayBuffer>;

/** A photograph, as far as the shop can tell: a drawing put into pixels by the platform. */
async function jpeg(width: number, height: number): Promise<Uint8Array<ArrayBuffer>> {
  const made = await env.IMAGES.input(new Response(svg(width, height)).body as ReadableStream)
    .transform({ width })
    .output({ format: "image/jpeg" });
  return new Uint8Array(await new Response(made.image()).arrayBuffer());
}

let at = 1_790_000_000_000;
const ports: MediaPorts = {
  library: createMediaLibrary(env.DB, env.MEDIA),
  digest: sha256HexOfBytes,
  measure: measurePicture,
  nowMs: () => (at += 1),
};
const shop = (images: ImagesBinding | "none" = env.IMAGES) =>
  new Hono().route(
    "/",
    createMediaRoutes({
      bucket: () => env.MEDIA,
      makeRendition: () => createRenditions(images === "none" ? undefined : images),
    }),
  );
const add = async (bytes: Uint8Array<ArrayBuffer>) => {
  const added = await addMedia(ports, bytes);
  if (!added.ok) throw new Error(JSON.stringify(added.refusal));
  return added.value;
};

beforeEach(async () => {
  await env.DB.prepare("DELETE FROM media_files").run();
});

describe("an uploaded picture", () => {
  it("gets a name made of its bytes, its real size, and is there once", async () => {
    const bytes = await jpeg(640, 480);
    const file = await add(bytes);
    expect(file).toMatchObject({
      width: 640,
      height: 480,
      contentType: "image/jpeg",
      focalX: 50,
      focalY: 50,
    });
    expect(file.name).toMatch(/^[0-9a-f]{32}\.jpg$/);
    expect((await add(bytes)).createdAtMs).toBe(file.createdAtMs);
    const listed = await ports.library.list({ limit: 10 });
    expect(listed.ok && listed.value.items.map(({ name }) => name)).toEqual([file.name]);
  });

  it.each([
    ["no picture", new TextEncoder().encode("<html><script>")],
    ["a picture's beginning only", new Uint8Array([0xff, 0xd8, 0xff, 0xe0])],
    ["nothing", new Uint8Array()],
  ])("is refused when it is %s", async (_what, bytes) => {
    expect(await addMedia(ports, bytes as Uint8Array<ArrayBuffer>)).toMatchObject({
      ok: false,
      refusal: { code: "media_refused" },
    });
  });

  it("is listed newest first, page by page", async () => {
    const names = [];
    for (const size of [10, 20, 30]) names.unshift((await add(svg(size, size))).name);
    const first = await ports.library.list({ limit: 2 });
    const cursor = first.ok ? (first.value.nextCursor ?? "") : "";
    const second = await ports.library.list({ limit: 2, cursor });
    expect(
      [first, second].flatMap((page) => (page.ok ? page.value.items.map(({ name }) => name) : [])),
    ).toEqual(names);
    expect(await ports.library.list({ limit: 2, cursor: "nonsense" })).toMatchObject({ ok: false });
  });

  it("says the same at every product that shows it, and nothing changes elsewhere", async () => {
    const file = await add(await jpeg(500, 625));
    const writer = createCatalogWriter(env.DB, { currency: "EUR", sanitise: (html) => html });
    const picture = { url: file.url, alt: "", width: file.width, height: file.height };
    const other = { ...picture, url: "/media/other.svg" };
    await writer.saveProduct(sampleProduct("shown", { pictures: [other, picture] }));
    await describeMedia(ports, file.name, { alt: " A heron ", focalX: 30, focalY: 10 });
    const read = await createCatalogReader(env.DB).product("shown");
    const words = { alt: "A heron", focalX: 30, focalY: 10 };
    expect(read.ok && read.value.pictures).toMatchObject([{ url: other.url, alt: "" }, words]);
    expect(read.ok && [read.value.picture, read.value.secondPicture]).toMatchObject([{ alt: "" }, words]);
    expect(await describeMedia(ports, "none.jpg", words)).toMatchObject({
      ok: false,
      refusal: { code: "media_unknown" },
    });
  });
});

describe("a rendition", () => {
  it.each([
    ["avif", "image/avif"],
    ["webp", "image/webp"],
    ["jpg", "image/jpeg"],
  ])("as %s is made once, smaller, and kept for ever", async (ending, contentType) => {
    const file = await add(await jpeg(900, 600));
    const path = `/media/${file.name.slice(0, 32)}-400.${ending}`;
    const first = await shop().request(path);
    expect([first.status, first.headers.get("content-type")]).toEqual([200, contentType]);
    expect(first.headers.get("cache-control")).toBe("public, max-age=31536000, immutable");
    const bytes = new Uint8Array(await first.arrayBuffer());
    expect(measurePicture(bytes)).toEqual({ width: 400, height: 267 });
    // Kept: it comes without the maker now, under the same tag.
    const again = await shop("none").request(path);
    expect([again.headers.get("etag"), again.headers.get("content-type")]).toEqual([
      first.headers.get("etag"),
      contentType,
    ]);
    const known = await shop().request(path, {
      headers: { "if-none-match": first.headers.get("etag") ?? "" },
    });
    expect(known.status).toBe(304);
  });

  it("is the original, for a while, where none can be made", async () => {
    const file = await add(await jpeg(700, 500));
    const answer = await shop("none").request(`/media/${file.name.slice(0, 32)}-800.avif`);
    expect([answer.status, answer.headers.get("content-type"), answer.headers.get("cache-control")]).toEqual([
      200,
      "image/jpeg",
      "public, max-age=300",
    ]);
    expect((await answer.arrayBuffer()).byteLength).toBe(file.bytes);
  });

  it.each(["-401.avif", "-400.png", "-99999.webp", ".gif"])(
    "that is not offered (%s) is not there",
    async (rest) => {
      const file = await add(await jpeg(300, 300));
      expect((await shop().request(`/media/${file.name.slice(0, 32)}${rest}`)).status).toBe(404);
      expect((await shop().request(`/media/nobody-400.avif`)).status).toBe(404);
    },
  );
});
