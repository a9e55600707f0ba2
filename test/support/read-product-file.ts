import { currency } from "#kernel";
import { readCsv } from "../../src/catalog-import/adapters/read-csv.ts";
import { handleOf } from "../../src/catalog-import/domain/cells.ts";
import type { ProductDraft } from "../../src/catalog-import/domain/draft.ts";
import type { ImportSource } from "#catalog-import";
import { readUnpacked } from "../../src/catalog-import/adapters/unpack.ts";
import { openerOf } from "../../src/catalog-import/domain/open-source.ts";
import { finding, type Finding } from "../../src/catalog-import/domain/findings.ts";
import { mapProduct } from "../../src/catalog-import/domain/map-product.ts";
import { readProductFile, type FileRecord } from "../../src/catalog-import/domain/read-file.ts";
import type { SourceRow } from "../../src/catalog-import/domain/rows.ts";

/** What a whole file becomes, the way an import job goes about it, without a job. */
export type ReadFile = {
  readonly products: readonly ProductDraft[];
  readonly findings: readonly Finding[];
  readonly rows: number;
  readonly rejectedRows: number;
  /** Set when the file as a whole was refused. */
  readonly refused?: Finding;
};

/** Cuts bytes into small pieces, so that records, quotes and characters lie across their borders. */
export function streamOf(bytes: Uint8Array, pieceBytes = 7): ReadableStream<Uint8Array> {
  let offset = 0;
  return new ReadableStream({
    pull(controller) {
      if (offset >= bytes.length) return controller.close();
      controller.enqueue(bytes.slice(offset, offset + pieceBytes));
      offset += pieceBytes;
    },
  });
}

/** Reads and maps a file given as text or bytes. */
export async function readFile(
  file: string | Uint8Array,
  pieceBytes?: number,
  source: ImportSource = { kind: "shopify" },
): Promise<ReadFile> {
  const bytes = typeof file === "string" ? new TextEncoder().encode(file) : file;
  const groups = new Map<string, SourceRow[]>();
  const shop = currency("EUR");
  const read = await readProductFile(
    readUnpacked<FileRecord>(streamOf(bytes, pieceBytes), readCsv),
    (rows, { isEachRow }) => {
      for (const row of rows) {
        const key = handleOf(row) || `#${row.line}`;
        const known = groups.get(key);
        if (!isEachRow || !known) groups.set(key, [...(known ?? []), row]);
        else {
          const at = { line: row.line, column: "", value: key };
          const broken = row.broken ?? finding("rejected", at, "is this product already");
          groups.set(`#${row.line}`, [{ ...row, broken }]);
        }
      }
      return true;
    },
    openerOf(source, shop),
  );
  if (!read.ok) {
    if (read.refusal.code === "stopped") throw new Error("nothing stops here");
    return {
      products: [],
      findings: [read.refusal.finding],
      rows: 0,
      rejectedRows: 0,
      refused: read.refusal.finding,
    };
  }
  const facts = { currency: shop, names: read.value.names };
  const mapped = [...groups.values()].map((rows) => ({ rows, ...mapProduct(rows, facts) }));
  return {
    products: mapped.flatMap(({ draft }) => draft ?? []),
    findings: [...read.value.findings, ...mapped.flatMap(({ findings }) => findings)],
    rows: read.value.rows,
    rejectedRows: mapped.reduce((sum, { rows, draft }) => sum + (draft ? 0 : rows.length), 0),
  };
}

/** Joins rows of cells to CSV text; every cell is quoted. */
export const csv = (rows: readonly (readonly string[])[]): string =>
  rows.map((row) => row.map((cell) => `"${cell.replaceAll('"', '""')}"`).join(",")).join("\n");

/** A file with one product row, from cells by column name. */
export const oneRow = (cells: Readonly<Record<string, string>>): string => {
  const row = { Handle: "mug", Title: "Mug", "Variant Price": "12.50", ...cells };
  return csv([Object.keys(row), Object.values(row)]);
};
