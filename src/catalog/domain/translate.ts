import type { TranslatedFields, TypedAttribute } from "../contract-model.ts";
import type { CollectionView, ProductView } from "../contract.ts";

/** Stands between the values of a variant's options. */
export const LIST_SEPARATOR = ", ";

/** The text of a field in the closest language that has it. */
export type Translator = (field: string, own: string) => string;

/** Texts by closeness of their language: the first that has a field wins, else the shop's own text stays. */
export const translatorOf =
  (chain: readonly TranslatedFields[]): Translator =>
  (field, own) =>
    chain.find((fields) => fields[field] !== undefined)?.[field] ?? own;

const optional = <Key extends string>(key: Key, text: string): { [K in Key]?: string } =>
  text === "" ? {} : ({ [key]: text } as { [K in Key]?: string });

type PageTexts = Pick<ProductView, "title" | "descriptionHtml" | "seoTitle" | "seoDescription">;

/** Title, description and what search engines are told. */
const pageTexts = (view: PageTexts, text: Translator): PageTexts => ({
  title: text("title", view.title),
  descriptionHtml: text("descriptionHtml", view.descriptionHtml),
  ...optional("seoTitle", text("seoTitle", view.seoTitle ?? "")),
  ...optional("seoDescription", text("seoDescription", view.seoDescription ?? "")),
});

export const translateCollection = (view: CollectionView, text: Translator): CollectionView => ({
  ...view,
  ...pageTexts(view, text),
});

/** A product with its own texts and its options, which fall back to the shop's words; ids, SKUs and handles stay. */
export function translateProduct(
  view: ProductView,
  text: Translator,
  wordOf: (own: string) => string = (own) => own,
): ProductView {
  const nameOf = (name: string): string => text(`option/${name}`, wordOf(name));
  const valueOf = (index: number, value: string): string => {
    const option = view.options[index];
    return option ? text(`option/${option.name}/${value}`, wordOf(value)) : value;
  };
  return {
    ...view,
    ...pageTexts(view, text),
    options: view.options.map(({ name, values }, index) => ({
      name: nameOf(name),
      values: values.map((value) => valueOf(index, value)),
      own: { name, values },
    })),
    variants: view.variants.map((variant) => {
      const optionValues = variant.optionValues.map((value, index) => valueOf(index, value));
      return { ...variant, optionValues, title: optionValues.join(LIST_SEPARATOR) };
    }),
  };
}

/** Values with their labels, units and shown words in the wanted language; keys and values stay. */
export const translateAttributes = (
  attributes: readonly TypedAttribute[],
  texts: { readonly product: Translator; readonly type: Translator },
): readonly TypedAttribute[] =>
  attributes.map((attribute) => {
    const { key, kind, value, unit } = attribute;
    const inType = (part: string, own: string): string => texts.type(`attribute/${key}${part}`, own);
    const label = inType("", attribute.label);
    if (kind === "choice") return { ...attribute, label, text: inType(`/${String(value)}`, attribute.text) };
    if (kind === "text")
      return { ...attribute, label, text: texts.product(`attribute/${key}`, attribute.text) };
    if (unit === undefined) return { ...attribute, label };
    const shownUnit = inType("/unit", unit);
    return { ...attribute, label, unit: shownUnit, text: `${String(value)} ${shownUnit}` };
  });
