import type { ProductInput, TaxClass, VariantInput } from "../contract.ts";
import { checkCount, checkWhole, readText, type Field } from "./field-errors.ts";
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
export function readOptions(root: Field, options: readonly string[]): string[] {
  checkCount(root.at("/options"), options.length, MAX_OPTIONS);
  const seen = new Set<string>();
  return options.slice(0, MAX_OPTIONS).map((name, index) => {
    const clean = readText(root.at(`/options/${index}`), name, {
      minimum: 1,
      maximum: MAX_OPTION_CHARACTERS,
    });
    const key = clean.toLowerCase();
    if (seen.has(key))
      root.at(`/options/${index}`).refuse(`Give each option its own name; ${clean} is there already.`);
    seen.add(key);
    return clean;
  });
}

/**
 * Checks all variants against the product's options and pictures. Several variants may share a SKU: they are the same
 * article. No two may have the same option values: nobody could choose between them.
 */
export function readVariants(root: Field, product: ProductInput, options: readonly string[]): VariantInput[] {
  const { variants } = product;
  if (variants.length === 0)
    root.at("/variants").refuse("List at least one variant, with its SKU and price.");
  if (options.length === 0 && variants.length > 1) {
    root.at("/options").refuse("Name at least one option, because there are several variants.");
  }
  checkCount(root.at("/variants"), variants.length, MAX_VARIANTS);
  const read = variants
    .slice(0, MAX_VARIANTS)
    .map((variant, index) => readVariant(root.at(`/variants/${index}`), variant, product.pictures.length));
  checkChoices(root, read, options);
  return read;
}

function readVariant(field: Field, variant: VariantInput, pictureCount: number): VariantInput {
  const sku = readCode(field.at("/sku"), variant.sku, { minimum: 1, maximum: MAX_SKU_CHARACTERS });
  const barcode = readCode(field.at("/barcode"), variant.barcode ?? "", {
    minimum: 0,
    maximum: MAX_BARCODE_CHARACTERS,
  });
  checkWhole(field.at("/weightGrams"), variant.weightGrams, {
    minimum: 0,
    maximum: MAX_WEIGHT_GRAMS,
  });
  if (!TAX_CLASSES.includes(variant.taxClass)) {
    field.at("/taxClass").refuse(`Use one of ${TAX_CLASSES.join(", ")}.`);
  }
  if (variant.pictureIndex !== undefined && !isIndex(variant.pictureIndex, pictureCount)) {
    field.at("/pictureIndex").refuse(`Use the place of one of the ${pictureCount} pictures, counted from 0.`);
  }
  return {
    sku,
    ...(barcode === "" ? {} : { barcode }),
    optionValues: variant.optionValues.map((value, index) =>
      readText(field.at(`/optionValues/${index}`), value, {
        minimum: 1,
        maximum: MAX_OPTION_CHARACTERS,
      }),
    ),
    ...readPrices(field, variant),
    weightGrams: variant.weightGrams,
    taxClass: variant.taxClass,
    requiresShipping: variant.requiresShipping,
    ...(variant.pictureIndex === undefined ? {} : { pictureIndex: variant.pictureIndex }),
  };
}

const isIndex = (value: number, count: number): boolean =>
  Number.isInteger(value) && value >= 0 && value < count;

function readCode(
  field: Field,
  text: string,
  bounds: { readonly minimum: 0 | 1; readonly maximum: number },
): string {
  const code = readText(field, text, bounds);
  if (UNPRINTABLE.test(code)) field.refuse("Use printable characters only, without line breaks.");
  return code;
}

type Prices = Pick<VariantInput, "priceMinor" | "compareAtMinor" | "lowest30DaysMinor">;

/** A compare-at price that is not above the price is no reduction, and is left out as other shops do. */
function readPrices(field: Field, variant: VariantInput): Prices {
  const bounds = { minimum: 0, maximum: MAX_PRICE_MINOR };
  const { priceMinor, compareAtMinor, lowest30DaysMinor } = variant;
  checkWhole(field.at("/priceMinor"), priceMinor, bounds);
  if (compareAtMinor !== undefined) checkWhole(field.at("/compareAtMinor"), compareAtMinor, bounds);
  if (lowest30DaysMinor !== undefined) checkWhole(field.at("/lowest30DaysMinor"), lowest30DaysMinor, bounds);
  if (compareAtMinor === undefined || compareAtMinor <= priceMinor) return { priceMinor };
  return { priceMinor, compareAtMinor, ...(lowest30DaysMinor === undefined ? {} : { lowest30DaysMinor }) };
}

function checkChoices(root: Field, variants: readonly VariantInput[], options: readonly string[]): void {
  const seen = new Map<string, number>();
  variants.forEach(({ optionValues }, index) => {
    const field = root.at(`/variants/${index}/optionValues`);
    if (optionValues.length !== options.length) {
      field.refuse(`Give ${options.length} values, one for each option of the product.`);
    }
    const key = JSON.stringify(optionValues);
    const first = seen.get(key);
    if (first !== undefined && options.length > 0) {
      field.refuse(`Choose other values: variant ${first} has the same ones.`);
    }
    if (first === undefined) seen.set(key, index);
  });
}
