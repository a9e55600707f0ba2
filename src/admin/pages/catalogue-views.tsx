import { SectionViews } from "./section-views.tsx";

const VIEWS = [
  { href: "/admin/products", label: "Products" },
  { href: "/admin/collections", label: "Collections" },
  { href: "/admin/product-types", label: "Product types" },
  { href: "/admin/facets", label: "Filters" },
  { href: "/admin/words", label: "Words" },
] as const;

/** The parts of the catalogue, as links above each of them. */
export const CatalogueViews = ({ here }: { readonly here: (typeof VIEWS)[number]["href"] }) => (
  <SectionViews label="Catalogue" views={VIEWS} here={here} />
);
