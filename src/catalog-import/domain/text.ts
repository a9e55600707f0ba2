/** Text on one line: control characters and runs of spaces become one space. */
export const cleanText = (text: string | undefined): string =>
  (text ?? "").replace(/[\p{Control}\s]+/gu, " ").trim();

/** Cuts to UTF-16 units, in which the catalogue counts, without splitting a character. */
export function cutToUnits(text: string, units: number): string {
  if (text.length <= units) return text;
  let cut = "";
  for (const character of text) {
    if (cut.length + character.length > units) break;
    cut += character;
  }
  return cut;
}
