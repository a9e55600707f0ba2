const MAX_SKU_CHARACTERS = 64;
const LINE = /^(\S+)\s+(\d{1,7})$/;

type Lines = readonly { readonly sku: string; readonly quantity: number }[];

/**
 * Reads a text of one SKU and its units a line; empty lines count for nothing. A sentence about the first line that is
 * wrong, or about their number.
 */
export function readUnitLines(
  text: string,
  { minimum, maximum }: { readonly minimum: number; readonly maximum: number },
): { readonly lines: Lines } | { readonly message: string } {
  const rows = text
    .split("\n")
    .map((row) => row.trim())
    .filter((row) => row !== "");
  const lines = rows.map((row) => {
    const [, sku = "", units = ""] = LINE.exec(row) ?? [];
    return { row, sku, quantity: Number(units) };
  });
  const wrong = lines.find(
    ({ sku, quantity }) => sku === "" || sku.length > MAX_SKU_CHARACTERS || quantity < 1,
  );
  if (wrong) return { message: `Write a SKU and its units in this line: ${wrong.row}` };
  if (lines.length < minimum || lines.length > maximum)
    return { message: `Enter ${minimum} to ${maximum} lines.` };
  return { lines: lines.map(({ sku, quantity }) => ({ sku, quantity })) };
}

/** The text that {@link readUnitLines} reads. */
export const writeUnitLines = (lines: Lines): string =>
  lines.map(({ sku, quantity }) => `${sku} ${quantity}`).join("\n");
