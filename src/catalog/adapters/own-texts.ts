import type {
  AttributeDefinition,
  TranslatedEntity,
  TranslatedFields,
  TypedValues,
} from "../contract-model.ts";
import type { ProductOption } from "../contract.ts";
import { parseJson, type CatalogDb } from "./rows.ts";

type PageRow = {
  readonly title: string;
  readonly description_html: string;
  readonly seo_title: string | null;
  readonly seo_description: string | null;
};
type ProductRow = PageRow & {
  readonly options: string;
  readonly typed_values: string;
  readonly type_attributes: string | null;
};

const SQL = {
  product: `SELECT p.title, p.description_html, p.seo_title, p.seo_description, p.options, p.typed_values,
      t.attributes AS type_attributes
    FROM products p LEFT JOIN product_types t ON t.key = p.type_key WHERE p.number = CAST(? AS INTEGER)`,
  collection: "SELECT title, description_html, seo_title, seo_description FROM collections WHERE id = ?",
  product_type: "SELECT name, attributes FROM product_types WHERE key = ?",
} as const;

/** Every text of a thing that can be translated, by field, in the shop's own language. */
export async function ownTexts(
  db: CatalogDb,
  entity: TranslatedEntity,
  entityKey: string,
): Promise<TranslatedFields> {
  const row = await db.prepare(SQL[entity]).bind(entityKey).first();
  if (!row) return {};
  if (entity === "product_type") return typeTexts(row as { name: string; attributes: string });
  const page = row as PageRow;
  return {
    title: page.title,
    descriptionHtml: page.description_html,
    seoTitle: page.seo_title ?? "",
    seoDescription: page.seo_description ?? "",
    ...(entity === "product" ? productTexts(row as ProductRow) : {}),
  };
}

function productTexts(row: ProductRow): TranslatedFields {
  const values = parseJson<TypedValues>(row.typed_values);
  const texts = parseJson<AttributeDefinition[]>(row.type_attributes ?? "[]").flatMap(
    ({ key, kind }): [string, string][] => {
      const value = values[key];
      return kind === "text" && typeof value === "string" ? [[`attribute/${key}`, value]] : [];
    },
  );
  const options = parseJson<ProductOption[]>(row.options).flatMap(
    ({ name, values: own }): [string, string][] => [
      [`option/${name}`, name],
      ...own.map((value): [string, string] => [`option/${name}/${value}`, value]),
    ],
  );
  return Object.fromEntries([...options, ...texts]);
}

const typeTexts = (row: { readonly name: string; readonly attributes: string }): TranslatedFields =>
  Object.fromEntries([
    ["name", row.name],
    ...parseJson<AttributeDefinition[]>(row.attributes).flatMap(
      ({ key, label, unit, choices = [] }): [string, string][] => [
        [`attribute/${key}`, label],
        ...(unit === undefined ? [] : [[`attribute/${key}/unit`, unit] as [string, string]]),
        ...choices.map((choice): [string, string] => [`attribute/${key}/${choice}`, choice]),
      ],
    ),
  ]);
