import * as z from "zod";
import { mappingName } from "./mapping-schemas.ts";
import { toIso } from "#kernel";
import { IMPORT_POLICIES, IMPORT_STATES, type ImportJob, type ImportSummary } from "../contract.ts";
import { MAX_FILE_NAME_CHARACTERS, MAX_REPORT_PAGE } from "../domain/limits.ts";

const count = z.int().min(0);
const rowTotals = z
  .object({ total: count, accepted: count, rejected: count })
  .meta({ id: "ImportRowTotals", description: "total = accepted + rejected" });
const rowCounts = z
  .object({
    total: count,
    accepted: count,
    created: count,
    changed: count,
    same: count,
    rejected: count,
    waiting: count,
    warned: count.describe("Taken, with something left out or doubted; counted among the others already."),
  })
  .meta({
    id: "ImportRowCounts",
    description:
      "total = created + changed + same + rejected + waiting, a row's fate being its product's; accepted = total - rejected",
  });
const productCounts = z
  .object({ total: count, created: count, changed: count, same: count, rejected: count, waiting: count })
  .meta({ id: "ImportProductCounts", description: "total is the sum of the others" });

const summaryShape = {
  id: z.string(),
  state: z.enum(IMPORT_STATES),
  policy: z.enum(IMPORT_POLICIES),
  fileName: z.string(),
  rows: rowTotals,
  products: productCounts,
  createdAt: z.iso.datetime(),
  finishedAt: z.iso.datetime().optional(),
};
export const summarySchema = z.object(summaryShape).meta({ id: "ImportSummary" });
export const summaryPageSchema = z.object({
  items: z.array(summarySchema),
  nextCursor: z.string().optional(),
});

export const jobSchema = z
  .object({
    ...summaryShape,
    rows: rowCounts,
    source: z.enum(["shopify", "mapped", "jsonl"]),
    mapping: z.object({ name: z.string(), version: z.int() }).optional(),
    currency: z.string(),
    fileBytes: count,
    fileSha256: z.string(),
    warnings: count,
    progress: z.object({ step: z.enum(["read", "check", "write"]), done: count, total: count }),
    problem: z.string().optional().describe("Why it was rejected or failed."),
    version: count,
  })
  .meta({ id: "ImportJob" });

export const findingSchema = z
  .object({
    line: z.int().min(1).describe("Line of the file on which the row begins; 1 is the header."),
    column: z.string().describe("Empty when the whole row is meant."),
    value: z.string(),
    reason: z.string(),
    severity: z.enum(["rejected", "warning"]),
  })
  .meta({ id: "ImportFinding" });
export const reportPageSchema = z.object({
  items: z.array(findingSchema),
  nextCursor: z.string().optional(),
});

export const reasonsSchema = z.object({
  items: z.array(
    z
      .object({
        severity: z.enum(["rejected", "warning"]),
        column: z.string(),
        reason: z.string().describe("Numbers in it are left out."),
        count: z.int().min(1),
        firstLine: z.int().min(1),
      })
      .meta({ id: "ImportFindingGroup" }),
  ),
});

export const startQuery = z.object({
  policy: z.enum(IMPORT_POLICIES, `Use ${IMPORT_POLICIES.join(" or ")}.`).optional(),
  currency: z
    .string()
    .trim()
    .toUpperCase()
    .regex(/^[A-Z]{3}$/, "Use three letters, such as EUR.")
    .optional(),
  mapping: mappingName.optional(),
  format: z.enum(["shopify", "jsonl"], "Use shopify or jsonl.").optional(),
  fileName: z.string().trim().min(1).max(MAX_FILE_NAME_CHARACTERS).optional(),
});
export const pageQuery = z.object({
  cursor: z.string().optional(),
  limit: z.coerce.number("Use a whole number.").int().min(1).max(MAX_REPORT_PAGE).default(50),
});

/** An import as the API shows it. */
export const jobView = (job: ImportJob): z.infer<typeof jobSchema> => ({
  id: job.importId,
  state: job.state,
  policy: job.policy,
  source: job.source.kind,
  ...(job.source.kind === "mapped"
    ? { mapping: { name: job.source.name, version: job.source.version } }
    : {}),
  currency: job.currency,
  fileName: job.fileName,
  fileBytes: job.fileBytes,
  fileSha256: job.fileHash,
  rows: job.counts.rows,
  products: job.counts.products,
  warnings: job.counts.warnings,
  progress: job.progress,
  ...(job.problem === undefined ? {} : { problem: job.problem }),
  createdAt: toIso(job.createdAtMs),
  ...(job.finishedAtMs === undefined ? {} : { finishedAt: toIso(job.finishedAtMs) }),
  version: job.version,
});

/** An import as the list shows it. */
export const summaryView = ({
  importId,
  createdAtMs,
  finishedAtMs,
  ...rest
}: ImportSummary): z.infer<typeof summarySchema> => ({
  id: importId,
  ...rest,
  createdAt: toIso(createdAtMs),
  ...(finishedAtMs === undefined ? {} : { finishedAt: toIso(finishedAtMs) }),
});
