import { ok, type CurrencyCode, type Result } from "#kernel";
import type { ColumnMapping } from "../contract.ts";
import { handleOf } from "../domain/cells.ts";
import type { ProductDraft } from "../domain/draft.ts";
import { byLine, finding, type Finding } from "../domain/findings.ts";
import { guessMapping } from "../domain/guess-mapping.ts";
import type { FileRefusal } from "../domain/header.ts";
import { PREVIEWED_ROWS } from "../domain/limits.ts";
import { mapProduct } from "../domain/map-product.ts";
import { openerOf } from "../domain/open-source.ts";
import { readProductFile, type FileRecord } from "../domain/read-file.ts";
import type { SourceRow } from "../domain/rows.ts";

/** What to show of a file: through a mapping, as a Shopify export, or through the mapping that it looks like. */
export type PreviewSource =
  | { readonly kind: "guess" }
  | { readonly kind: "shopify" }
  | { readonly kind: "mapped"; readonly mapping: ColumnMapping };

export type Preview = {
  readonly header: readonly string[];
  /** Of the products' prices: the shop's. */
  readonly currency: CurrencyCode;
  /** The first rows as they stand in the file. */
  readonly sample: readonly { readonly line: number; readonly cells: readonly string[] }[];
  /** The mapping that was used, or guessed. */
  readonly mapping?: ColumnMapping;
  readonly products: readonly { readonly line: number; readonly draft: ProductDraft }[];
  readonly findings: readonly Finding[];
};

type Records = AsyncIterable<Result<FileRecord, FileRefusal>>;

/** Reads the first twenty rows of a file and shows what they would become. Writes nothing. */
export async function previewFile(
  records: Records,
  source: PreviewSource,
  shopCurrency: CurrencyCode,
): Promise<Preview> {
  const taken = await takeRecords(records);
  if (!taken.ok)
    return {
      currency: shopCurrency,
      header: [],
      sample: [],
      products: [],
      findings: [taken.refusal.finding],
    };
  const [first, ...rows] = taken.value;
  const header = first?.cells ?? [];
  const sample = rows.map(({ line, cells }) => ({ line, cells }));
  const mapping = mappingOf(source, { header, rows: rows.map(({ cells }) => cells), shopCurrency });
  const isForeign =
    mapping !== undefined && mapping.currency !== shopCurrency && mapping.ratePpm === undefined;
  const groups = new Map<string, SourceRow[]>();
  const opener = openerOf(
    mapping ? { kind: "mapped", name: "preview", version: 1, mapping } : { kind: "shopify" },
    shopCurrency,
  );
  const again: Finding[] = [];
  const read = await readProductFile(
    each(taken.value),
    (found, { isEachRow }) => {
      for (const row of found) again.push(...group(groups, row, isEachRow));
      return true;
    },
    opener,
  );
  const shown = { currency: shopCurrency, header, sample, ...(mapping ? { mapping } : {}) };
  if (!read.ok)
    return {
      ...shown,
      products: [],
      findings: read.refusal.code === "stopped" ? [] : [read.refusal.finding],
    };
  const facts = { currency: shopCurrency, names: read.value.names };
  const mapped = [...groups.values()].map((group) => ({
    line: group[0]?.line ?? 0,
    ...mapProduct(group, facts),
  }));
  const rate = isForeign ? [foreign(mapping.currency, shopCurrency)] : [];
  return {
    ...shown,
    products: mapped.flatMap(({ line, draft }) => (draft ? [{ line, draft }] : [])),
    findings: [
      ...rate,
      ...read.value.findings,
      ...mapped.flatMap(({ findings }) => findings),
      ...again,
    ].toSorted(byLine),
  };
}

function mappingOf(
  source: PreviewSource,
  file: {
    readonly header: readonly string[];
    readonly rows: readonly (readonly string[])[];
    readonly shopCurrency: CurrencyCode;
  },
): ColumnMapping | undefined {
  if (source.kind === "mapped") return source.mapping;
  return source.kind === "guess" ? guessMapping(file.header, file.rows, file.shopCurrency) : undefined;
}

const foreign = (currency: CurrencyCode, shopCurrency: CurrencyCode): Finding =>
  finding(
    "rejected",
    { line: 1, column: "", value: currency },
    `The file's amounts are in ${currency} and the shop sells in ${shopCurrency}: state in the mapping what one ${currency} is worth.`,
  );

async function takeRecords(records: Records): Promise<Result<readonly FileRecord[], FileRefusal>> {
  const taken: FileRecord[] = [];
  for await (const record of records) {
    if (!record.ok) return record;
    taken.push(record.value);
    if (taken.length > PREVIEWED_ROWS) break;
  }
  return ok(taken);
}

async function* each(records: readonly FileRecord[]): Records {
  for (const value of records) yield await Promise.resolve(ok(value));
}

/** Puts a row to its product; a second product of the same handle is said to be one. */
function group(groups: Map<string, SourceRow[]>, row: SourceRow, isEachRow: boolean): Finding[] {
  const key = handleOf(row) || `#${row.line}`;
  const known = groups.get(key);
  const earlier = known?.[0];
  if (isEachRow && earlier)
    return [
      finding(
        "rejected",
        { line: row.line, column: "", value: key },
        `Line ${earlier.line} is this product already.`,
      ),
    ];
  groups.set(key, [...(known ?? []), row]);
  return [];
}
