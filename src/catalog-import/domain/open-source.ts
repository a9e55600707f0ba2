import { ok, type CurrencyCode } from "#kernel";
import { openMapped } from "./apply-mapping.ts";
import { finding } from "./findings.ts";
import type { ImportSource } from "./mapping.ts";
import { openShopify, type OpenFile } from "./read-file.ts";
import type { SourceRow } from "./rows.ts";

/** How the first record of a file opens it. */
export function openerOf(source: ImportSource, shopCurrency: CurrencyCode): OpenFile {
  switch (source.kind) {
    case "shopify":
      return openShopify;
    case "mapped":
      return (cells, line) => openMapped(cells, line, { mapping: source.mapping, shopCurrency });
    case "jsonl":
      return openJsonl;
  }
}

/** JSONL has no header: its reader puts an empty record before the first line. Every line is a product. */
const openJsonl: OpenFile = () =>
  ok({
    names: {},
    isEachRow: true,
    read: readJsonLine,
    homeless: () => [],
    homelessFinding: () => undefined,
  });

/** Only the handle is looked at here; the catalogue's own schema reads the line when it is checked. */
function readJsonLine(line: number, [json = ""]: readonly string[]): SourceRow {
  try {
    const { handle } = JSON.parse(json) as { readonly handle?: unknown };
    if (typeof handle === "string" && handle !== "") return { line, cells: { handle }, attributes: [], json };
    return broken(line, json, "The product has no handle.");
  } catch {
    return broken(line, json, "The line is not valid JSON.");
  }
}

const broken = (line: number, json: string, reason: string): SourceRow => ({
  line,
  cells: {},
  attributes: [],
  broken: finding("rejected", { line, column: "", value: json }, reason),
});
