/**
 * JSON that may stand inside a script element: `<`, `>`, `&` and the two line separators are escaped, so that no value
 * can end the element. For `application/ld+json` only; pages have no inline script that runs.
 */
export const jsonForScript = (value: unknown): string =>
  JSON.stringify(value).replace(
    /[<>&\u2028\u2029]/g,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`,
  );
