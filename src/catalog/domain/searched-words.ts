import { foldText } from "./listing.ts";
import { MAX_KNOWN_WORD_LETTERS, MAX_KNOWN_WORDS } from "./limits.ts";

/** Words of letters only: a code is found as it is, or not at all. */
export const knownWords = (text: string): string[] =>
  [...new Set(foldText(text).match(/[\p{L}\p{N}]+/gu) ?? [])]
    .filter((word) => word.length > 2 && word.length <= MAX_KNOWN_WORD_LETTERS && !/\p{N}/u.test(word))
    .slice(0, MAX_KNOWN_WORDS);

const ARABIC_ARTICLE = /^(?:وال|بال|كال|فال|ال)(?=\p{L}{2})/u;

/**
 * Other ways in which people write the words of a folded text: German sharp s as ss, Arabic without its article and with
 * a plain last letter. Only those that differ, so that most texts have none.
 */
export function otherSpellings(text: string): string {
  const words = [...new Set(foldText(text).match(/[\p{L}\p{N}]+/gu) ?? [])];
  const others = words.flatMap((word) => {
    const bare = word.replace(ARABIC_ARTICLE, "");
    return [word.replaceAll("ß", "ss"), bare, plainEnding(word), plainEnding(bare)];
  });
  return [...new Set(others)].filter((word) => !words.includes(word)).join(" ");
}

/** Teh marbuta and alef maqsura as they are typed in a hurry. */
const plainEnding = (word: string): string => word.replace(/ة$/u, "ه").replace(/ى$/u, "ي");
