import { describe, expect, it } from "vitest";
import { parseVatId } from "./tax-id.ts";

describe("a VAT id", () => {
  it.each([
    ["DE 123 456 789", "DE123456789"],
    ["fr-XX.123456789", "FRXX123456789"],
    ["EL123456789", "EL123456789"],
    ["XI123456789", "XI123456789"],
    ["GB123456789", undefined],
    ["GR123456789", undefined],
    ["DE", undefined],
    ["123456789", undefined],
    ["DE1234567890123456", undefined],
  ])("%s is read as %s", (text, id) => {
    expect(parseVatId(text)).toBe(id);
  });
});
