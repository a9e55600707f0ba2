const LENGTHS = new Set([8, 12, 13, 14]);

/** The GTIN that a bar code is, without spaces and hyphens; empty when its length or its check digit is wrong. */
export function gtinOf(barcode: string | undefined): string {
  const digits = (barcode ?? "").replaceAll(/[\s-]/g, "");
  if (!/^\d+$/.test(digits) || !LENGTHS.has(digits.length)) return "";
  const sum = Array.from(digits, Number)
    .reverse()
    .reduce((total, digit, index) => total + digit * (index % 2 === 1 ? 3 : 1), 0);
  return sum % 10 === 0 ? digits : "";
}
