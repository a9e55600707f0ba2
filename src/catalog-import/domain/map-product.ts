import { slugify } from "#kernel";
import { Findings, handleOf, readBoolean, readText, type FileFacts } from "./cells.ts";
import { PRODUCT_FIELDS, type Field } from "./columns.ts";
import type { ProductDraft } from "./draft.ts";
import { byLine, type Finding } from "./findings.ts";
import {
  MAX_ATTRIBUTES,
  MAX_NAME_CHARACTERS,
  MAX_ROWS_PER_PRODUCT,
  MAX_SEO_DESCRIPTION_CHARACTERS,
  MAX_TAGS,
  MAX_VARIANTS,
} from "./limits.ts";
import { readOptions } from "./options.ts";
import { gatherPictures } from "./pictures.ts";
import type { SourceRow } from "./rows.ts";
import { isVariantRow, readVariants } from "./variants.ts";
import { cleanText, cutToUnits } from "./text.ts";

/** What became of one product's rows: a draft, or none when any row is rejected. */
export type Mapped = { readonly draft?: ProductDraft; readonly findings: readonly Finding[] };

/**
 * Maps all rows of one handle, in the order of their lines. One rejected row rejects the product, and then every row
 * of it has a finding that says so, so that counts of rows add up.
 */
export function mapProduct(rows: readonly SourceRow[], facts: FileFacts): Mapped {
  const broken = rows.flatMap((row) => row.broken ?? []);
  if (broken.length > 0) return { findings: rejectWhole(rows, broken) };
  const findings = new Findings(facts.names);
  findings.found.push(...rows.flatMap((row) => row.said ?? []));
  const draft = readProduct(rows, facts, findings);
  return draft && !findings.hasRejections
    ? { draft, findings: findings.found.toSorted(byLine) }
    : { findings: rejectWhole(rows, findings.found) };
}

/** Adds a finding for each row of a rejected product that has none of its own. */
export function rejectWhole(rows: readonly SourceRow[], found: readonly Finding[]): Finding[] {
  const rejectedLines = new Set(
    found.filter((entry) => entry.severity === "rejected").map((entry) => entry.line),
  );
  const culprit = Math.min(...rejectedLines);
  const others = rows
    .filter((row) => !rejectedLines.has(row.line))
    .map((row): Finding => ({
      line: row.line,
      column: "",
      value: "",
      severity: "rejected",
      reason: `Rejected together with line ${culprit} of the same product.`,
    }));
  return [...found, ...others].toSorted(byLine);
}

function readProduct(
  rows: readonly SourceRow[],
  facts: FileFacts,
  findings: Findings,
): ProductDraft | undefined {
  const first = rows[0];
  if (!first) return undefined;
  if (rows.length > MAX_ROWS_PER_PRODUCT)
    return findings.reject(
      first,
      "handle",
      `A product has at most ${MAX_ROWS_PER_PRODUCT} rows; this one has ${rows.length}.`,
    );
  const of = (field: Field): SourceRow => rows.find((row) => cleanText(row.cells[field]) !== "") ?? first;
  warnOfContradictions(rows, findings);
  const handle = readHandle(first, findings);
  const title = readText({ row: of("title"), findings }, "title", MAX_NAME_CHARACTERS);
  if (title === "") findings.reject(first, "title", "A product needs a title on its first row.");
  refuseGiftCards(rows, findings);
  const options = readOptions(rows, findings);
  const gallery = gatherPictures(rows, findings);
  const variantRows = rows.filter(isVariantRow);
  if (variantRows.length === 0)
    findings.reject(first, "price", "A product needs at least one variant with a price.");
  if (variantRows.length > MAX_VARIANTS)
    findings.reject(
      first,
      "handle",
      `A product has at most ${MAX_VARIANTS} variants; this one has ${variantRows.length}.`,
    );
  const seoTitle = readText({ row: of("seoTitle"), findings }, "seoTitle", MAX_NAME_CHARACTERS);
  const seoDescription = readText(
    { row: of("seoDescription"), findings },
    "seoDescription",
    MAX_SEO_DESCRIPTION_CHARACTERS,
  );
  return {
    handle,
    title,
    status: readStatus(of("status"), of("published"), findings),
    descriptionHtml: (of("description").cells.description ?? "").trim(),
    vendor: readText({ row: of("vendor"), findings }, "vendor", MAX_NAME_CHARACTERS),
    productType: readProductType(of("productType"), of("category"), findings),
    tags: readTags(of("tags"), findings),
    options: options.names,
    variants: readVariants(variantRows, { handle, options, gallery, facts, findings }),
    pictures: gallery.pictures,
    attributes: readAttributes(rows),
    collections:
      cleanText(of("collection").cells.collection) === ""
        ? []
        : [slugify(of("collection").cells.collection ?? "")],
    ...(seoTitle === "" ? {} : { seoTitle }),
    ...(seoDescription === "" ? {} : { seoDescription }),
  };
}

