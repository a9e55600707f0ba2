import * as z from "zod";
import type { ImportPorts } from "#catalog-import";
import { ok, refuse } from "#kernel";
import { fieldErrors } from "#web";
import { productInput } from "../../src/catalog/http/input-schemas.ts";
import { MAX_QUANTITY } from "../../src/catalog-import/domain/limits.ts";

const day = z.iso.date();
const limit = z.int().min(1).max(MAX_QUANTITY);
const stockSchema = z.strictObject({
  sku: z.string().trim().min(1).max(64),
  /** Units found on the shelf; without it, nothing is counted. */
  counted: z.exactOptional(z.int().min(0).max(MAX_QUANTITY)),
  /** Without it, the policy stays; a new SKU sells what is counted. */
  policy: z.exactOptional(
    z.discriminatedUnion("kind", [
      z.strictObject({ kind: z.literal("deny") }),
      z.strictObject({ kind: z.literal("untracked") }),
      z.strictObject({ kind: z.literal("backorder"), limit, expectedAt: z.exactOptional(day) }),
      z.strictObject({ kind: z.literal("preorder"), limit, expectedAt: day }),
    ]),
  ),
});

/** A line of a JSONL file: a product as PUT takes it, with its handle, and what it says of stock. */
const lineSchema = productInput
  .required({ handle: true })
  .extend({ stock: z.array(stockSchema).max(250).default([]) });

/** Reads one line of a JSONL file by the schema of the admin API itself. */
export const readJsonProduct: ImportPorts["readProduct"] = (json) => {
  const read = lineSchema.safeParse(JSON.parse(json));
  if (!read.success)
    return refuse({
      code: "product_refused",
      reasons: fieldErrors(read.error.issues).map(({ pointer, detail }) => `${pointer}: ${detail}`),
    });
  const { stock, ...input } = read.data;
  return ok({
    handle: input.handle,
    input,
    stock: stock.map(({ sku, ...told }) => ({ sku, stock: told })),
  });
};
