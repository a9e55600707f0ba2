/** A picture in the shape of the catalogue's view models. */
export type PictureModel = {
  readonly url: string;
  /** Empty for a decorative view. */
  readonly alt: string;
  readonly width: number;
  readonly height: number;
};

export type PictureProps = {
  /** Without one, a drawn placeholder stands in its place. */
  readonly picture: PictureModel | undefined;
  /** Replaces the picture's own text, for places where its words would be said twice. */
  readonly alt?: string;
  /** True for the first picture of a page, which is fetched before anything else. */
  readonly isFirst?: boolean;
  readonly class?: string;
};

/** One picture with its real size, so that nothing moves when it arrives. */
export const Picture = ({ picture, alt, isFirst = false, class: className }: PictureProps) =>
  picture ? (
    <img
      class={className}
      src={picture.url}
      alt={alt ?? picture.alt}
      width={picture.width}
      height={picture.height}
      loading={isFirst ? undefined : "lazy"}
      fetchpriority={isFirst ? "high" : undefined}
      decoding={isFirst ? undefined : "async"}
    />
  ) : (
    <svg
      class={`placeholder ${className ?? ""}`}
      viewBox="0 0 80 100"
      role="img"
      aria-label={alt ?? "No picture yet"}
      aria-hidden={alt === "" ? "true" : undefined}
    >
      <rect width="80" height="100" class="placeholder-ground" />
      <path class="placeholder-line" d="M32 58V42h16v16zM32 58l5.5-6 3.5 4 2.5-2.5L48 58" />
    </svg>
  );
