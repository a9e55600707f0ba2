import { slugify } from "#kernel";
import type { ProductOption, ProductView } from "../contract.ts";

/**
 * The parameter of an option: `Frame colour` is `frame-colour`; options that would collide get their position. In the shop's
 * own words, so that an address names the same variant in every language.
 */
export function optionParameters(product: Pick<ProductView, "options">): string[] {
  const names = product.options.map((option) => slugify((option.own ?? option).name));
  return names.map((name, index) =>
    name === "" || names.indexOf(name) !== index ? `option-${index + 1}` : name,
  );
}

/** The address of a variant by its option values: `/products/heron?size=a3&frame=oak`. */
export function variantHref(
  product: Pick<ProductView, "handle" | "options">,
  optionValues: readonly string[],
): string {
  const query = new URLSearchParams(
    optionParameters(product).map((name, index) => [
      name,
      optionSlug(product.options[index], optionValues[index] ?? ""),
    ]),
  );
  const path = `/products/${encodeURIComponent(product.handle)}`;
  return product.options.length === 0 ? path : `${path}?${query.toString()}`;
}

/** A value of an option as addresses write it: in the shop's own words. */
export function optionSlug(option: ProductOption | undefined, value: string): string {
  const own = option?.own?.values[option.values.indexOf(value)] ?? value;
  return slugify(own) || own;
}

/** The value that an address names; `undefined` when the option has none of that name. */
export const valueOfSlug = (option: ProductOption, slug: string): string | undefined =>
  option.values.find((value, index) => {
    const own = option.own?.values[index] ?? value;
    return slugify(own) === slug || own === slug;
  });
