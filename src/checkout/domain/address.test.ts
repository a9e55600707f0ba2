import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { addressForm, addressLabel } from "./address-forms.ts";
import { parseAddress, type AddressInput } from "./address.ts";
import { COUNTRY_CODES, parseCountry } from "./countries.ts";
import { parseEmail, suggestEmail } from "./email.ts";
import { cleanPostcode } from "./postcodes.ts";

const BERLIN: AddressInput = {
  fullName: "Mira Beispiel",
  line1: "Lindenallee 12",
  postalCode: "10405",
  city: "Berlin",
};
const mistakesOf = (country: string, input: AddressInput): readonly (readonly [string, string])[] => {
  const result = parseAddress(country, input);
  return result.ok ? [] : result.refusal.mistakes.map(({ field, detail }) => [field, detail] as const);
};

describe("an address", () => {
  it("is stored as its country writes it, cleaned of what people paste", () => {
    expect(
      parseAddress("DE", {
        ...BERLIN,
        line1: "  Lindenallee\t12\u200b ",
        postalCode: "104 05",
        region: "Berlin",
      }),
    ).toEqual({
      ok: true,
      value: {
        fullName: "Mira Beispiel",
        line1: "Lindenallee 12",
        city: "Berlin",
        postalCode: "10405",
        country: "DE",
      },
    });
  });

  it("says one sentence per empty field, in the order of the form", () => {
    expect(mistakesOf("DE", {})).toEqual([
      ["fullName", "Enter your full name, as the courier should read it."],
      ["line1", "Enter the street and number."],
      ["postalCode", "Enter a postcode with 5 digits."],
      ["city", "Enter the city."],
    ]);
  });

  it.each([
    ["US", "region", "Select a state."],
    ["ES", "region", "Select a province."],
    ["AE", "region", "Select an emirate."],
    ["JP", "region", "Select a prefecture."],
    ["US", "postalCode", "Enter a ZIP code with 5 or 9 digits."],
    ["BR", "postalCode", "Enter a CEP with 8 digits."],
    ["GB", "postalCode", "Enter a postcode like SW1A 1AA."],
  ])("in %s asks for %s in the country's words", (country, field, sentence) => {
    expect(mistakesOf(country, {})).toContainEqual([field, sentence]);
  });

  it("asks for the town in Britain and Ireland, and for no county in Britain", () => {
    expect(addressLabel("GB", "city")).toBe("Town");
    expect(addressForm("GB").rows.flat()).not.toContain("region");
    expect(mistakesOf("IE", { fullName: "A", line1: "1 Main St", city: "Cork" })).toEqual([]);
  });

  it.each([
    ["a state by its code", "ny", "NY"],
    ["a state by its name", "new york", "NY"],
  ])("takes %s", (_, typed, code) => {
    const result = parseAddress("US", {
      fullName: "A",
      line1: "1 Main St",
      city: "Troy",
      region: typed,
      postalCode: "12180",
    });
    expect(result).toMatchObject({ ok: true, value: { region: code } });
  });

  it("refuses a state that the country does not have", () => {
    expect(
      mistakesOf("US", {
        fullName: "A",
        line1: "1 Main St",
        city: "Troy",
        region: "Bavaria",
        postalCode: "12180",
      }),
    ).toEqual([["region", "Select a state."]]);
  });

  it("takes a phone number with its country code and no other", () => {
    const sentence = "Enter a phone number with its country code, or leave this empty.";
    expect(mistakesOf("DE", { ...BERLIN, phone: "+49 30 1234-567" })).toEqual([]);
    expect(mistakesOf("DE", { ...BERLIN, phone: "030 1234567" })).toEqual([["phone", sentence]]);
  });

  it("has a city even where the country writes none", () => {
    expect(parseAddress("SG", { fullName: "A", line1: "1 Orchard Rd", postalCode: "238823" })).toMatchObject({
      value: { city: "SG" },
    });
    expect(parseAddress("AE", { fullName: "A", line1: "Tower 1", region: "Dubai" })).toMatchObject({
      value: { city: "Dubai" },
    });
  });

  it("names the limit of a field that is too long", () => {
    expect(mistakesOf("DE", { ...BERLIN, fullName: "x".repeat(101) })).toEqual([
      ["fullName", "Shorten this to 100 characters."],
    ]);
  });

  it("never throws, and what it accepts holds all that the country requires", () => {
    const text = fc.string({ maxLength: 120, unit: "grapheme" });
    const input = fc.record(
      {
        fullName: text,
        line1: text,
        line2: text,
        city: text,
        region: text,
        postalCode: text,
        district: text,
        phone: text,
      },
      { requiredKeys: [] },
    );
    fc.assert(
      fc.property(fc.constantFrom(...COUNTRY_CODES), input, (country, typed) => {
        const result = parseAddress(country, typed as AddressInput);
        if (!result.ok) return;
        for (const field of ["fullName", ...addressForm(country).required] as const)
          expect(result.value[field]).toBeTruthy();
        expect(parseAddress(country, result.value)).toEqual(result);
      }),
      { seed: 20261127, numRuns: 2_000 },
    );
  });
});

