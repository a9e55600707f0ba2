/** A BCP 47 tag as far as a shop needs it: language, script and region, such as `de`, `de-CH` or `zh-Hant-TW`. */
const LOCALE = /^[a-z]{2,3}(?:-[A-Z][a-z]{3})?(?:-(?:[A-Z]{2}|\d{3}))?$/;

/** Whether the text is a locale as it is written here: language small, script with a capital, region in capitals. */
export const isLocale = (text: string): boolean => LOCALE.test(text);

/** The locale and what it falls back to, closest first: `de-CH`, then `de`. The shop's own texts come after the last. */
export function localeChain(locale: string): readonly string[] {
  const parts = locale.split("-");
  return parts.map((_, index) => parts.slice(0, parts.length - index).join("-"));
}

/** Languages that are written from right to left, unless a script says otherwise. */
const RIGHT_TO_LEFT = new Set([
  "ar",
  "arc",
  "ckb",
  "dv",
  "fa",
  "he",
  "ku",
  "ps",
  "sd",
  "syr",
  "ug",
  "ur",
  "yi",
]);
const RIGHT_TO_LEFT_SCRIPTS = new Set(["Arab", "Hebr", "Syrc", "Thaa", "Nkoo", "Adlm"]);

/** The direction that a page in this locale is written in, for the `dir` attribute. */
export function directionOf(locale: string): "ltr" | "rtl" {
  const [language = "", script = ""] = locale.split("-");
  const isRightToLeft = /^[A-Z][a-z]{3}$/.test(script)
    ? RIGHT_TO_LEFT_SCRIPTS.has(script)
    : RIGHT_TO_LEFT.has(language);
  return isRightToLeft ? "rtl" : "ltr";
}
