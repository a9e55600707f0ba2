import { describe, expect, it } from "vitest";
import { speechFor } from "#words";
import { jsonForScript } from "./json-script.ts";
import { stockNote, stockSentence } from "./stock-words.ts";

const ENGLISH = speechFor("en-GB");

describe("words about stock", () => {
  it("say when it comes back", () => {
    expect(stockSentence({ availability: "backorder", expectedAt: "2026-12-14" }, ENGLISH).text).toBe(
      "Back on 14 December. Order now and we send it then.",
    );
    expect(stockNote({ availability: "preorder", expectedAt: "2027-01-12" }, ENGLISH)?.text).toBe(
      "Preorder, from 12 January",
    );
  });
  it("are left out on cards when there is nothing odd to say", () => {
    expect(stockNote({ availability: "in_stock" }, ENGLISH)).toBeUndefined();
  });
});

describe("data inside a script element", () => {
  it("cannot end it", () => {
    const text = jsonForScript({ name: "</script><!-- & \u2028" });
    expect(text).not.toMatch(/[<>&\u2028]/);
    expect(JSON.parse(text)).toEqual({ name: "</script><!-- & \u2028" });
  });
});
