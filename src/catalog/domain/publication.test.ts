import { describe, expect, it } from "vitest";
import { listingAt } from "./publication.ts";

const WEB = ["web"];
const at = (now: number, changes: object = {}, status: "draft" | "active" | "archived" = "active") =>
  listingAt(status, { channels: WEB, ...changes }, now);

describe("a product is listed", () => {
  it.each([
    ["from the moment it is active", at(5), { isListed: true }],
    ["not as a draft, whatever its dates", at(5, { publishAtMs: 1 }, "draft"), { isListed: false }],
    ["not when it is archived", at(5, {}, "archived"), { isListed: false }],
    ["not on other channels only", at(5, { channels: ["pos"] }), { isListed: false }],
    ["not before its day", at(5, { publishAtMs: 6 }), { isListed: false, changesAtMs: 6 }],
    ["at its very moment", at(6, { publishAtMs: 6 }), { isListed: true }],
    ["until its last day", at(5, { unpublishAtMs: 6 }), { isListed: true, changesAtMs: 6 }],
    ["not from its last day on", at(6, { unpublishAtMs: 6 }), { isListed: false }],
    [
      "between two days, of which the first is told first",
      at(1, { publishAtMs: 2, unpublishAtMs: 6 }),
      { isListed: false, changesAtMs: 2 },
    ],
  ])("%s", (_, listing, expected) => {
    expect(listing).toEqual(expected);
  });
});
