/** Words that say nothing about goods, in English and German: left out of a query that has others. */
export const STOP_WORDS: ReadonlySet<string> = new Set(
  (
    "a an and as at by for from in into is it my of on or that the this to with " +
    "am auf aus bei das dem den der des die ein eine einem einen einer für im in ist mit oder um und von vom zu zum zur"
  ).split(" "),
);
