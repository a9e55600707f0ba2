import { describe, expect, it } from "vitest";
import { DICTIONARIES, type Language } from "./dictionaries.ts";
import { placeholdersOf, type Message } from "./message.ts";
import { speechFor } from "./speech.ts";
import { languageOf, wordsFor } from "./words.ts";

const LANGUAGES = Object.keys(DICTIONARIES) as readonly Language[];
const TRANSLATIONS = LANGUAGES.filter((language) => language !== "en");

const messages = (language: Language): readonly (readonly [key: string, message: Message])[] =>
  Object.entries<Message>(DICTIONARIES[language]);

const textsOf = (message: Message): readonly string[] =>
  typeof message === "string" ? [message] : Object.values(message);

/** The categories that counts of goods fall into; a million pieces are nobody's cart. */
const categoriesOf = (language: Language): ReadonlySet<string> => {
  const rules = new Intl.PluralRules(language);
  return new Set(Array.from({ length: 201 }, (_, count) => rules.select(count)));
};

/** Names in any text of a message, the count aside: `one` may say it as a word. */
const namesIn = (message: Message): readonly string[] =>
  [...new Set(textsOf(message).flatMap(placeholdersOf))].filter(
    (name) => typeof message === "string" || name !== "count",
  );

describe.each(TRANSLATIONS)("the words in %s", (language) => {
  const translated = DICTIONARIES[language];

  it("are there for every English sentence, and for nothing else", () => {
    expect(Object.keys(translated).sort()).toEqual(Object.keys(DICTIONARIES.en).sort());
  });

  it("name the same values as the English ones", () => {
    const other = messages("en").filter(([key, english]) => {
      const message: Message = translated[key as keyof typeof translated];
      return namesIn(message).toSorted().join() !== namesIn(english).toSorted().join();
    });
    expect(other.map(([key]) => key)).toEqual([]);
  });

  it("have a text for every number that the language tells apart", () => {
    const needed = categoriesOf(language);
    for (const [key, message] of messages(language))
      if (typeof message !== "string")
        for (const category of needed)
          expect({ key, has: Object.keys(message) }).toEqual({
            key,
            has: expect.arrayContaining([category]) as unknown,
          });
  });

  it("are never empty and never left in English", () => {
    const same = messages(language).filter(
      ([key, message]) =>
        textsOf(message).some((text) => text.trim() === "") ||
        (typeof message === "string" &&
          message.length > 24 &&
          message === textsOf(DICTIONARIES.en[key as keyof typeof translated])[0]),
    );
    expect(same).toEqual([]);
  });
});

describe("a country in a sentence", () => {
  it("has its article in English, and stands alone in lists and in other languages", () => {
    const { country, countryInSentence } = speechFor("en-US");
    expect([country("US"), countryInSentence("US"), countryInSentence("DE")]).toEqual([
      "United States",
      "the United States",
      "Germany",
    ]);
    expect(speechFor("de").countryInSentence("CH")).toBe("Schweiz");
  });
});

describe("a sentence", () => {
  it("fills its values, and writes numbers as the locale does", () => {
    expect(wordsFor("en-GB").say("list.of_shown", { count: 1234, total: 20_000 })).toBe(
      "1,234 of 20,000 shown",
    );
    expect(wordsFor("de-DE").say("list.of_shown", { count: 1234, total: 20_000 })).toBe(
      "1.234 von 20.000 gezeigt",
    );
  });

  it.each([
    ["en-GB", [0, 1, 2, 24], ["No products", "1 product", "2 products", "24 products"]],
    ["de-CH", [0, 1, 24], ["Keine Produkte", "1 Produkt", "24 Produkte"]],
    ["fr", [0, 1, 2], ["Aucun produit", "1 produit", "2 produits"]],
    ["ar", [0, 1, 2, 3, 11, 100], ["لا منتجات", "منتج واحد", "منتجان", "3 منتجات", "11 منتجًا", "100 منتج"]],
  ])("agrees with its count in %s", (locale, counts, texts) => {
    expect(counts.map((count) => wordsFor(locale).say("list.products", { count }))).toEqual(texts);
  });

  it("gives what is no text back as it came, in its place", () => {
    const link = { href: "/cart" };
    expect(wordsFor("fr").parts("search.meant", { query: "heroon", correction: link })).toEqual([
      "Rien ne correspond à « ",
      "heroon",
      " ». Vouliez-vous dire ",
      link,
      " ? C’est ce qui est affiché.",
    ]);
  });

  it("is English, with the locale's own numbers, where the shop does not speak the language", () => {
    expect(languageOf("fi-FI")).toBe("en");
    expect(speechFor("fi-FI").money(123_456, "EUR").replaceAll("\u00a0", " ")).toBe("1 234,56 €");
  });

  it("never takes a value for a placeholder", () => {
    expect(wordsFor("en-GB").say("search.none", { query: "{query} {count}" })).toBe(
      "Nothing matches “{query} {count}”.",
    );
  });
});
