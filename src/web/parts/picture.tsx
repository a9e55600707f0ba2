import { useSpeech } from "./use-speech.ts";

/** A picture in the shape of the catalogue's view models. */
export type PictureModel = {
  readonly url: string;
  /** Empty for a decorative view. */
  readonly alt: string;
  readonly width: number;
  readonly height: number;
  /** What must stay in view when the picture is cut, in per cent from the start and from the top; the middle by default. */
  readonly focalX?: number;
  readonly focalY?: number;
};

export type PictureProps = {
  /** Without one, a drawn placeholder stands in its place. */
  readonly picture: PictureModel | undefined;
  /** Replaces the picture's own text, for places where its words would be said twice. */
  readonly alt?: string;
  /** True for the first picture of a page, which is fetched before anything else. */
  readonly isFirst?: boolean;
  /** How wide it stands, as in the HTML attribute `sizes`; the whole window by default. */
  readonly sizes?: string;
  readonly class?: string;
};

const WIDTHS = [200, 400, 800, 1200, 1600];
/** A picture of this shop that is made of pixels; drawings are sharp at any size, and other hosts make no renditions. */
const RENDERED = /^(\/media\/[a-z0-9-]+)\.(?:jpe?g|png|webp|avif)$/;

/** The address of a picture at a width: a rendition, or the picture as it is when there are none of it. */
export function pictureUrl(url: string, width: number, format: "avif" | "webp" | "jpg"): string {
  const base = RENDERED.exec(url)?.[1];
  return base === undefined ? url : `${base}-${width}.${format}`;
}

/** Renditions up to the picture's own width and the next above it. */
function srcset({ url, width }: PictureModel, format: "avif" | "webp"): string {
  const enough = WIDTHS.findIndex((offered) => offered >= width);
  const offered = enough < 0 ? WIDTHS : WIDTHS.slice(0, enough + 1);
  return offered.map((each) => `${pictureUrl(url, each, format)} ${each}w`).join(", ");
}

/** The style sheet knows the focal point in steps of ten per cent: pages have no inline styles. */
function focalClass({ focalX, focalY }: PictureModel): string {
  if (focalX === undefined && focalY === undefined) return "";
  const step = (value = 50): number => Math.min(10, Math.max(0, Math.round(value / 10))) * 10;
  return ` fx-${step(focalX)} fy-${step(focalY)}`;
}

/** The width that stands for browsers without `srcset`. */
const PLAIN_WIDTH = 800;

/** One picture with its real size, so that nothing moves when it arrives; photographs in several sizes and formats. */
export const Picture = (props: PictureProps) => {
  const { picture, alt, isFirst = false, sizes = "100vw", class: className = "" } = props;
  if (!picture) return <Placeholder alt={alt} class={className} />;
  const isRendered = RENDERED.test(picture.url);
  const image = (
    <img
      class={`${className}${focalClass(picture)}`}
      src={isRendered ? pictureUrl(picture.url, PLAIN_WIDTH, "webp") : picture.url}
      srcset={isRendered ? srcset(picture, "webp") : undefined}
      sizes={isRendered ? sizes : undefined}
      alt={alt ?? picture.alt}
      width={picture.width}
      height={picture.height}
      loading={isFirst ? undefined : "lazy"}
      fetchpriority={isFirst ? "high" : undefined}
      decoding={isFirst ? undefined : "async"}
    />
  );
  if (!isRendered) return image;
  return (
    <picture>
      <source type="image/avif" srcset={srcset(picture, "avif")} sizes={sizes} />
      {image}
    </picture>
  );
};

const Placeholder = ({
  alt,
  class: className,
}: {
  readonly alt: string | undefined;
  readonly class: string;
}) => (
  <svg
    class={`placeholder ${className}`}
    viewBox="0 0 80 100"
    role="img"
    aria-label={alt ?? useSpeech().say("picture.none")}
    aria-hidden={alt === "" ? "true" : undefined}
  >
    <rect width="80" height="100" class="placeholder-ground" />
    <path class="placeholder-line" d="M32 58V42h16v16zM32 58l5.5-6 3.5 4 2.5-2.5L48 58" />
  </svg>
);
