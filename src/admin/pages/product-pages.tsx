import { epochMs } from "#kernel";
import type { ProductStatus, ProductView, StaffProductRow } from "#catalog";
import { DataTable, Empty, Pager, Picture, formatInstant, formatMinor } from "#web";
import { AdminPage, Word } from "./admin-page.tsx";
import { CatalogueViews } from "./catalogue-views.tsx";
import { AVAILABILITY_WORDS, PRODUCT_STATUS_WORDS } from "./words.ts";

export type ProductListModel = {
  readonly rows: readonly StaffProductRow[];
  readonly status?: ProductStatus | undefined;
  readonly nextHref?: string | undefined;
  readonly firstHref?: string | undefined;
  readonly timeZone: string;
};

const VIEWS: readonly { readonly label: string; readonly status?: ProductStatus }[] = [
  { label: "All" },
  { label: "Active", status: "active" },
  { label: "Drafts", status: "draft" },
  { label: "Archived", status: "archived" },
];

const priceRange = (row: StaffProductRow): string =>
  row.priceMinMinor === row.priceMaxMinor
    ? formatMinor(row.priceMinMinor, row.currency)
    : `${formatMinor(row.priceMinMinor, row.currency)} – ${formatMinor(row.priceMaxMinor, row.currency)}`;

/** Products of every status, last changed first. */
export const ProductListPage = ({ rows, status, nextHref, firstHref, timeZone }: ProductListModel) => (
  <AdminPage title="Products" section="/admin/products">
    <div class="desk-head">
      <h1>Products</h1>
      <span class="desk-views">
        <a href="/admin/products/new">New product</a>
        <a href="/admin/imports">Import a file</a>
      </span>
    </div>
    <CatalogueViews here="/admin/products" />
    <nav class="desk-views" aria-label="Saved views">
      {VIEWS.map((view) => (
        <a
          href={view.status ? `/admin/products?status=${view.status}` : "/admin/products"}
          aria-current={view.status === status ? "true" : undefined}
        >
          {view.label}
        </a>
      ))}
    </nav>
    {rows.length === 0 ? (
      <Empty title="No products here" action={{ href: "/admin/imports", label: "Import products" }}>
        No product has this status.
      </Empty>
    ) : (
      <>
        <DataTable
          caption="Products, last changed first"
          isCaptionHidden
          columns={[
            { label: "Product" },
            { label: "Status" },
            { label: "Stock" },
            { label: "Variants", isNumeric: true },
            { label: "Price", isNumeric: true },
            { label: "Changed", isWhole: true },
          ]}
          rows={rows.map((row) => [
            <a href={`/admin/products/${encodeURIComponent(row.handle)}`}>
              <bdi>{row.title}</bdi>
            </a>,
            <Word tone={PRODUCT_STATUS_WORDS[row.status].tone}>{PRODUCT_STATUS_WORDS[row.status].word}</Word>,
            <Word tone={AVAILABILITY_WORDS[row.availability].tone}>
              {AVAILABILITY_WORDS[row.availability].word}
            </Word>,
            row.variantCount,
            priceRange(row),
            formatInstant(epochMs(row.updatedAtMs), timeZone),
          ])}
        />
        <Pager shown={`${rows.length} on this page`} moreHref={nextHref} firstHref={firstHref} />
      </>
    )}
  </AdminPage>
);

/** One product with its variants and where each stands. */
export const ProductDetailPage = ({ product }: { readonly product: ProductView }) => (
  <AdminPage title={product.title} section="/admin/products">
    <div class="desk-head">
      <h1>
        <bdi>{product.title}</bdi>
      </h1>
      <Word tone={PRODUCT_STATUS_WORDS[product.status].tone}>
        {PRODUCT_STATUS_WORDS[product.status].word}
      </Word>
    </div>
    <Ways handle={product.handle} />
    <div class="desk-columns">
      <section>
        <h2>Variants</h2>
        <DataTable
          caption="Variants"
          isCaptionHidden
          columns={[
            { label: "SKU", isWhole: true },
            { label: "Option" },
            { label: "Price", isNumeric: true },
            { label: "Weight", isNumeric: true },
            { label: "Stock" },
          ]}
          rows={product.variants.map((variant) => [
            <a href={`/admin/stock/${encodeURIComponent(variant.sku)}`}>
              <bdi>{variant.sku}</bdi>
            </a>,
            variant.title || "–",
            formatMinor(variant.priceMinor, product.currency),
            `${variant.weightGrams} g`,
            <Word tone={AVAILABILITY_WORDS[variant.availability].tone}>
              {AVAILABILITY_WORDS[variant.availability].word}
            </Word>,
          ])}
        />
      </section>
      <aside class="desk-stack" aria-label="About this product">
        <Facts product={product} />
      </aside>
    </div>
  </AdminPage>
);

const Facts = ({ product }: { readonly product: ProductView }) => (
  <>
    {product.picture && (
      <div class="desk-picture">
        <Picture picture={product.picture} />
      </div>
    )}
    <dl class="desk-facts">
      <dt>Handle</dt>
      <dd>{product.handle}</dd>
      <dt>Type</dt>
      <dd>{product.productType || "–"}</dd>
      <dt>Vendor</dt>
      <dd>{product.vendor || "–"}</dd>
      <dt>Tags</dt>
      <dd>{product.tags.join(", ") || "–"}</dd>
      <dt>Collections</dt>
      <dd>{product.collections.map((collection) => collection.title).join(", ") || "–"}</dd>
      <dt>Version</dt>
      <dd>{product.version}</dd>
    </dl>
  </>
);

const Ways = ({ handle }: { readonly handle: string }) => {
  const path = encodeURIComponent(handle);
  return (
    <ul class="desk-views">
      <li>
        <a href={`/admin/products/${path}/edit`}>Edit this product</a>
      </li>
      <li>
        <a href={`/admin/translations/product/${path}`}>Languages</a>
      </li>
      <li>
        <a href={`/products/${path}`}>See it in the shop</a>
      </li>
    </ul>
  );
};
