/** How a country writes its postcodes. Codes are compared without spaces and dashes, in capitals. */
export type PostcodeRule = {
  /** Tests the code without spaces and dashes. */
  readonly pattern: RegExp;
  /** Puts the spaces and dashes back. */
  readonly format: (compact: string) => string;
  /** All digits: the phone shows its number pad. */
  readonly isNumeric: boolean;
  /** Says what to enter. */
  readonly sentence: string;
  /** The facts of that sentence, for pages in other languages: how many digits, or a code to follow. */
  readonly digits?: number;
  readonly example?: string;
};

const digits = (count: number, format = (compact: string): string => compact): PostcodeRule => ({
  pattern: new RegExp(`^\\d{${count}}$`),
  format,
  isNumeric: true,
  sentence: `Enter a postcode with ${count} digits.`,
  digits: count,
});

const splitAt =
  (position: number, separator: string) =>
  (compact: string): string =>
    compact.slice(0, position) + separator + compact.slice(position);

/** Puts a separator before the last characters. */
const splitBeforeLast =
  (count: number) =>
  (compact: string): string =>
    `${compact.slice(0, -count)} ${compact.slice(-count)}`;

const letters = (pattern: RegExp, format: (compact: string) => string, example: string): PostcodeRule => ({
  pattern,
  format,
  isNumeric: false,
  sentence: `Enter a postcode like ${example}.`,
  example,
});

export const POSTCODES: Readonly<Record<string, PostcodeRule>> = {
  DE: digits(5),
  AT: digits(4),
  CH: digits(4),
  FR: digits(5),
  DK: digits(4),
  NO: digits(4),
  ES: digits(5),
  IT: digits(5),
  AU: digits(4),
  MX: digits(5),
  SG: digits(6),
  IN: { ...digits(6), sentence: "Enter a PIN code with 6 digits." },
  SE: digits(5, splitAt(3, " ")),
  PL: digits(5, splitAt(2, "-")),
  PT: digits(7, splitAt(4, "-")),
  JP: digits(7, splitAt(3, "-")),
  BR: { ...digits(8, splitAt(5, "-")), sentence: "Enter a CEP with 8 digits." },
  US: {
    pattern: /^\d{5}(?:\d{4})?$/,
    format: (compact) => (compact.length === 9 ? splitAt(5, "-")(compact) : compact),
    isNumeric: true,
    sentence: "Enter a ZIP code with 5 or 9 digits.",
  },
  NL: letters(/^[1-9]\d{3}[A-Z]{2}$/, splitAt(4, " "), "1012 AB"),
  GB: letters(/^[A-Z]{1,2}\d[A-Z\d]?\d[A-Z]{2}$|^GIR0AA$/, splitBeforeLast(3), "SW1A 1AA"),
  IE: letters(/^[A-Z]\d[\dW][A-Z\d]{4}$/, splitAt(3, " "), "D02 X285"),
  CA: letters(/^[ABCEGHJ-NPRSTVXY]\d[ABCEGHJ-NPRSTV-Z]\d[ABCEGHJ-NPRSTV-Z]\d$/, splitAt(3, " "), "K1A 0B1"),
};

/**
 * Cleans a postcode: capitals, and spaces and dashes as the country writes them. `undefined` when it cannot be one.
 * A country without a rule takes any letters and digits.
 */
export function cleanPostcode(country: string, text: string): string | undefined {
  const rule = POSTCODES[country];
  const capitals = text.normalize("NFKC").toUpperCase().trim();
  if (!rule) return /^[A-Z0-9][A-Z0-9 -]{0,14}$/.test(capitals) ? capitals.replace(/ +/g, " ") : undefined;
  const compact = capitals.replace(/[\s\p{Pd}]/gu, "");
  return rule.pattern.test(compact) ? rule.format(compact) : undefined;
}
