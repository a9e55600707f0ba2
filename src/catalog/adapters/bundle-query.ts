import type { Bundle, BundlePart } from "../contract-model.ts";
import { parseJson, present } from "./rows.ts";

/** Parts of all bundles on one product page: far more than a person reads. */
const MAX_PARTS = 200;

/**
 * What the variants of a product are made of, by the product's handle. Of several variants that sell a part the oldest is
 * named, and only when its product is listed.
 */
export const BUNDLES_SQL = `SELECT b.bundle_sku, b.component_sku, b.quantity, part.title AS variant_title, p.handle,
    p.title, p.picture
  FROM variants own
  CROSS JOIN bundle_components b ON b.bundle_sku = own.sku
  LEFT JOIN variants part ON part.id = (SELECT id FROM variants WHERE sku = b.component_sku ORDER BY id LIMIT 1)
  LEFT JOIN products p ON p.number = part.product_number AND p.is_listed = 1
  WHERE own.product_number = (SELECT number FROM products WHERE handle = ?1)
  ORDER BY own.position, b.component_sku LIMIT ${MAX_PARTS}`;

export type BundleRow = {
  readonly bundle_sku: string;
  readonly component_sku: string;
  readonly quantity: number;
  readonly variant_title: string | null;
  readonly handle: string | null;
  readonly title: string | null;
  readonly picture: string | null;
};

/** Bundles with their parts; variants that share a SKU are one bundle. */
export const readBundles = (rows: readonly BundleRow[]): readonly Bundle[] =>
  [...Map.groupBy(rows, (row) => row.bundle_sku)].map(([sku, parts]) => ({
    sku,
    parts: [...new Map(parts.map((row) => [row.component_sku, readPart(row)])).values()],
  }));

const readPart = (row: BundleRow): BundlePart => ({
  sku: row.component_sku,
  quantity: row.quantity,
  ...(row.handle === null
    ? {}
    : {
        handle: row.handle,
        ...present("title", row.title),
        ...present("variantTitle", row.variant_title === "" ? null : row.variant_title),
        ...present(
          "picture",
          row.picture === null ? null : parseJson<NonNullable<BundlePart["picture"]>>(row.picture),
        ),
      }),
});
