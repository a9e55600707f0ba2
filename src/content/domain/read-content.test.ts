import { describe, expect, it } from "vitest";
import type { HomeBlock } from "../contract.ts";
import { nameSections, readHomeBlocks, readTextPage } from "./read-content.ts";

const block = (changes: Partial<HomeBlock> = {}): HomeBlock => ({
  kind: "hero",
  title: "Patterns",
  text: "",
  href: "",
  label: "",
  collection: "",
  pictureUrl: "",
  pictureAlt: "",
  ...changes,
});
const fieldsOf = (blocks: readonly HomeBlock[]) => {
  const read = readHomeBlocks(blocks);
  return read.ok || read.refusal.code !== "invalid_content"
    ? []
    : read.refusal.errors.map(({ field }) => field);
};

describe("the blocks of the home page", () => {
  it("begin with one hero, which holds the heading", () => {
    expect(fieldsOf([block(), block({ kind: "new" })])).toEqual([]);
    expect(fieldsOf([block({ kind: "new" }), block()])).toEqual(["kind-0"]);
    expect(fieldsOf([block(), block()])).toEqual(["kind-0"]);
    expect(fieldsOf([])).toEqual(["kind-0"]);
  });

  it.each([
    [{ title: " " }, ["title-0"]],
    [{ href: "javascript:alert(1)", label: "x" }, ["href-0"]],
    [{ href: "//evil.example", label: "x" }, ["href-0"]],
    [{ href: "/collections/prints" }, ["label-0"]],
    [{ pictureUrl: "https://elsewhere.example/x.svg" }, ["pictureUrl-0"]],
    [{ collection: "No Handle" }, ["collection-0"]],
    [{ text: "x".repeat(1_001) }, ["text-0"]],
  ] satisfies [Partial<HomeBlock>, string[]][])("refuse %j", (changes, fields) =>
    expect(fieldsOf([block(changes)])).toEqual(fields),
  );

  it("need a collection where they show one", () =>
    expect(fieldsOf([block(), block({ kind: "collection" })])).toEqual(["collection-1"]));
});

describe("a page of text", () => {
  it("names its sections by their words, the same words twice apart", () => {
    const { bodyHtml, sections } = nameSections(
      '<h2>Größe &amp; Maß</h2><p>a</p><h2 dir="ltr">Care</h2><h2>Care</h2><h2><em>!</em></h2>',
    );
    expect(sections).toEqual(
      [
        { id: "große-maß", title: "Größe &amp; Maß" },
        { id: "care", title: "Care" },
        { id: "care--2", title: "Care" },
        { id: "section", title: "!" },
      ].map((section, index) => (index === 0 ? { ...section, id: sections[0]?.id } : section)),
    );
    expect(bodyHtml).toContain('<h2 id="care--2">Care</h2>');
    expect(bodyHtml.match(/ id=/g)).toHaveLength(4);
  });

  it("says which field is wrong", () => {
    const read = readTextPage({ handle: "No way", title: "", description: "", bodyHtml: "" });
    expect(read).toMatchObject({
      refusal: { errors: [{ field: "handle" }, { field: "title" }, { field: "bodyHtml" }] },
    });
  });
});
