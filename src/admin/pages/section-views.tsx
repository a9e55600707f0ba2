export type SectionView = { readonly href: string; readonly label: string };

/** The parts of a section of the back office, as links above each of them. */
export const SectionViews = ({
  label,
  views,
  here,
}: {
  readonly label: string;
  readonly views: readonly SectionView[];
  /** Address of the one that is open. */
  readonly here: string;
}) => (
  <nav class="desk-views" aria-label={label}>
    {views.map((view) => (
      <a href={view.href} aria-current={view.href === here ? "true" : undefined}>
        {view.label}
      </a>
    ))}
  </nav>
);