describe("postcodes", () => {
  it.each([
    ["DE", "10 405", "10405"],
    ["NL", "1012ab", "1012 AB"],
    ["SE", "11455", "114 55"],
    ["PL", "00950", "00-950"],
    ["PT", "1000–001", "1000-001"],
    ["GB", "sw1a1aa", "SW1A 1AA"],
    ["GB", "m1-1ae", "M1 1AE"],
    ["IE", "d02x285", "D02 X285"],
    ["US", "121801234", "12180-1234"],
    ["CA", "k1a0b1", "K1A 0B1"],
    ["BR", "01310100", "01310-100"],
    ["JP", "１００ー０００１".replace("ー", "-"), "100-0001"],
    ["IS", " 101 ", "101"],
  ])("in %s cleans %s to %s", (country, typed, clean) => {
    expect(cleanPostcode(country, typed)).toBe(clean);
  });

  it.each([
    ["DE", "1040"],
    ["NL", "0012 AB"],
    ["GB", "12345"],
    ["US", "1218"],
    ["CA", "D1A 0B1"],
    ["IS", "<script>"],
  ])("in %s refuses %s", (country, typed) => {
    expect(cleanPostcode(country, typed)).toBeUndefined();
  });
});

describe("e-mail", () => {
  it.each(["mira@example.com", "m.b+shop@sub.example.co.uk", "Mira@EXAMPLE.com", "jürgen@exämple.de"])(
    "takes %s",
    (address) => {
      expect(parseEmail(` ${address} `)?.split("@")[1]).toBe(address.split("@")[1]?.toLowerCase());
    },
  );

  it.each([
    "",
    "mira",
    "mira@",
    "@example.com",
    "mira@example",
    "mi ra@example.com",
    "a@b..com",
    "a@b.c",
    `${"x".repeat(65)}@example.com`,
    "a@b.com, c@d.com",
    "<a@b.com>",
  ])("refuses %s", (address) => {
    expect(parseEmail(address)).toBeUndefined();
  });

  it.each([
    ["mira@exmaple.com", "mira@example.com"],
    ["mira@gmial.com", "mira@gmail.com"],
    ["mira@gmail.co", "mira@gmail.com"],
    ["mira@gmail.com", undefined],
    ["mira@kerbside.example", undefined],
  ])("for %s asks about %s", (typed, meant) => {
    expect(suggestEmail(typed)).toBe(meant);
  });
});

describe("countries", () => {
  it("are known by code in any case", () => {
    expect(parseCountry(" de ")).toBe("DE");
    expect(parseCountry("XX")).toBeUndefined();
    expect(parseCountry("constructor")).toBeUndefined();
  });
});
