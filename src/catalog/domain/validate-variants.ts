import type { ProductInput, TaxClass, VariantInput } from "../contract.ts";
import { checkCount, checkWhole, readText, type FieldErrors } from "./field-errors.ts";
import {
  MAX_BARCODE_CHARACTERS,
  MAX_OPTION_CHARACTERS,
  MAX_OPTIONS,
  MAX_PRICE_MINOR,
  MAX_SKU_CHARACTERS,
  MAX_VARIANTS,
  MAX_WEIGHT_GRAMS,
} from "./limits.ts";

const TAX_CLASSES: readonly TaxClass[] = ["standard", "reduced", "zero"];
const UNPRINTABLE = /[\p{Cc}\p{Cs}]/u;

/** Checks the names of a product's options: 0 to 3, each its own. */
export function readOptions(errors: FieldErrors, options: readonly string[]): string[] {
  checkCount(errors, "/options", options.length, MAX_OPTIONS);
  const seen = new Set<string>();
  return options.slice(0, MAX_OPTIONS).map((name, index) => {
    const clean = readText(errors, `/options/${index}`, name, { minimum: 1, maximum: MAX_OPTION_CHARACTERS });
    const key = clean.toLowerCase();
    if (seen.has(key))
      errors.add(`/options/${index}`, `Give each option its own name; ${clean} is there already.`);
    seen.add(key);
    return clean;
  });
}

/**
 * Checks all variants against the product's options and pictures. Several variants may share a SKU: they are the same
 * article. No two may have the same option values: nobody could choose between them.
 */
export function readVariants(
  errors: FieldErrors,
  product: ProductInput,
  options: readonly string[],
): VariantInput[] {
  const { variants } = product;
  if (variants.length === 0) errors.add("/variants", "List at least one variant, with its SKU and price.");
  if (options.length === 0 && variants.length > 1) {
    errors.add("/options", "Name at least one option, because there are several variants.");
  }
  checkCount(errors, "/variants", variants.length, MAX_VARIANTS);
  const read = variants
    .slice(0, MAX_VARIANTS)
    .map((variant, index) => readVariant(errors, `/variants/${index}`, variant, product.pictures.length));
  checkChoices(errors, read, options);
  return read;
}

function readVariant(
  errors: FieldErrors,
  pointer: string,
  variant: VariantInput,
  pictureCount: number,
): VariantInput {
  const sku = readCode(errors, `${pointer}/sku`, variant.sku, { minimum: 1, maximum: MAX_SKU_CHARACTERS });
  const barcode = readCode(errors, `${pointer}/barcode`, variant.barcode ?? "", {
    minimum: 0,
    maximum: MAX_BARCODE_CHARACTERS,
  });
  checkWhole(errors, `${pointer}/weightGrams`, variant.weightGrams, {
    minimum: 0,
    maximum: MAX_WEIGHT_GRAMS,
  });
  if (!TAX_CLASSES.includes(variant.taxClass)) {
    errors.add(`${pointer}/taxClass`, `Use one of ${TAX_CLASSES.join(", ")}.`);
  }
  if (variant.pictureIndex !== undefined && !isIndex(variant.pictureIndex, pictureCount)) {
    errors.add(
      `${pointer}/pictureIndex`,
      `Use the place of one of the ${pictureCount} pictures, counted from 0.`,
    );
  }
  return {
    sku,
    ...(barcode === "" ? {} : { barcode }),
    optionValues: variant.optionValues.map((value, index) =>
      readText(errors, `${pointer}/optionValues/${index}`, value, {
        minimum: 1,
        maximum: MAX_OPTION_CHARACTERS,
      }),
    ),
    ...readPrices(errors, pointer, variant),
    weightGrams: variant.weightGrams,
    taxClass: variant.taxClass,
    requiresShipping: variant.requiresShipping,
    ...(variant.pictureIndex === undefined ? {} : { pictureIndex: variant.pictureIndex }),
  };
}

const isIndex = (value: number, count: number): boolean =>
  Number.isInteger(value) && value >= 0 && value < count;

function readCode(
  errors: FieldErrors,
  pointer: string,
  text: string,
  bounds: { readonly minimum: 0 | 1; readonly maximum: number },
): string {
  const code = readText(errors, pointer, text, bounds);
  if (UNPRINTABLE.test(code)) errors.add(pointer, "Use printable characters only, without line breaks.");
  return code;
}

type Prices = Pick<VariantInput, "priceMinor" | "compareAtMinor" | "lowest30DaysMinor">;

/** A compare-at price that is not above the price is no reduction, and is left out as other shops do. */
function readPrices(errors: FieldErrors, pointer: string, variant: VariantInput): Prices {
  const bounds = { minimum: 0, maximum: MAX_PRICE_MINOR };
  const { priceMinor, compareAtMinor, lowest30DaysMinor } = variant;
  checkWhole(errors, `${pointer}/priceMinor`, priceMinor, bounds);
  if (compareAtMinor !== undefined) checkWhole(errors, `${pointer}/compareAtMinor`, compareAtMinor, bounds);
  if (lowest30DaysMinor !== undefined)
    checkWhole(errors, `${pointer}/lowest30DaysMinor`, lowest30DaysMinor, bounds);
  if (compareAtMinor === undefined || compareAtMinor <= priceMinor) return { priceMinor };
  return { priceMinor, compareAtMinor, ...(lowest30DaysMinor === undefined ? {} : { lowest30DaysMinor }) };
}

function checkChoices(
  errors: FieldErrors,
  variants: readonly VariantInput[],
  options: readonly string[],
): void {
  const seen = new Map<string, number>();
  variants.forEach(({ optionValues }, index) => {
    const pointer = `/variants/${index}/optionValues`;
    if (optionValues.length !== options.length) {
      errors.add(pointer, `Give ${options.length} values, one for each option of the product.`);
    }
    const key = JSON.stringify(optionValues);
    const first = seen.get(key);
    if (first !== undefined && options.length > 0) {
      errors.add(pointer, `Choose other values: variant ${first} has the same ones.`);
    }
    if (first === undefined) seen.set(key, index);
  });
}
