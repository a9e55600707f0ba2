import { describe, expect, it } from "vitest";
import { readLocal, showLocal } from "./shop-instant.ts";

const BERLIN = "Europe/Berlin";
const iso = (atMs: number | undefined) => (atMs === undefined ? undefined : new Date(atMs).toISOString());

describe("a time on the shop's clock", () => {
  it.each([
    ["2026-12-24 09:00", "2026-12-24T08:00:00.000Z"],
    ["2026-07-01T9:30", "2026-07-01T07:30:00.000Z"],
    ["2026-12-24", "2026-12-23T23:00:00.000Z"],
    ["2026-10-25 02:30", "2026-10-25T00:30:00.000Z"],
  ])("%s is %s", (text, instant) => {
    expect(iso(readLocal(text, BERLIN))).toBe(instant);
  });
  it.each(["", "tomorrow", "2026-02-30", "2026-13-01 10:00", "2026-01-01 25:00"])("is not %j", (text) => {
    expect(readLocal(text, BERLIN)).toBeUndefined();
  });
  it("is shown as it is read", () => {
    expect(showLocal(readLocal("2026-12-24 09:00", BERLIN) ?? 0, BERLIN)).toBe("2026-12-24 09:00");
  });
});
