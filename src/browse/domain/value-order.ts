/** Sizes of clothes, in the order in which people name them. */
const SIZE_WORDS = ["xxxs", "xxs", "xs", "s", "m", "l", "xl", "xxl", "2xl", "xxxl", "3xl", "4xl", "5xl"];

const sizeOf = (label: string): number => SIZE_WORDS.indexOf(label.trim().toLowerCase());

// Building a collator costs far more than using it; the same for every visitor.
const collator = new Intl.Collator("en", { numeric: true, sensitivity: "base" });

/** Compares two values of a facet as people order them: S, M, L; A3, A4; 9, 10. */
export function compareNaturally(left: string, right: string): number {
  const [first, second] = [sizeOf(left), sizeOf(right)];
  if (first >= 0 && second >= 0) return first - second;
  if (first >= 0 || second >= 0) return first >= 0 ? -1 : 1;
  return collator.compare(left, right);
}

/** True when values are better ordered naturally: most of them are sizes or begin with a number. */
export const looksOrdered = (labels: readonly string[]): boolean =>
  labels.filter((label) => sizeOf(label) >= 0 || /^[a-z]?\d/i.test(label.trim())).length * 2 > labels.length;
