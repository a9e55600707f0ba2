import type { ProductInput } from "#catalog";
import type { StagedDraft } from "../domain/draft.ts";

/** A draft as the catalogue takes it: without what belongs to the file and to the stock. */
export function toProductInput(draft: StagedDraft): ProductInput {
  if ("input" in draft) return draft.input;
  const { variants, ...product } = draft;
  return { ...product, variants: variants.map(({ line: _line, stock: _stock, ...variant }) => variant) };
}
