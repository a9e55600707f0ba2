import { describe, expect, it } from "vitest";
import { productFixture, variantFixture } from "../testing/catalog-fixture.ts";
import { BuyBox } from "./buy-box.tsx";
import { chooseVariant } from "./product-choice.ts";

/** The product of the fixtures with so many shades beside its frames. */
function inShades(count: number) {
  const shades = Array.from({ length: count }, (_, index) => `Shade ${index + 1}`);
  const variants = shades.flatMap((shade, row) =>
    ["None", "Oak"].map((frame, column) =>
      variantFixture(row * 2 + column + 1, [shade, frame], shade === "Shade 2" ? "sold_out" : "in_stock"),
    ),
  );
  return {
    ...productFixture(),
    options: [
      { name: "Colour", values: shades },
      { name: "Frame", values: ["None", "Oak"] },
    ],
    variants,
  };
}

const shown = (count: number, query: Readonly<Record<string, string>> = {}): string => {
  const product = inShades(count);
  return (<BuyBox product={product} choice={chooseVariant(product, query)} />).toString();
};

describe("an option with very many values", () => {
  it("is a list with a button that needs no script, and keeps what else was chosen", () => {
    const html = shown(31, { colour: "shade-3", frame: "oak" });
    expect(html).toContain('<select id="option-colour" name="colour" form="choose-colour">');
    expect(html).toContain('<option value="shade-3" selected="">Shade 3</option>');
    expect(html).toContain("Shade 2 (sold out)");
    expect(html).toMatch(
      /<form id="choose-colour" action="\/products\/heron" method="get"[^>]*><input type="hidden" name="frame" value="oak"\/>/,
    );
    // A form inside another one is none: the list belongs to the one behind the form that buys.
    expect(html.indexOf('<form id="choose-colour"')).toBeGreaterThan(html.indexOf("</form>"));
  });

  it("stays links up to thirty", () => {
    expect(shown(30)).not.toContain("<select");
    expect(shown(30).match(/data-option=""/g)).toHaveLength(32);
  });
});
