import { readText, type Findings } from "./cells.ts";
import type { Field } from "./columns.ts";
import { MAX_NAME_CHARACTERS } from "./limits.ts";
import type { SourceRow } from "./rows.ts";
import { cleanText } from "./text.ts";

const OPTION_FIELDS: readonly (readonly [name: Field, value: Field])[] = [
  ["option1Name", "option1Value"],
  ["option2Name", "option2Value"],
  ["option3Name", "option3Value"],
];

/** The names of a product's options, or none for a product that comes in one form. */
export type Options = { readonly names: readonly string[]; readonly valueFields: readonly Field[] };

/** The option that a product without options is exported with: name `Title`, value `Default Title`. */
const isPlaceholder = (name: string, rows: readonly SourceRow[]): boolean =>
  name === "title" &&
  rows.every((row) => ["", "default title"].includes(cleanText(row.cells.option1Value).toLowerCase()));

/** Reads the options of a product from the first row that names each. */
export function readOptions(rows: readonly SourceRow[], findings: Findings): Options {
  const names: string[] = [];
  const valueFields: Field[] = [];
  for (const [nameField, valueField] of OPTION_FIELDS) {
    const namedBy = rows.find((row) => cleanText(row.cells[nameField]) !== "");
    const name = namedBy ? readText({ row: namedBy, findings }, nameField, MAX_NAME_CHARACTERS) : "";
    if (nameField === "option1Name" && isPlaceholder(name.toLowerCase() || "title", rows)) continue;
    if (name === "") {
      const valuedBy = rows.find((row) => cleanText(row.cells[valueField]) !== "");
      if (valuedBy)
        findings.reject(
          valuedBy,
          valueField,
          "The option has a value here, but no row of the product names it.",
        );
      continue;
    }
    if (namedBy && names.some((other) => other.toLowerCase() === name.toLowerCase()))
      findings.reject(namedBy, nameField, "Two options of the product have this name.");
    names.push(name);
    valueFields.push(valueField);
  }
  return { names, valueFields };
}

/** One value per option; a missing one is rejected. */
export function readOptionValues(row: SourceRow, options: Options, findings: Findings): string[] {
  return options.valueFields.map((field, index) => {
    const value = readText({ row, findings }, field, MAX_NAME_CHARACTERS);
    if (value === "")
      findings.reject(row, field, `The variant has no value for the option ${options.names[index] ?? ""}.`);
    return value;
  });
}
