import { DICTIONARIES, type Key, type Language, type Names } from "./dictionaries.ts";
import { pieces, type Message } from "./message.ts";
import { formatNumber } from "./number.ts";
import { pluralCategory } from "./plural.ts";

type Values<K extends Key, V> = Readonly<Record<Names<K>, V>>;
/** A sentence without placeholders takes no values. */
export type ValuesFor<K extends Key, V = string | number> = [Names<K>] extends [never]
  ? readonly []
  : readonly [values: Values<K, V>];

/** The shop's own words in one locale. */
export type Words = {
  /** BCP 47: of numbers, dates and amounts. */
  readonly locale: string;
  /** The language of the words; English where the shop does not speak the locale's. */
  readonly language: Language;
  /** A sentence; numbers in it are written as the locale writes them. */
  readonly say: <K extends Key>(key: K, ...values: ValuesFor<K>) => string;
  /** The same for values that are not text, such as links: the parts in their order. */
  readonly parts: <K extends Key, V>(
    key: K,
    values: Readonly<Record<Names<K>, string | number | V>>,
  ) => (string | V)[];
};

const isSpoken = (language: string): language is Language => Object.hasOwn(DICTIONARIES, language);

/** The language in which the shop's words stand on a page of a locale. */
export function languageOf(locale: string): Language {
  const [language = ""] = locale.toLowerCase().split("-");
  return isSpoken(language) ? language : "en";
}

/** The text for these values: of a plural the one for its count. */
function textOf(locale: string, message: Message, count: unknown): string {
  if (typeof message === "string") return message;
  if (typeof count !== "number") return message.other;
  if (count === 0 && message.none !== undefined) return message.none;
  return message[pluralCategory(count, locale)] ?? message.other;
}

/** The words for a locale; cheap, but see `speechFor`, which keeps them. */
export function wordsFor(locale: string): Words {
  const language = languageOf(locale);
  const dictionary: Readonly<Record<Key, Message>> = DICTIONARIES[language];
  const fill = (key: Key, values: Readonly<Record<string, unknown>>) => {
    const text = textOf(locale, dictionary[key], values["count"]);
    return pieces(text, (name) => {
      const value = values[name];
      return typeof value === "number" ? formatNumber(value, locale) : value;
    });
  };
  return {
    locale,
    language,
    say: (key, ...[values]) => fill(key, values ?? {}).join(""),
    // What goes in comes out: the values of the caller, with numbers made text.
    parts: <K extends Key, V>(key: K, values: Readonly<Record<Names<K>, string | number | V>>) =>
      fill(key, values) as (string | V)[],
  };
}
