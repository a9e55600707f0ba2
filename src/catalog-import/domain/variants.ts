import type { CurrencyCode } from "#kernel";
import {
  readAmount,
  readBoolean,
  readPictureUrl,
  readQuantity,
  Findings,
  type FileFacts,
  type Reading,
} from "./cells.ts";
import type { Field } from "./columns.ts";
import type { StockDraft, VariantDraft } from "./draft.ts";
import {
  DEFAULT_BACKORDER_LIMIT,
  MAX_BARCODE_CHARACTERS,
  MAX_SKU_CHARACTERS,
  MAX_WEIGHT_GRAMS,
} from "./limits.ts";
import { readOptionValues, type Options } from "./options.ts";
import type { Gallery } from "./pictures.ts";
import type { SourceRow } from "./rows.ts";
import { cleanCode, fitSku, generateSku } from "./sku.ts";
import { parseWeightUnit, toGrams } from "./weight.ts";
import { cleanText } from "./text.ts";

/** Cells that make a row a variant; a row without any of them adds a picture at most. */
const VARIANT_FIELDS: readonly Field[] = [
  "option1Value",
  "option2Value",
  "option3Value",
  "sku",
  "barcode",
  "price",
];

/** Whether a row tells a variant. */
export const isVariantRow = (row: SourceRow): boolean =>
  VARIANT_FIELDS.some((field) => cleanText(row.cells[field]) !== "");

export type VariantContext = {
  readonly handle: string;
  readonly options: Options;
  readonly gallery: Gallery;
  readonly facts: FileFacts;
  readonly findings: Findings;
};

/** Reads the variants of a product, one per variant row; the same options twice are rejected. */
export function readVariants(rows: readonly SourceRow[], context: VariantContext): VariantDraft[] {
  const lineOfOptions = new Map<string, number>();
  return rows.flatMap((row) => {
    const variant = readVariant(row, context);
    const key = JSON.stringify(variant?.optionValues ?? []);
    const earlier = lineOfOptions.get(key);
    if (variant && earlier !== undefined)
      context.findings.reject(
        row,
        context.options.valueFields[0],
        sameOptionsReason(context.options, earlier),
      );
    if (variant && earlier === undefined) lineOfOptions.set(key, row.line);
    return variant ? [variant] : [];
  });
}

const sameOptionsReason = (options: Options, line: number): string =>
  options.names.length === 0
    ? `The product has no options, so it can have one variant only; line ${line} is it already.`
    : `The variant has the same options as the one on line ${line}.`;

function readVariant(
  row: SourceRow,
  { handle, options, gallery, facts, findings }: VariantContext,
): VariantDraft | undefined {
  const optionValues = readOptionValues(row, options, findings);
  const priceMinor = readPrice(row, facts, findings);
  const barcode = readBarcode(row, findings);
  const compareAtMinor = readCompareAt({ row, findings }, priceMinor ?? 0, facts.currency);
  const pictureUrl = readPictureUrl(row, "variantImage", new Findings({}));
  const pictureIndex = pictureUrl === undefined ? undefined : gallery.indexOf.get(pictureUrl);
  const rest = {
    weightGrams: readWeight(row, findings),
    taxClass: readBoolean({ row, findings }, "taxable", true) ? ("standard" as const) : ("zero" as const),
    requiresShipping: readBoolean({ row, findings }, "requiresShipping", true),
    stock: readStock(row, facts, findings),
  };
  if (priceMinor === undefined) return undefined;
  return {
    line: row.line,
    sku: readSku(row, generateSku(handle, optionValues), findings),
    optionValues,
    priceMinor,
    ...rest,
    ...(barcode === undefined ? {} : { barcode }),
    ...(compareAtMinor === undefined ? {} : { compareAtMinor }),
    ...(pictureIndex === undefined ? {} : { pictureIndex }),
  };
}

/** A variant without a price would be given away, so it is refused. */
function readPrice(row: SourceRow, facts: FileFacts, findings: Findings): number | undefined {
  if (cleanText(row.cells.price) === "") return findings.reject(row, "price", "A variant needs a price.");
  return readAmount({ row, findings }, "price", facts.currency);
}

function readCompareAt(reading: Reading, priceMinor: number, currency: CurrencyCode): number | undefined {
  const minor = readAmount(reading, "compareAt", currency);
  if (minor === undefined || minor === 0) return undefined;
  if (minor > priceMinor) return minor;
  const { row, findings } = reading;
  return findings.warn(row, "compareAt", "A former price must be above the price; it was left out.");
}

function readSku(row: SourceRow, generated: string, findings: Findings): string {
  const code = cleanCode(row.cells.sku ?? "");
  if (code === "") return generated;
  const sku = fitSku(code);
  if (sku !== code)
    findings.warn(row, "sku", `A SKU has at most ${MAX_SKU_CHARACTERS} characters; it became ${sku}.`);
  return sku;
}

function readBarcode(row: SourceRow, findings: Findings): string | undefined {
  const code = cleanCode(row.cells.barcode ?? "");
  if (code === "") return undefined;
  if (code.length <= MAX_BARCODE_CHARACTERS) return code;
  return findings.warn(
    row,
    "barcode",
    `A bar code has at most ${MAX_BARCODE_CHARACTERS} characters; it was left out.`,
  );
}

/** Grams stand in their own column whatever the unit for display says; a plain weight is told in that unit. */
function readWeight(row: SourceRow, findings: Findings): number {
  const unitText = cleanText(row.cells.weightUnit);
  const unit = unitText === "" ? "g" : parseWeightUnit(unitText);
  if (unit === undefined)
    findings.reject(row, "weightUnit", "The unit of weight is one of g, kg, lb and oz.");
  const field: Field = cleanText(row.cells.grams) === "" ? "weight" : "grams";
  const text = cleanText(row.cells[field]);
  if (text === "") return 0;
  const grams = toGrams(text, field === "grams" ? "g" : (unit ?? "g"));
  if (grams === undefined || grams > MAX_WEIGHT_GRAMS)
    findings.reject(row, field, "Write the weight as a number of at least 0, such as 250 or 0.25.");
  return grams ?? 0;
}

/**
 * No tracker means that nobody counts the units. In a file without that column, a quantity means that somebody does, and
 * no quantity says nothing: a file of prices must not make counted goods endless.
 */
function readStock(row: SourceRow, facts: FileFacts, findings: Findings): StockDraft {
  const counted = readQuantity(row, findings);
  const continues = readContinues(row, findings);
  const isTracked =
    facts.names.tracker === undefined ? counted !== undefined : cleanText(row.cells.tracker) !== "";
  if (!isTracked && facts.names.tracker === undefined)
    return { policy: { kind: "untracked" }, isForNewOnly: true };
  if (!isTracked) return { policy: { kind: "untracked" } };
  const policy = continues
    ? ({ kind: "backorder", limit: DEFAULT_BACKORDER_LIMIT } as const)
    : ({ kind: "deny" } as const);
  return counted === undefined ? { policy } : { policy, counted };
}

function readContinues(row: SourceRow, findings: Findings): boolean {
  const text = cleanText(row.cells.inventoryPolicy).toLowerCase();
  if (["", "deny", "false", "no"].includes(text)) return false;
  if (["continue", "true", "yes"].includes(text)) return true;
  findings.reject(row, "inventoryPolicy", "Write deny or continue.");
  return false;
}
