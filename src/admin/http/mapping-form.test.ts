import { expect, test } from "vitest";
import { mappingInput } from "../../catalog-import/http/mapping-schemas.ts";
import { mappingValues, readMappingForm } from "./mapping-form.ts";

const MAPPING = mappingInput.parse({
  rows: "each-row",
  currency: "INR",
  ratePpm: 11_000,
  roundToMinor: 10,
  decimalSign: ".",
  rules: [
    { field: "title", columns: ["name", "other name"], readAs: "text", whenWrong: "reject" },
    { field: "handle", columns: ["link"], readAs: "part", after: "/dp/", before: "/", whenWrong: "reject" },
    { field: "price", columns: ["discount", "actual"], readAs: "price", whenWrong: "reject" },
    { field: "vendor", columns: [], text: "{brand} Ltd", readAs: "text", whenWrong: "leave-out" },
    { field: "tags", columns: ["words"], readAs: "list", separator: "|", whenWrong: "leave-out" },
    { field: "attribute", attribute: "Rating", columns: ["stars"], readAs: "number", whenWrong: "leave-out" },
    {
      field: "attribute",
      attribute: "Code",
      columns: ["link"],
      readAs: "part",
      after: "=",
      whenWrong: "reject",
    },
  ],
});

test("a mapping goes through its form unchanged", () => {
  expect(mappingInput.parse(readMappingForm(mappingValues(MAPPING)).document)).toEqual(MAPPING);
});

test("a rate is exact, and one that is none is refused at its own field", () => {
  const rateOf = (rate: string) =>
    mappingInput.safeParse(readMappingForm({ ...mappingValues(MAPPING), rate }).document);
  expect(rateOf("0,000001").data?.ratePpm).toBe(1);
  expect(rateOf("83.1").data?.ratePpm).toBe(83_100_000);
  expect(rateOf("").data?.ratePpm).toBeUndefined();
  expect(rateOf("eleven").error?.issues.map(({ path }) => path.join("/"))).toEqual(["ratePpm"]);
});

test("each complaint of the schema finds its control", () => {
  const { controlAt } = readMappingForm({ ...mappingValues(MAPPING), "fact.0.name": "" });
  expect(["rules/2/readAs", "rules/5/attribute", "rules", "ratePpm", "currency"].map(controlAt)).toEqual([
    "price.c1",
    "fact.0.name",
    "title.c1",
    "rate",
    "currency",
  ]);
});
