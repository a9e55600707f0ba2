import type { MediaId } from "#kernel";

/** What a product can be described by and sorted into: types, typed values, publication, rules, relations, translations. */

export const ATTRIBUTE_KINDS = ["text", "number", "boolean", "choice", "date"] as const;
export type AttributeKind = (typeof ATTRIBUTE_KINDS)[number];

/** One attribute that all products of a type have. Its place in the list is its place on the page. */
export type AttributeDefinition = {
  /** Small letters, digits and `_`; the same key in two types is the same attribute to a facet. */
  readonly key: string;
  readonly label: string;
  readonly kind: AttributeKind;
  /** Of a number: `mm`, `g/m²`. */
  readonly unit?: string;
  /** Of a choice: what may be chosen, in order. */
  readonly choices?: readonly string[];
  readonly isRequired: boolean;
  /** Lists can be filtered by it. */
  readonly isFacet: boolean;
};

export type ProductTypeInput = {
  readonly key: string;
  readonly name: string;
  readonly attributes: readonly AttributeDefinition[];
};
export type ProductTypeView = ProductTypeInput & {
  readonly version: number;
  readonly updatedAtMs: number;
};

/** A text, a choice and a date (YYYY-MM-DD) are strings. */
export type TypedValue = string | number | boolean;
export type TypedValues = Readonly<Record<string, TypedValue>>;

/** A value with what is needed to show it; `text` has the unit, and words for yes and no. */
export type TypedAttribute = AttributeDefinition & { readonly value: TypedValue; readonly text: string };

/** The shop itself. A product is in its lists only when it is on this channel. */
export const WEB_CHANNEL = "web";

/** When and where a product is shown. */
export type Publication = {
  /** Not before; without it, as soon as the product is active. */
  readonly publishAtMs?: number;
  /** Not from then on. */
  readonly unpublishAtMs?: number;
  /** Keys such as `web`, `pos`, `marketplace`. */
  readonly channels: readonly string[];
};

/** What a product says by the attributes of its type. */
export type TypedFacts = {
  /** Key of a product type; empty for none, and then there are no values. */
  readonly typeKey: string;
  readonly values: TypedValues;
};

export type RuleCondition =
  | { readonly kind: "tag"; readonly tag: string }
  /** The key of a product type, or the words a product is filed under; case does not matter. */
  | { readonly kind: "type"; readonly type: string }
  | { readonly kind: "vendor"; readonly vendor: string }
  /** A typed attribute is the value, or lies within the bounds; with neither, it has any value. */
  | {
      readonly kind: "attribute";
      readonly key: string;
      readonly value?: TypedValue;
      readonly minimum?: number;
      readonly maximum?: number;
    }
  /** The lowest price lies within the bounds, both included. */
  | { readonly kind: "price"; readonly minimumMinor?: number; readonly maximumMinor?: number }
  /** The lowest price stands beside a higher former one. */
  | { readonly kind: "sale" }
  | { readonly kind: "in_stock" }
  /** Published within so many days. */
  | { readonly kind: "new"; readonly days: number }
  | { readonly kind: "title"; readonly contains: string };

export type CollectionRule = {
  readonly match: "all" | "any";
  readonly conditions: readonly RuleCondition[];
};

export const RELATION_KINDS = ["accessory", "part_of_set", "replacement", "goes_with"] as const;
export type RelationKind = (typeof RELATION_KINDS)[number];

/** From the product that holds it to the one it names; the list's order is the order shown. */
export type RelationInput = { readonly kind: RelationKind; readonly handle: string };

/** One part of a bundle; handle and title are absent when no listed product sells the SKU. */
export type BundlePart = {
  readonly sku: string;
  readonly quantity: number;
  readonly handle?: string;
  readonly title?: string;
  readonly variantTitle?: string;
  readonly picture?: { readonly mediaId: MediaId; readonly url: string; readonly alt: string } & {
    readonly width: number;
    readonly height: number;
  };
};
/** What one unit of a variant is made of, when it is a bundle. */
export type Bundle = { readonly sku: string; readonly parts: readonly BundlePart[] };

export const TRANSLATED_ENTITIES = ["product", "collection", "product_type"] as const;
export type TranslatedEntity = (typeof TRANSLATED_ENTITIES)[number];

/**
 * Texts of one thing in one language, by field: `title`, `descriptionHtml`, `seoTitle`, `seoDescription`;
 * `option/Colour` and `option/Colour/Blue` of a product; `name`, `attribute/material` and `attribute/material/oak` of a
 * type; `attribute/care` of a product for the text itself.
 */
export type TranslatedFields = Readonly<Record<string, string>>;
