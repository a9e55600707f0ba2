import * as z from "zod";
import { parseCurrency } from "#kernel";
import { MAPPED_FIELDS, READINGS, type ColumnMapping, type SavedMapping } from "../contract.ts";
import { MAX_CELL_CHARACTERS, MAX_RULES } from "../domain/limits.ts";

const columnName = z.string().min(1).max(MAX_CELL_CHARACTERS);
const ruleSchema = z
  .strictObject({
    field: z.enum([...MAPPED_FIELDS, "attribute"]),
    attribute: z
      .exactOptional(z.string().trim().min(1).max(100))
      .describe("Name of the fact, with field attribute."),
    columns: z.array(columnName).max(5).describe("The first that holds something counts."),
    text: z.exactOptional(z.string().min(1).max(500)).describe("A constant, or a text with {column} in it."),
    readAs: z.enum(READINGS),
    separator: z.exactOptional(z.string().min(1).max(5)),
    after: z.exactOptional(z.string().min(1).max(100)),
    before: z.exactOptional(z.string().min(1).max(100)),
    whenWrong: z.enum(["leave-out", "reject"]),
  })
  .refine((rule) => rule.columns.length > 0 || rule.text !== undefined, "Name a column, or give a text.")
  .refine((rule) => rule.field !== "attribute" || rule.attribute !== undefined, "Name the attribute.");

const hasField =
  (field: string) =>
  (mapping: { readonly rules: readonly { readonly field: string }[] }): boolean =>
    mapping.rules.some((rule) => rule.field === field);

/** A column mapping as the API takes it. */
export const mappingInput = z
  .strictObject({
    rows: z.enum(["each-row", "by-handle"]),
    currency: z.string().transform((text, context) => {
      const currency = parseCurrency(text);
      if (currency) return currency;
      context.addIssue({ code: "custom", message: "Use three letters, such as EUR." });
      return z.NEVER;
    }),
    ratePpm: z
      .exactOptional(z.int().min(1).max(1_000_000_000_000))
      .describe("Parts per million of the shop's currency per unit of the file's."),
    roundToMinor: z.exactOptional(z.int().min(1).max(10_000)),
    decimalSign: z.enum([".", ","]),
    rules: z.array(ruleSchema).min(1).max(MAX_RULES),
  })
  .refine(hasField("title"), { path: ["rules"], error: "Say where the title comes from." })
  .refine(hasField("price"), { path: ["rules"], error: "Say where the price comes from." })
  .refine(
    ({ rules }) =>
      new Set(rules.filter(({ field }) => field !== "attribute").map(({ field }) => field)).size ===
      rules.filter(({ field }) => field !== "attribute").length,
    { path: ["rules"], error: "Fill each field by one rule." },
  )
  .meta({ id: "ColumnMapping" });

const mappingView = z.object({
  rows: z.string(),
  currency: z.string(),
  ratePpm: z.int().optional(),
  roundToMinor: z.int().optional(),
  decimalSign: z.string(),
  rules: z.array(z.looseObject({ field: z.string(), columns: z.array(z.string()), readAs: z.string() })),
});
export const savedMappingSchema = z
  .object({ name: z.string(), version: z.int(), updatedAt: z.iso.datetime(), mapping: mappingView })
  .meta({ id: "SavedMapping" });
export const mappingListSchema = z.object({ items: z.array(savedMappingSchema) });
export const mappingName = z
  .string()
  .regex(/^[a-z0-9][a-z0-9-]{0,63}$/, "Use small letters, digits and hyphens, at most 64.");

export const previewSchema = z
  .object({
    header: z.array(z.string()),
    currency: z.string().describe("Of the products' prices: the shop's."),
    sample: z.array(z.object({ line: z.int(), cells: z.array(z.string()) })),
    mapping: mappingView.optional(),
    products: z.array(
      z.object({ line: z.int(), draft: z.looseObject({ handle: z.string(), title: z.string() }) }),
    ),
    findings: z.array(
      z.object({
        line: z.int(),
        column: z.string(),
        value: z.string(),
        reason: z.string(),
        severity: z.string(),
      }),
    ),
  })
  .meta({ id: "ImportPreview" });

export const savedMappingView = ({ updatedAtMs, ...rest }: SavedMapping) => ({
  ...rest,
  updatedAt: new Date(updatedAtMs).toISOString(),
});

/** Reads a mapping that came as text in a form. */
export function parseMapping(
  text: string,
): { readonly mapping: ColumnMapping } | { readonly problem: string } {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    return { problem: "The mapping is not valid JSON." };
  }
  const read = mappingInput.safeParse(json);
  if (read.success) return { mapping: read.data };
  const issue = read.error.issues[0];
  return { problem: `${issue?.path.join("/") ?? ""}: ${issue?.message ?? "wrong"}` };
}
