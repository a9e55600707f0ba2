import { describe, expect, it } from "vitest";
import { filterParameters, readFilters } from "./filters.ts";

const read = (query: string, currency = "EUR") => readFilters(new URLSearchParams(query), currency);

describe("the filters of an address", () => {
  it("are the same for one choice, in whatever order it was made", () => {
    const once = read(
      "filter.size=a4&filter.colour=blue&filter.size=a3&filter.size=a3&price.to=40,5&price.from=",
    );
    expect(once).toEqual({
      filters: { values: { colour: ["blue"], size: ["a3", "a4"] }, priceToMinor: 4050 },
      isCanonical: true,
      problems: [],
    });
    expect(filterParameters(once.filters, "EUR")).toEqual([
      ["filter.colour", "blue"],
      ["filter.size", "a3"],
      ["filter.size", "a4"],
      ["price.to", "40.50"],
    ]);
  });

  it.each([
    ["filter.size=A3", ["a3"]],
    ["filter.size=a3&filter.size=A3", ["a3"]],
    ["filter.size=50%C3%9770%20cm&filter.size=%C3%96l", ["50-70-cm", "ol"]],
  ])("name a value as lists do, however it is spelled: %s", (query, size) => {
    const { filters, isCanonical, problems } = read(query);
    expect({ filters, isCanonical, problems }).toEqual({
      filters: { values: { size } },
      isCanonical: false,
      problems: [],
    });
    const canonical = new URLSearchParams(filterParameters(filters, "EUR"));
    expect(readFilters(canonical, "EUR")).toEqual({ filters, isCanonical: true, problems: [] });
  });

  it("never turn a value of which nothing is left into no filter", () => {
    expect(read("filter.size=---")).toMatchObject({
      filters: { values: { size: ["---"] } },
      isCanonical: true,
    });
  });

  it.each([
    ["price.from=-1", "price.from"],
    ["price.from=1e3", "price.from"],
    ["price.to=20.001", "price.to"],
    ["price.to=cheap", "price.to"],
    [`filter.size=${"x".repeat(81)}`, "filter.size"],
    [`filter.${"k".repeat(41)}=a`, `filter.${"k".repeat(41)}`],
    ["filter.=a", "filter."],
    [Array.from({ length: 21 }, (_, at) => `filter.size=v${at}`).join("&"), "filter.size"],
    [
      Array.from({ length: 13 }, (_, at) => `filter.f${String(at).padStart(2, "0")}=v`).join("&"),
      "filter.f12",
    ],
  ])("that cannot be understood are named: %s", (query, name) => {
    const { problems } = read(query);
    expect(problems.map((problem) => problem.name)).toEqual([name]);
  });

  it("count amounts in the currency's own digits", () => {
    expect(read("price.from=500", "JPY").filters).toEqual({ values: {}, priceFromMinor: 500 });
    expect(read("price.from=5.5", "JPY").problems).toHaveLength(1);
  });
});
