import { slugify } from "#kernel";
import type { ProductView } from "../contract.ts";

/** The parameter of an option: `Frame colour` is `frame-colour`; options that would collide get their position. */
export function optionParameters(product: Pick<ProductView, "options">): string[] {
  const names = product.options.map((option) => slugify(option.name));
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
    optionParameters(product).map((name, index) => [name, optionSlug(optionValues[index] ?? "")]),
  );
  const path = `/products/${encodeURIComponent(product.handle)}`;
  return product.options.length === 0 ? path : `${path}?${query.toString()}`;
}

/** A value of an option as addresses write it. */
export const optionSlug = (value: string): string => slugify(value) || value;
