import { SectionViews } from "./section-views.tsx";

const VIEWS = [
  { href: "/admin/price-lists", label: "Price lists" },
  { href: "/admin/markets", label: "Markets" },
  { href: "/admin/taxes", label: "Taxes" },
] as const;

/** What prices come from, as links above each part. */
export const PriceViews = ({ here }: { readonly here: (typeof VIEWS)[number]["href"] }) => (
  <SectionViews label="Prices" views={VIEWS} here={here} />
);
