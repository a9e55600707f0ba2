import { describe, expect, it } from "vitest";
import { isPreviewKey, previewKey } from "./preview-key.ts";

const NOW = 1_780_000_000_000;

describe("the key of a preview", () => {
  it("opens one product until its time is over, under the secret that made it", async () => {
    const key = await previewKey("secret", "heron", NOW + 1_000);
    const opens = (changes: object, secret = "secret") =>
      isPreviewKey(secret, { handle: "heron", key, nowMs: NOW, ...changes });
    expect(await opens({})).toBe(true);
    expect(await opens({ nowMs: NOW + 1_000 })).toBe(false);
    expect(await opens({ handle: "tide" })).toBe(false);
    expect(await opens({}, "other")).toBe(false);
    const later = key.replace(/^\d+/, String(NOW + 9_000));
    expect(await opens({ key: later })).toBe(false);
    expect(await opens({ key: "" })).toBe(false);
  });
});
