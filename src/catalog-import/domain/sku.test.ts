import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { MAX_SKU_CHARACTERS } from "./limits.ts";
import { cleanCode, fitSku, generateSku } from "./sku.ts";

describe("a generated SKU", () => {
  test("reads as the handle and the options", () => {
    expect(generateSku("ocean-shirt", ["Small", "Dark Red"])).toBe("ocean-shirt.small.dark-red");
    expect(generateSku("ocean-shirt", [])).toBe("ocean-shirt");
  });

  test("keeps a handle that ends like another product's option apart from it", () => {
    expect(generateSku("tee-red", [])).not.toBe(generateSku("tee", ["Red"]));
  });

  test("is the same every time, fits the inventory, and differs for options that read alike", () => {
    fc.assert(
      fc.property(
        fc.stringMatching(/^[a-z]{1,80}$/),
        fc.array(fc.string({ minLength: 1, maxLength: 60 }), { maxLength: 3 }),
        (handle, values) => {
          const sku = generateSku(handle, values);
          expect(sku).toBe(generateSku(handle, values));
          expect(sku.length).toBeLessThanOrEqual(MAX_SKU_CHARACTERS);
        },
      ),
    );
    expect(generateSku("tee", ["S/M"])).not.toBe(generateSku("tee", ["S-M"]));
  });
});

describe("a given SKU", () => {
  test("loses the apostrophe that a spreadsheet puts before text, and nothing else", () => {
    expect(cleanCode("'0850064060010")).toBe("0850064060010");
    expect(cleanCode(" AB\n12 ")).toBe("AB 12");
    expect(cleanCode("O'NEIL-1")).toBe("O'NEIL-1");
  });

  test("that is too long becomes the same shorter one each time, apart from its neighbours", () => {
    const long = "1707222742,".repeat(10);
    expect(fitSku(long)).toHaveLength(MAX_SKU_CHARACTERS);
    expect(fitSku(long)).toBe(fitSku(long));
    expect(fitSku(`${long}1`)).not.toBe(fitSku(`${long}2`));
    expect(fitSku("SHORT")).toBe("SHORT");
  });
});
