import {
  optionParameters,
  optionSlug,
  valueOfSlug,
  variantHref,
  type ProductView,
  type VariantView,
} from "#catalog";
import type { OptionLink } from "#web";

/** One option of a product as its page offers it. */
export type OptionChoice = {
  readonly name: string;
  /** Of the page's address. */
  readonly parameter: string;
  readonly links: readonly OptionLink[];
};

/** What the address of a product page chose. */
export type ProductChoice = {
  readonly variant: VariantView | undefined;
  readonly options: readonly OptionChoice[];
  /** Parameters of the address that mean something for this product, in the options' order. */
  readonly parameters: readonly string[];
  /** False when the address names values that no variant has. */
  readonly isExact: boolean;
};

const isBuyable = (variant: VariantView): boolean => variant.availability !== "sold_out";

/**
 * Finds the variant that an address asks for. Values that are missing or unknown are filled in from the first variant
 * that can be had and fits the rest; without any fit, from the first variant that can be had.
 */
export function chooseVariant(
  product: Pick<ProductView, "handle" | "options" | "variants">,
  query: Readonly<Record<string, string>>,
): ProductChoice {
  const parameters = optionParameters(product);
  const wanted = product.options.map((option, index) => {
    const slug = query[parameters[index] ?? ""];
    return slug === undefined ? undefined : valueOfSlug(option, slug);
  });
  const fitting = product.variants.filter((variant) =>
    wanted.every((value, index) => value === undefined || variant.optionValues[index] === value),
  );
  const variant =
    fitting.find(isBuyable) ?? fitting[0] ?? product.variants.find(isBuyable) ?? product.variants[0];
  return {
    variant,
    parameters,
    isExact: fitting.length > 0,
    options: product.options.map((option, index) => ({
      name: option.name,
      parameter: parameters[index] ?? "",
      links: option.values.map((value) => optionLink(product, variant, { index, value })),
    })),
  };
}

type OptionValue = { readonly index: number; readonly value: string };

function optionLink(
  product: Pick<ProductView, "handle" | "options" | "variants">,
  current: VariantView | undefined,
  { index, value }: OptionValue,
): OptionLink {
  const chosen = product.options.map((_, position) =>
    position === index ? value : (current?.optionValues[position] ?? ""),
  );
  const target = product.variants.find((variant) =>
    chosen.every((part, position) => variant.optionValues[position] === part),
  );
  return {
    label: value,
    value: optionSlug(product.options[index], value),
    href: variantHref(product, chosen),
    isCurrent: current?.optionValues[index] === value,
    isSoldOut: !target || !isBuyable(target),
  };
}

/** Where a product is at home: its first collection that is a kind of goods and not a season. */
export const homeCollection = (
  product: Pick<ProductView, "collections">,
): ProductView["collections"][number] | undefined =>
  product.collections.find((collection) => collection.handle !== "new") ?? product.collections[0];

/**
 * Says in words what can be had instead of a sold-out variant: the one that shares most option values with it.
 * `undefined` when the variant can be had or nothing can.
 */
export function nearestInStock(
  product: Pick<ProductView, "variants">,
  variant: VariantView,
): VariantView | undefined {
  if (isBuyable(variant)) return undefined;
  const shared = (other: VariantView): number =>
    other.optionValues.filter((value, index) => value === variant.optionValues[index]).length;
  return product.variants.filter(isBuyable).sort((left, right) => shared(right) - shared(left))[0];
}
