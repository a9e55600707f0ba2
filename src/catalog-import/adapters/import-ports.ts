import type { CatalogRefusal, ProductInput } from "#catalog";
import type { StockRpc } from "#inventory";
import { ok, refuse, type Result } from "#kernel";
import type { CallContext, ObjectNamespace } from "#platform";
import type { CountedLevel, ImportPorts, StockCount } from "../app/ports.ts";
import { toProductInput } from "../app/to-product-input.ts";
import type { ProductOutcome } from "../domain/job.ts";
import type { FileRecord } from "../domain/read-file.ts";
import { readCsv } from "./read-csv.ts";
import { readJsonl } from "./read-jsonl.ts";
import { readUnpacked } from "./unpack.ts";

export type ImportSurroundings = {
  readonly files: R2Bucket;
  /** The catalogue's own use case: creates or replaces products by their handles. */
  readonly saveProducts: (
    inputs: readonly ProductInput[],
    currency: string,
  ) => Promise<readonly Result<{ readonly outcome: ProductOutcome }, CatalogRefusal>[]>;
  readonly readProduct: ImportPorts["readProduct"];
  readonly stock: ObjectNamespace<StockRpc>;
  readonly saveSummary: ImportPorts["saveSummary"];
  readonly wasImported: ImportPorts["wasImported"];
  readonly areShown: ImportPorts["areShown"];
};

/** Joins an import object to the file store, the catalogue and the stock objects. */
export const createImportPorts = ({
  files,
  saveProducts,
  readProduct,
  stock,
  saveSummary,
  wasImported,
  areShown,
}: ImportSurroundings): ImportPorts => ({
  async readFile(fileKey, { kind }) {
    const file = await files.get(fileKey);
    if (!file) return undefined;
    return readUnpacked<FileRecord>(file.body, kind === "jsonl" ? readJsonl : readCsv);
  },
  readProduct,
  async saveProducts(drafts, currency) {
    const answers = await saveProducts(drafts.map(toProductInput), currency);
    return answers.map((saved) =>
      saved.ok
        ? ok(saved.value.outcome)
        : refuse({ code: "product_refused", reasons: explainRefusal(saved.refusal) }),
    );
  },
  countStock: (count, call) => countStock(stock, count, call),
  saveSummary,
  wasImported,
  areShown,
});

/** Why the catalogue refused, one reason per thing to mend. Somebody else's save at the same moment is trouble, not a reason. */
function explainRefusal(refusal: CatalogRefusal): readonly string[] {
  switch (refusal.code) {
    case "invalid_product":
      return refusal.errors.map((error) => `${error.pointer}: ${error.detail}`);
    case "product_moved":
      return [
        `The handle ${refusal.handle} is an old address of the product ${refusal.movedTo}; use that handle.`,
      ];
    case "collection_moved":
      return [
        `The handle ${refusal.handle} is an old address of the collection ${refusal.movedTo}; use that handle.`,
      ];
    case "handle_taken":
      return [`Another product has the handle ${refusal.handle}.`];
    case "product_type_unknown":
    case "product_type_in_use":
      return [`The product type ${refusal.key} cannot be used.`];
    case "product_unknown":
    case "collection_unknown":
      return [`The catalogue does not know ${refusal.handle}.`];
    case "version_conflict":
    case "invalid_cursor":
      throw new Error(`the product could not be saved now: ${refusal.code}`);
  }
}

/** Both calls travel together and are carried out in this order, so that a SKU never sells by its old policy and new count. */
async function countStock(
  stock: ObjectNamespace<StockRpc>,
  count: StockCount,
  call: CallContext,
): Promise<CountedLevel | undefined> {
  const { sku, adjustmentId, reason, reference } = count;
  const { policy, isForNewOnly, counted } = count.stock;
  const object = stock.getByName(sku);
  const adjustment = { adjustmentId, kind: "counted", reason, reference } as const;
  const [level, answer] = await Promise.all([
    policy && object.setPolicy(policy, call, isForNewOnly ? "untouched" : "always"),
    counted === undefined ? undefined : object.adjust({ ...adjustment, quantity: counted }, call),
  ]);
  if (answer?.ok === false)
    throw new Error(`the stock of ${sku} could not be counted: ${answer.refusal.code}`);
  const latest = answer?.ok ? answer.value : level;
  return latest && { sku, version: latest.version };
}