function readHandle(row: SourceRow, findings: Findings): string {
  const handle = handleOf(row);
  const given = (row.cells.handle ?? "").trim();
  if (handle === "") findings.reject(row, "handle", "The row has neither a handle nor a title.");
  else if (given === "") findings.warn(row, "title", `The handle was made from the title: ${handle}.`);
  else if (handle !== given)
    findings.warn(row, "handle", `A handle has lower-case words and hyphens only; it became ${handle}.`);
  return handle;
}

/** A card that is worth money needs a ledger behind it; selling one as goods would take money for nothing. */
function refuseGiftCards(rows: readonly SourceRow[], findings: Findings): void {
  const marked = rows.find((row) => readBoolean({ row, findings }, "giftCard", false));
  const served = rows.find((row) => cleanText(row.cells.fulfilment).toLowerCase() === "gift_card");
  const row = marked ?? served;
  if (row) findings.reject(row, marked ? "giftCard" : "fulfilment", "Gift cards cannot be sold yet.");
}

/** An active product that is not published to the shop is a draft here. */
function readStatus(
  statusRow: SourceRow,
  publishedRow: SourceRow,
  findings: Findings,
): ProductDraft["status"] {
  const isPublished = readBoolean({ row: publishedRow, findings }, "published", true);
  const status = cleanText(statusRow.cells.status).toLowerCase();
  if (status === "archived" || status === "draft") return status;
  if (status === "unlisted") {
    findings.warn(statusRow, "status", "Unlisted products have no home yet; it was imported as a draft.");
    return "draft";
  }
  if (status !== "" && status !== "active")
    findings.reject(statusRow, "status", "Write active, draft or archived.");
  if (status === "active" && !isPublished)
    findings.warn(
      publishedRow,
      "published",
      "The product is active but not published; it was imported as a draft.",
    );
  return isPublished ? "active" : "draft";
}

/** The merchant's own type, or the last step of the category path. */
function readProductType(typeRow: SourceRow, categoryRow: SourceRow, findings: Findings): string {
  const own = readText({ row: typeRow, findings }, "productType", MAX_NAME_CHARACTERS);
  if (own !== "") return own;
  const last =
    readText({ row: categoryRow, findings }, "category", MAX_NAME_CHARACTERS * 2)
      .split(">")
      .at(-1)
      ?.trim() ?? "";
  return /^\d*$/.test(last) || last.toLowerCase() === "uncategorized" ? "" : last;
}

function readTags(row: SourceRow, findings: Findings): string[] {
  const tags = new Map<string, string>();
  for (const part of cleanText(row.cells.tags).split(",")) {
    const tag = cutToUnits(part.trim(), MAX_NAME_CHARACTERS);
    if (tag !== "" && !tags.has(tag.toLowerCase())) tags.set(tag.toLowerCase(), tag);
  }
  if (tags.size > MAX_TAGS)
    findings.warn(row, "tags", `A product has at most ${MAX_TAGS} tags; the others were left out.`);
  return [...tags.values()].slice(0, MAX_TAGS);
}

/** Metafields with plain text become facts; references and structured values do not read as such. */
function readAttributes(rows: readonly SourceRow[]): { name: string; value: string }[] {
  const attributes = new Map<string, string>();
  for (const [name, text] of rows.flatMap((row) => row.attributes)) {
    const value = cleanText(text).replace(/\s*;\s*/g, ", ");
    const label = cleanText(name);
    if (value.length <= MAX_NAME_CHARACTERS && !/^[[{]|gid:\/\//.test(value) && !attributes.has(label))
      attributes.set(label, value);
  }
  return [...attributes].slice(0, MAX_ATTRIBUTES).map(([name, value]) => ({ name, value }));
}

/** The first row that tells a product's field counts; later rows that say something else are named. */
function warnOfContradictions(rows: readonly SourceRow[], findings: Findings): void {
  for (const field of PRODUCT_FIELDS) {
    const told = rows.filter((row) => cleanText(row.cells[field]) !== "");
    const first = told[0];
    const other = told.find((row) => cleanText(row.cells[field]) !== cleanText(first?.cells[field]));
    if (first && other)
      findings.warn(other, field, `Line ${first.line} tells the product another value; that one counts.`);
  }
}
