import type { ProductInput } from "#catalog";
import type { ProductDraft } from "../domain/draft.ts";

/** A draft as the catalogue takes it: without what belongs to the file and to the stock. */
export const toProductInput = ({ variants, ...product }: ProductDraft): ProductInput => ({
  ...product,
  variants: variants.map(({ line: _line, stock: _stock, ...variant }) => variant),
});
