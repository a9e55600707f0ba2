import { describe, expect, it } from "vitest";
import { speechFor } from "#web";
import { addressForm, COUNTRY_CODES, parseAddress } from "../app/address-book.ts";
import { addressWords, mistakeSentence } from "./address-words.ts";

const ENGLISH = speechFor("en-GB");
const LONG = "x".repeat(300);

/** Everything that can be wrong with the address of a country: nothing typed, nonsense typed, too much typed. */
const mistakesOf = (country: string) =>
  [
    {},
    { postalCode: "?", region: "nowhere", phone: "1" },
    { fullName: LONG, line1: LONG, city: LONG, postalCode: LONG },
  ].flatMap((input) => {
    const parsed = parseAddress(country, input);
    return parsed.ok ? [] : parsed.refusal.mistakes;
  });

describe("what is wrong with an address", () => {
  it("reads in English on the page as it does in the API, in every country", () => {
    for (const country of COUNTRY_CODES)
      for (const mistake of mistakesOf(country))
        expect(`${country} ${mistakeSentence(ENGLISH, country, mistake)}`).toBe(
          `${country} ${mistake.detail}`,
        );
  });

  it.each(["de", "fr", "ar"])("has a sentence of its own in %s", (locale) => {
    const speech = speechFor(locale);
    for (const country of ["DE", "US", "AE", "JP", "GB"])
      for (const mistake of mistakesOf(country))
        expect(mistakeSentence(speech, country, mistake)).not.toBe(mistake.detail);
  });

  it("names each field of a form in the language of the page", () => {
    expect(
      addressForm("DE")
        .rows.flat()
        .map((field) => addressWords(speechFor("de"), "DE", field)),
    ).toEqual(["Straße und Hausnummer", "Postleitzahl", "Ort"]);
  });
});
