import {
  RELATION_KINDS,
  type PictureInput,
  type ProductInput,
  type ProductStatus,
  type ProductTypeView,
  type TaxClass,
  type TypedValue,
  type VariantInput,
} from "#catalog";
import { currency, parseDecimalMinor } from "#kernel";
import { readList, readRows, writeRows, type Values } from "./form-rows.ts";
import {
  attributesOf,
  FACT_PARTS,
  PICTURE_PARTS,
  VARIANT_PARTS,
  type ProductFormShop,
} from "./product-form.ts";
import { readLocal } from "./shop-instant.ts";

export type FormMistake = { readonly field: string; readonly message: string };
export type ReadProduct = {
  /** The form as it is shown again: empty rows are gone, pictures stand in their order. */
  readonly values: Values;
  readonly input: ProductInput;
  /** What cannot be read at all; everything else is checked by the catalogue. */
  readonly mistakes: readonly FormMistake[];
};

type Reader = {
  readonly mistakes: FormMistake[];
  readonly shop: ProductFormShop;
};
type PictureRow = Readonly<Record<(typeof PICTURE_PARTS)[number], string>>;
type VariantRow = Readonly<Record<(typeof VARIANT_PARTS)[number], string>>;

const STATUSES: readonly ProductStatus[] = ["draft", "active", "archived"];
const TAX_CLASSES: readonly TaxClass[] = ["standard", "reduced", "zero"];

/** Reads a product from its form. */
export function readProductForm(
  fields: Values,
  { shop, types }: { readonly shop: ProductFormShop; readonly types: readonly ProductTypeView[] },
): ReadProduct {
  const reader: Reader = { mistakes: [], shop };
  const text = (name: string): string => (fields[name] ?? "").trim();
  const pictures = readPictures(fields);
  const options = [0, 1, 2].map((index) => text(`option.${index}`)).filter((name) => name !== "");
  const variants = readRows(fields, "variant", {
    parts: VARIANT_PARTS,
    matters: ["sku", "barcode", "value0", "value1", "value2", "price"],
  });
  const facts = readRows(fields, "fact", { parts: FACT_PARTS, matters: FACT_PARTS });
  const typed = readTyped(reader, fields, attributesOf(types, text("typeKey")));
  const input: ProductInput = {
    handle: text("handle"),
    title: text("title"),
    status: STATUSES.find((status) => status === text("status")) ?? "draft",
    descriptionHtml: text("descriptionHtml"),
    vendor: text("vendor"),
    productType: text("productType"),
    tags: readList(fields["tags"]),
    options,
    variants: variants.map((row, index) => readVariant(reader, { row, index }, { options, pictures })),
    pictures: pictures.map(({ row }, index) => readPicture(reader, row, index)),
    attributes: facts,
    collections: readList(fields["collections"]),
    seoTitle: text("seoTitle"),
    seoDescription: text("seoDescription"),
    publication: {
      ...readInstant(reader, "publishAt", text("publishAt")),
      ...readInstant(reader, "unpublishAt", text("unpublishAt")),
      channels: readList(fields["channels"]),
    },
    typed: { typeKey: text("typeKey"), values: typed },
    relations: RELATION_KINDS.flatMap((kind) =>
      readList(fields[`relation.${kind}`]).map((handle) => ({ kind, handle })),
    ),
  };
  return {
    values: shownAgain(fields, { variants, pictures, facts, options }),
    input,
    mistakes: reader.mistakes,
  };
}

type Rows = {
  readonly variants: readonly VariantRow[];
  readonly pictures: readonly Placed[];
  readonly facts: readonly Values[];
  readonly options: readonly string[];
};

const ROWS = /^(?:variant|picture|fact|option)\./;

const shownAgain = (fields: Values, { variants, pictures, facts, options }: Rows): Values => ({
  ...Object.fromEntries(Object.entries(fields).filter(([name]) => !ROWS.test(name))),
  ...Object.fromEntries(options.map((name, index) => [`option.${index}`, name])),
  ...writeRows(
    "variant",
    variants.map((row) => ({ ...row, picture: newNumber(pictures, row.picture) })),
  ),
  ...writeRows(
    "picture",
    pictures.map(({ row }, index) => ({ ...row, place: String(index + 1) })),
  ),
  ...writeRows("fact", facts),
});

/** A picture, and the number that it had in the form. */
type Placed = { readonly row: PictureRow; readonly number: number };

/** Pictures in the order of their places; those without one stay where they are. */
function readPictures(fields: Values): readonly Placed[] {
  const rows = readRows(fields, "picture", { parts: PICTURE_PARTS, matters: ["url"] });
  const placeOf = ({ row, number }: Placed): number =>
    /^\d{1,4}$/.test(row.place) ? Number(row.place) : number;
  return rows
    .map((row, index): Placed => ({ row, number: index + 1 }))
    .sort((left, right) => placeOf(left) - placeOf(right) || left.number - right.number);
}

const newNumber = (pictures: readonly Placed[], old: string): string => {
  const index = pictures.findIndex(({ number }) => String(number) === old);
  return index < 0 ? old : String(index + 1);
};

function readPicture(reader: Reader, row: PictureRow, index: number): PictureInput {
  const whole = (part: "width" | "height" | "focalX" | "focalY"): number =>
    readWhole(reader, `picture.${index}.${part}`, row[part]);
  return {
    url: row.url,
    alt: row.alt,
    width: whole("width"),
    height: whole("height"),
    ...(row.focalX === "" ? {} : { focalX: whole("focalX") }),
    ...(row.focalY === "" ? {} : { focalY: whole("focalY") }),
  };
}

