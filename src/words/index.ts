export { formatClock, formatDate, formatDay, formatDayRange, formatHour, formatInstant } from "./dates.ts";
export { type Key, type Language } from "./dictionaries.ts";
export { DEFAULT_LOCALE, formatMinor, formatMinorShort, formatMoney } from "./money.ts";
export { countryName, languageName } from "./names.ts";
export { plural, type PluralWords } from "./plural.ts";
export { speechFor, type Speech } from "./speech.ts";
export { languageOf } from "./words.ts";
