import { describe, expect, it } from "vitest";
import type { CollectionView } from "#catalog";
import { ok, refuse, type CollectionId } from "#kernel";
import type { IndexAnswer, ListingFilters } from "../contract.ts";
import { listProducts } from "./list-products.ts";
import type { ListingPorts } from "./ports.ts";

const prints: CollectionView = {
  collectionId: `col_${"0".repeat(26)}` satisfies CollectionId,
  handle: "prints",
  title: "Prints",
  descriptionHtml: "",
  productCount: 3,
  updatedAtMs: 1,
};
const answer: IndexAnswer = {
  numbers: [],
  count: 0,
  total: 3,
  facets: [],
  without: {},
  unknownFilters: [],
  filterKeys: ["size"],
  sequence: 1,
};

function ports(index: ListingPorts["index"]["list"]): ListingPorts {
  const unknown = (handle: string) => refuse({ code: "collection_unknown", handle } as const);
  return {
    index: { list: index },
    cards: async () => [],
    catalog: {
      collection: async (handle) => (handle === "prints" ? ok(prints) : unknown(handle)),
      collectionPage: async ({ collection }) =>
        collection === "prints" ? ok({ collection: prints, page: { items: [] } }) : unknown(collection),
      products: async () => ok({ items: [] }),
    },
  };
}
const list = (
  index: ListingPorts["index"]["list"],
  collection: string,
  filters: ListingFilters = { values: {} },
) => listProducts(ports(index), { collection, filters, sort: "featured", limit: 24 });
const down = () => Promise.reject(new Error("down"));
const unready = async () => refuse({ code: "index_unready", retryAfterSeconds: 5 } as const);
const filtered: ListingFilters = { values: { size: ["a3"] } };

describe("a list", () => {
  it("comes from the index, with facets", async () => {
    expect(await list(async () => ok(answer), "prints")).toMatchObject({
      ok: true,
      value: { hasFacets: true, total: 3, filterKeys: ["size"] },
    });
  });

  it("names its facets in the language that it is read in, and leaves their addresses alone", async () => {
    const oak = { value: "oak", label: "Oak", count: 1, isSelected: false };
    const facets = [{ key: "frame", label: "Frame", values: [oak], hiddenValues: 0 }];
    const german: Readonly<Record<string, string>> = { Frame: "Rahmen", Oak: "Eiche" };
    const named = await listProducts(
      {
        ...ports(async () => ok({ ...answer, facets })),
        labels: async () => (own) => german[own] ?? own,
      },
      { collection: "prints", filters: { values: {} }, sort: "featured", limit: 24 },
    );
    expect(named).toMatchObject({
      value: { facets: [{ key: "frame", label: "Rahmen", values: [{ value: "oak", label: "Eiche" }] }] },
    });
  });

  it.each([["down", down] as const, ["being made", unready] as const])(
    "comes from the database while the index is %s, and is refused when it was to be filtered",
    async (_, index) => {
      expect(await list(index, "prints")).toMatchObject({ ok: true, value: { hasFacets: false, count: 3 } });
      expect(await list(index, "prints", filtered)).toMatchObject({
        ok: false,
        refusal: { code: "index_unready", retryAfterSeconds: 5 },
      });
    },
  );

  it("of a collection that there is not is unknown, whatever the index says", async () => {
    for (const index of [async () => ok(answer), down])
      expect(await list(index, "moon")).toMatchObject({ ok: false, refusal: { code: "collection_unknown" } });
  });

  it("with a wrong cursor says that first", async () => {
    const wrong = async () => refuse({ code: "invalid_cursor" } as const);
    expect(await list(wrong, "moon")).toMatchObject({ ok: false, refusal: { code: "invalid_cursor" } });
  });
});
