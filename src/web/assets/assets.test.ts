import { existsSync, mkdtempSync, readFileSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { gzipSync } from "node:zlib";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { buildAssets } from "../../../scripts/build-assets.ts";

const KB = 1024;
const outDir = mkdtempSync(path.join(tmpdir(), "kerbside-assets-"));
const packed = (file: string): number =>
  gzipSync(readFileSync(path.join(outDir, file)), { level: 9 }).byteLength;
const built = (extension: string): string[] => readdirSync(outDir).filter((name) => name.endsWith(extension));

beforeAll(async () => {
  await buildAssets({ outDir, isDevelopment: false });
});
afterAll(() => rmSync(outDir, { recursive: true }));

describe("the built client files", () => {
  it("have a hash of their content in the name", () => {
    const all = readdirSync(outDir);
    expect(all.length).toBeGreaterThan(0);
    expect(all.filter((name) => !/-[A-Z0-9]{8}\.\w+$/.test(name))).toEqual([]);
  });

  it("are the same when built again", async () => {
    const before = readdirSync(outDir);
    await buildAssets({ outDir, isDevelopment: false });
    expect(readdirSync(outDir)).toEqual(before);
  });

  it("hold the shop's style sheet within 12 KB", () => {
    const [sheet = ""] = built(".css").filter((name) => name.startsWith("shop-"));
    expect(packed(sheet)).toBeLessThanOrEqual(12 * KB);
  });

  it.each(["base", "home", "product", "collection", "search", "cart", "checkout", "order"])(
    "hold the script %s within 9 KB",
    (name) => {
      const [script = ""] = built(".js").filter((file) => file.startsWith(`${name}-`));
      expect(packed(script)).toBeLessThanOrEqual(9 * KB);
    },
  );

  it("hold the two latin fonts within 41.2 KB", () => {
    const latin = built(".woff2").filter((name) => !name.includes("latin-ext"));
    const bytes = latin.reduce((sum, name) => sum + readFileSync(path.join(outDir, name)).byteLength, 0);
    expect([latin.length, bytes <= 41_200]).toEqual([2, true]);
  });

  it("are named in the manifest that pages read", async () => {
    const manifest = path.join(import.meta.dirname, "../generated/asset-manifest.ts");
    expect(existsSync(manifest)).toBe(true);
    const text = readFileSync(manifest, "utf8");
    expect(built(".css").every((name) => text.includes(`/assets/${name}`))).toBe(true);
  });
});

describe("the style sheet", () => {
  const sources = readdirSync(import.meta.dirname).filter((name) => name.endsWith(".css"));
  it("knows no left and right, so that it mirrors by itself", () => {
    const physical =
      /(?:(?<!safe-area-)inset|margin|padding|border)-(?:left|right|top|bottom)|text-align: (?:left|right)|^\s*(?:left|right|top|bottom):/m;
    expect(
      sources.filter((name) => physical.test(readFileSync(path.join(import.meta.dirname, name), "utf8"))),
    ).toEqual([]);
  });

  it("takes every colour of text and ground from the tokens", () => {
    const literal = /(?:^|\s)(?:color|background|background-color):\s*(?:#|rgb|hsl|oklch)/m;
    const others = sources.filter((name) => name !== "tokens.css");
    expect(
      others.filter((name) => literal.test(readFileSync(path.join(import.meta.dirname, name), "utf8"))),
    ).toEqual([]);
  });
});
