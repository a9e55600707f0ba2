import { SectionViews } from "./section-views.tsx";

const VIEWS = [
  { href: "/admin/imports", label: "Imports" },
  { href: "/admin/imports/mappings", label: "Column mappings" },
  { href: "/admin/exports", label: "Exports and feeds" },
] as const;

/** What comes in and goes out as files, as links above each part. */
export const ImportViews = ({ here }: { readonly here: (typeof VIEWS)[number]["href"] }) => (
  <SectionViews label="Files" views={VIEWS} here={here} />
);
