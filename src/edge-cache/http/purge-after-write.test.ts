import { describe, expect, it } from "vitest";
import { tagsOfWrite } from "./purge-after-write.ts";

describe("a write of the back office", () => {
  it.each([
    ["/admin/api/products/heron", []],
    ["/admin/products/heron/save", []],
    ["/admin/api/products/bulk", []],
    ["/admin/api/imports", []],
    ["/admin/api/collections/prints", ["all"]],
    ["/admin/api/delivery-methods/post", ["all"]],
    ["/admin/api/price-lists/summer", ["all"]],
    ["/admin/content/home", ["texts"]],
    ["/admin/content/pages", ["texts"]],
    ["/admin/contents", ["all"]],
    ["/admin/something-new", ["all"]],
    ["/admin/api/orders/ord_1/refunds", undefined],
    ["/admin/sign-in", undefined],
    ["/admin/api/stock/HRN-1/adjustments", undefined],
  ])("at %s makes stale: %j", (path, tags) => {
    expect(tagsOfWrite(path, { everything: "all", content: "texts" })).toEqual(tags);
  });
});
