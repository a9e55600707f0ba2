const VIEWS = [
  { href: "/admin/products", label: "Products" },
  { href: "/admin/collections", label: "Collections" },
  { href: "/admin/product-types", label: "Product types" },
] as const;

/** The parts of the catalogue, as links above each of them. */
export const CatalogueViews = ({ here }: { readonly here: (typeof VIEWS)[number]["href"] }) => (
  <nav class="desk-views" aria-label="Catalogue">
    {VIEWS.map(({ href, label }) => (
      <a href={href} aria-current={href === here ? "true" : undefined}>
        {label}
      </a>
    ))}
  </nav>
);