function readVariant(
  reader: Reader,
  { row, index }: { readonly row: VariantRow; readonly index: number },
  { options, pictures }: { readonly options: readonly string[]; readonly pictures: readonly Placed[] },
): VariantInput {
  const at = (part: string): string => `variant.${index}.${part}`;
  const money = (part: "price" | "compareAt" | "lowest"): number => readMoney(reader, at(part), row[part]);
  return {
    sku: row.sku,
    ...(row.barcode === "" ? {} : { barcode: row.barcode }),
    optionValues: options.map((_, option) => row[`value${option}` as "value0"]),
    priceMinor: money("price"),
    ...(row.compareAt === "" ? {} : { compareAtMinor: money("compareAt") }),
    ...(row.lowest === "" ? {} : { lowest30DaysMinor: money("lowest") }),
    weightGrams: row.weight === "" ? 0 : readWhole(reader, at("weight"), row.weight),
    taxClass: TAX_CLASSES.find((taxClass) => taxClass === row.taxClass) ?? "standard",
    requiresShipping: row.ships === "yes",
    ...readPictureNumber(reader, { field: at("picture"), text: row.picture }, pictures),
  };
}

function readPictureNumber(
  { mistakes }: Reader,
  { field, text }: { readonly field: string; readonly text: string },
  pictures: readonly Placed[],
): { readonly pictureIndex?: number } {
  if (text === "") return {};
  const index = pictures.findIndex(({ number }) => String(number) === text);
  if (index >= 0) return { pictureIndex: index };
  mistakes.push({
    field,
    message: `Enter the number of one of the ${pictures.length} pictures, or nothing.`,
  });
  return {};
}

function readMoney({ mistakes, shop }: Reader, field: string, text: string): number {
  const minor = parseDecimalMinor(text.replace(",", "."), currency(shop.currency));
  if (minor !== undefined && minor >= 0) return minor;
  mistakes.push({ field, message: `Enter an amount in ${shop.currency}, such as 19.00.` });
  return 0;
}

function readWhole({ mistakes }: Reader, field: string, text: string): number {
  if (/^\d{1,9}$/.test(text)) return Number(text);
  mistakes.push({ field, message: "Enter a whole number." });
  return 0;
}

function readInstant(
  { mistakes, shop }: Reader,
  field: "publishAt" | "unpublishAt",
  text: string,
): { readonly [Name in "publishAtMs" | "unpublishAtMs"]?: number } {
  if (text === "") return {};
  const atMs = readLocal(text, shop.timeZone);
  if (atMs !== undefined) return { [`${field}Ms`]: atMs };
  mistakes.push({ field, message: "Enter a day and a time, such as 2026-12-24 09:00." });
  return {};
}

function readTyped(
  { mistakes }: Reader,
  fields: Values,
  attributes: ProductTypeView["attributes"],
): Readonly<Record<string, TypedValue>> {
  return Object.fromEntries(
    attributes.flatMap(({ key, kind, label }): [string, TypedValue][] => {
      const text = (fields[`typed.${key}`] ?? "").trim();
      if (text === "") return [];
      if (kind === "boolean") return [[key, text === "yes"]];
      if (kind !== "number") return [[key, text]];
      const number = Number(text.replace(",", "."));
      if (Number.isFinite(number)) return [[key, number]];
      mistakes.push({ field: `typed.${key}`, message: `Enter a number for ${label}.` });
      return [];
    }),
  );
}

const POINTERS: readonly (readonly [RegExp, string])[] = [
  [/^\/variants\/(\d+)\/optionValues\/(\d+)$/, "variant.$1.value$2"],
  [/^\/variants\/(\d+)\/optionValues$/, "variant.$1.value0"],
  [/^\/variants\/(\d+)\/priceMinor$/, "variant.$1.price"],
  [/^\/variants\/(\d+)\/compareAtMinor$/, "variant.$1.compareAt"],
  [/^\/variants\/(\d+)\/lowest30DaysMinor$/, "variant.$1.lowest"],
  [/^\/variants\/(\d+)\/weightGrams$/, "variant.$1.weight"],
  [/^\/variants\/(\d+)\/pictureIndex$/, "variant.$1.picture"],
  [/^\/variants\/(\d+)\/(\w+)$/, "variant.$1.$2"],
  [/^\/variants$/, "variant.0.sku"],
  [/^\/pictures\/(\d+)\/(\w+)$/, "picture.$1.$2"],
  [/^\/attributes\/(\d+)\/(\w+)$/, "fact.$1.$2"],
  [/^\/options(?:\/(\d+))?$/, "option.$1"],
  [/^\/(tags|collections)(?:\/\d+)?$/, "$1"],
  [/^\/publication\/(publishAt|unpublishAt|channels)(?:\/\d+)?$/, "$1"],
  [/^\/typed\/values\/(\w+)$/, "typed.$1"],
  [/^\/typed\/typeKey$/, "typeKey"],
  [/^\/(\w+)$/, "$1"],
];

/** The field of the form that a pointer of the catalogue speaks of. */
export function fieldOfPointer(pointer: string, input: ProductInput): string {
  const relation = /^\/relations\/(\d+)\//.exec(pointer)?.[1];
  if (relation !== undefined) {
    return `relation.${input.relations?.[Number(relation)]?.kind ?? RELATION_KINDS[0]}`;
  }
  const [pattern, name] = POINTERS.find(([each]) => each.test(pointer)) ?? [/^.*$/s, "title"];
  const field = pointer.replace(pattern, name);
  return field === "option." ? "option.0" : field;
}
