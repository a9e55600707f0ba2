import { ok, refuse, type Result } from "#kernel";
import { ATTRIBUTE_KINDS, type AttributeDefinition, type ProductTypeInput } from "../contract-model.ts";
import type { CatalogRefusal } from "../contract.ts";
import { checkCount, collectErrors, readText, type Field } from "./field-errors.ts";
import {
  MAX_ATTRIBUTE_CHARACTERS,
  MAX_CHOICES,
  MAX_LABEL_CHARACTERS,
  MAX_TYPE_ATTRIBUTES,
  MAX_UNIT_CHARACTERS,
} from "./limits.ts";
import { readKey } from "./validate-rule.ts";

/** Checks a product type and cleans its texts. Refuses `invalid_product` with one entry per field to mend. */
export function validateType(input: ProductTypeInput): Result<ProductTypeInput, CatalogRefusal> {
  const { root, list } = collectErrors();
  const field = root.at("/attributes");
  checkCount(field, input.attributes.length, MAX_TYPE_ATTRIBUTES);
  const seen = new Set<string>();
  const type: ProductTypeInput = {
    key: readKey(root.at("/key"), input.key),
    name: readText(root.at("/name"), input.name, { minimum: 1, maximum: MAX_LABEL_CHARACTERS }),
    attributes: input.attributes.slice(0, MAX_TYPE_ATTRIBUTES).map((attribute, index) => {
      const read = readAttribute(field.at(`/${index}`), attribute);
      if (seen.has(read.key))
        field.at(`/${index}/key`).refuse(`Choose another key; ${read.key} is there already.`);
      seen.add(read.key);
      return read;
    }),
  };
  return list.length === 0 ? ok(type) : refuse({ code: "invalid_product", errors: list });
}

function readAttribute(field: Field, attribute: AttributeDefinition): AttributeDefinition {
  const { kind, unit = "", choices, isRequired, isFacet } = attribute;
  if (!ATTRIBUTE_KINDS.includes(kind)) field.at("/kind").refuse(`Use one of ${ATTRIBUTE_KINDS.join(", ")}.`);
  const cleanUnit = readText(field.at("/unit"), unit, { minimum: 0, maximum: MAX_UNIT_CHARACTERS });
  if (cleanUnit !== "" && kind !== "number")
    field.at("/unit").refuse("Leave the unit out: only a number has one.");
  return {
    key: readKey(field.at("/key"), attribute.key),
    label: readText(field.at("/label"), attribute.label, { minimum: 1, maximum: MAX_LABEL_CHARACTERS }),
    kind,
    ...(cleanUnit === "" ? {} : { unit: cleanUnit }),
    ...readChoices(field.at("/choices"), kind, choices),
    isRequired,
    isFacet,
  };
}

function readChoices(
  field: Field,
  kind: AttributeDefinition["kind"],
  choices: readonly string[] = [],
): { readonly choices?: readonly string[] } {
  if (kind !== "choice") {
    if (choices.length > 0) field.refuse("Leave the choices out: only a choice has them.");
    return {};
  }
  if (choices.length === 0) field.refuse("List what may be chosen.");
  checkCount(field, choices.length, MAX_CHOICES);
  const bounds = { minimum: 1, maximum: MAX_ATTRIBUTE_CHARACTERS } as const;
  const clean = choices
    .slice(0, MAX_CHOICES)
    .map((choice, index) => readText(field.at(`/${index}`), choice, bounds));
  return { choices: [...new Set(clean)] };
}
