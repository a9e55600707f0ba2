/** Folds text for comparing words: small letters without marks, as the full-text index folds them. */
export const foldText = (text: string): string =>
  text
    .normalize("NFKD")
    .replace(/\p{Mark}+/gu, "")
    .toLowerCase()
    .trim();
