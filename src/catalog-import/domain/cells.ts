import { parseDecimalMinor, slugify, type CurrencyCode } from "#kernel";
import type { Field } from "./columns.ts";
import { finding, type Finding } from "./findings.ts";
import type { FieldNames } from "./header.ts";
import { MAX_PRICE_MINOR, MAX_QUANTITY, MAX_URL_CHARACTERS } from "./limits.ts";
import type { SourceRow } from "./rows.ts";
import { cleanText, cutToUnits } from "./text.ts";

/** Facts about the whole file that a cell's meaning depends on. */
export type FileFacts = {
  readonly currency: CurrencyCode;
  /** The file's own name of each field it has. */
  readonly names: FieldNames;
};

/** Collects what is said about one product's rows. */
export class Findings {
  readonly found: Finding[] = [];
  readonly #names: FieldNames;

  constructor(names: FieldNames) {
    this.#names = names;
  }

  /** The row cannot be imported as it is, so neither can its product. */
  reject(row: SourceRow, field: Field | undefined, reason: string): undefined {
    this.found.push(finding("rejected", this.#placeOf(row, field), reason));
  }

  warn(row: SourceRow, field: Field | undefined, reason: string): undefined {
    this.found.push(finding("warning", this.#placeOf(row, field), reason));
  }

  get hasRejections(): boolean {
    return this.found.some((entry) => entry.severity === "rejected");
  }

  #placeOf(row: SourceRow, field: Field | undefined): { line: number; column: string; value: string } {
    if (field === undefined) return { line: row.line, column: "", value: "" };
    return { line: row.line, column: this.#names[field] ?? "", value: row.cells[field] ?? "" };
  }
}

/** A row, and where to say what is wrong with it. */
export type Reading = { readonly row: SourceRow; readonly findings: Findings };

/** Clean text of at most `characters`; longer text is cut, with a warning. */
export function readText({ row, findings }: Reading, field: Field, characters: number): string {
  const text = cleanText(row.cells[field]);
  if (text.length <= characters) return text;
  findings.warn(row, field, `The text is longer than ${characters} characters and was cut.`);
  return cutToUnits(text, characters).trim();
}

const YES = new Set(["true", "yes", "1"]);
const NO = new Set(["false", "no", "0"]);

/** TRUE or FALSE in any case; blank is `whenBlank`; anything else is rejected. */
export function readBoolean({ row, findings }: Reading, field: Field, whenBlank: boolean): boolean {
  const text = cleanText(row.cells[field]).toLowerCase();
  if (text === "") return whenBlank;
  if (YES.has(text)) return true;
  if (!NO.has(text)) findings.reject(row, field, "Write TRUE or FALSE.");
  return false;
}

/** An amount such as 19.99; blank gives `undefined` without a finding. */
export function readAmount(
  { row, findings }: Reading,
  field: Field,
  currency: CurrencyCode,
): number | undefined {
  const text = cleanText(row.cells[field]);
  if (text === "") return undefined;
  const minor = parseDecimalMinor(text, currency);
  if (minor === undefined)
    return findings.reject(
      row,
      field,
      `Write the amount in ${currency} with a point and no sign, such as 19.99.`,
    );
  if (minor < 0) return findings.reject(row, field, "An amount cannot be below zero.");
  if (minor > MAX_PRICE_MINOR)
    return findings.reject(row, field, "The amount is larger than any price this shop takes.");
  return minor;
}

/** Whole units; a negative count becomes 0 with a warning; blank gives `undefined` without a finding. */
export function readQuantity(row: SourceRow, findings: Findings): number | undefined {
  const text = cleanText(row.cells.quantity);
  if (text === "") return undefined;
  const match = /^(-?)(\d{1,12})(?:\.0*)?$/.exec(text);
  if (!match) return findings.reject(row, "quantity", "Write a whole number of units, such as 12.");
  const units = Number(match[2]);
  if (match[1] === "-" && units > 0) {
    findings.warn(row, "quantity", "A shelf cannot hold fewer than 0 units; 0 was counted.");
    return 0;
  }
  if (units > MAX_QUANTITY)
    return findings.reject(row, "quantity", `At most ${MAX_QUANTITY} units can be counted.`);
  return units;
}

/** The address of a picture: absolute and https. Anything else is left out, with a warning. */
export function readPictureUrl(
  row: SourceRow,
  field: "imageUrl" | "variantImage",
  findings: Findings,
): string | undefined {
  const text = (row.cells[field] ?? "").trim();
  if (text === "") return undefined;
  if (text.length > MAX_URL_CHARACTERS)
    return findings.warn(
      row,
      field,
      `The picture's address is longer than ${MAX_URL_CHARACTERS} characters; the picture was left out.`,
    );
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (url?.protocol !== "https:" || url.username !== "" || url.password !== "")
    return findings.warn(
      row,
      field,
      "A picture needs an address that begins with https://; the picture was left out.",
    );
  return url.href;
}

/** The handle that a row belongs to: its own, or made from the title where the file leaves it blank. */
export function handleOf(row: SourceRow): string {
  const given = slugify(row.cells.handle ?? "");
  return given === "" ? slugify(row.cells.title ?? "") : given;
}
