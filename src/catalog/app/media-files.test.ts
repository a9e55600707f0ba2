import { describe, expect, it } from "vitest";
import { looksLike, mediaContentType } from "./media-files.ts";

describe("the name of a picture", () => {
  it.each([
    ["heron-1.webp", "image/webp"],
    ["a.svg", "image/svg+xml"],
    ["a.jpeg", "image/jpeg"],
    ["Heron.png", undefined],
    ["-a.png", undefined],
    ["a.b.png", undefined],
    ["../a.png", undefined],
    ["a.gif", undefined],
    [".png", undefined],
    [`${"a".repeat(121)}.png`, undefined],
  ])("%s means %s", (name, contentType) => {
    expect(mediaContentType(name)).toBe(contentType);
  });
});

describe("the bytes of a picture", () => {
  it.each([
    ["image/png", [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]],
    ["image/jpeg", [0xff, 0xd8, 0xff, 0xe0]],
    ["image/webp", [...new TextEncoder().encode("RIFF....WEBP")]],
    ["image/avif", [0, 0, 0, 32, ...new TextEncoder().encode("ftypavif")]],
    ["image/svg+xml", [...new TextEncoder().encode('<?xml version="1.0"?>\n<svg viewBox="0 0 1 1"/>')]],
  ])("of %s are told from all others", (contentType, bytes) => {
    const types = ["image/png", "image/jpeg", "image/webp", "image/avif", "image/svg+xml"];
    expect(types.filter((type) => looksLike(type, new Uint8Array(bytes)))).toEqual([contentType]);
  });
});
