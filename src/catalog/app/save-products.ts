import { invariant, ok, type Result } from "#kernel";
import type { CatalogRefusal, ProductInput } from "../contract.ts";
import { MAX_BULK_PRODUCTS } from "../domain/limits.ts";
import type { SavedProduct } from "./ports.ts";
import {
  decideSave,
  readContent,
  saveProduct,
  surroundingsOf,
  type Content,
  type ProductChange,
  type SaveProductPorts,
} from "./save-product.ts";

type Saved = Result<SavedProduct, CatalogRefusal>;
type Readied = { readonly place: number; readonly content: Content };

/**
 * Saves up to a hundred products, each found by its handle, as `saveProduct` would one after another: one round trip
 * reads, one transaction writes all that differ. Answers stand in the order of the inputs; a refused product does not
 * keep its neighbours from being saved. When somebody else saves one of them at the same moment, and for handles that
 * stand in the list again, products are saved one by one.
 */
export async function saveProducts(
  ports: SaveProductPorts,
  inputs: readonly ProductInput[],
): Promise<readonly Saved[]> {
  invariant(inputs.length <= MAX_BULK_PRODUCTS, `at most ${MAX_BULK_PRODUCTS} products are saved at once`);
  const answers: Saved[] = [];
  const first = new Map<string, Readied>();
  const again: number[] = [];
  for (const [place, input] of inputs.entries()) {
    const content = await readContent(ports, input);
    if (!content.ok) answers[place] = content;
    else if (first.has(content.value.product.handle)) again.push(place);
    else first.set(content.value.product.handle, { place, content: content.value });
  }
  const readied = [...first.values()];
  if (!(await saveTogether(ports, readied, answers))) again.unshift(...readied.map(({ place }) => place));
  for (const place of again) {
    const input = inputs[place];
    if (input) answers[place] = await saveProduct(ports, { input });
  }
  return answers;
}

/** `false` when somebody else was first with one of them: nothing was written then. */
async function saveTogether(
  ports: SaveProductPorts,
  readied: readonly Readied[],
  answers: Saved[],
): Promise<boolean> {
  if (readied.length === 0) return true;
  const around = await ports.store.surroundings(readied.map(({ content }) => surroundingsOf({}, content)));
  const changes: ProductChange[] = [];
  for (const [index, { place, content }] of readied.entries()) {
    const known = around[index];
    invariant(known, "the store answers every request");
    const decided = decideSave(ports, {}, { content, around: known });
    answers[place] = decided.ok ? ok(decided.value.saved) : decided;
    if (decided.ok && decided.value.change) changes.push(decided.value.change);
  }
  return changes.length === 0 || (await ports.store.write(changes)) === "written";
}
