/** Widths in pixels that a picture is offered in; anything else is not made, so nobody can have thousands made. */
export const RENDITION_WIDTHS = [200, 400, 800, 1200, 1600] as const;
export type RenditionWidth = (typeof RENDITION_WIDTHS)[number];

/** Endings of renditions, with the content type that each promises. */
export const RENDITION_FORMATS = { avif: "image/avif", webp: "image/webp", jpg: "image/jpeg" } as const;
export type RenditionFormat = keyof typeof RENDITION_FORMATS;

export type WantedRendition = {
  /** Name of the original without its ending. */
  readonly base: string;
  readonly width: RenditionWidth;
  readonly format: RenditionFormat;
};

/** Makes one picture smaller and into another format; `undefined` when it cannot, whatever the reason. */
export type MakeRendition = (
  original: Uint8Array<ArrayBuffer>,
  wanted: Pick<WantedRendition, "width" | "format">,
) => Promise<Uint8Array<ArrayBuffer> | undefined>;

const NAME = /^([a-z0-9](?:[a-z0-9-]*[a-z0-9])?)-(\d{3,4})\.(avif|webp|jpg)$/;

/** Reads `heron-1-800.avif`: the original `heron-1` at 800 pixels; `undefined` for anything that is not offered. */
export function parseRendition(name: string): WantedRendition | undefined {
  const [, base, digits, ending] = NAME.exec(name) ?? [];
  const width = RENDITION_WIDTHS.find((offered) => offered === Number(digits));
  const format = (["avif", "webp", "jpg"] as const).find((known) => known === ending);
  return base === undefined || width === undefined || format === undefined
    ? undefined
    : { base, width, format };
}

/** Where a rendition lies in the bucket; no original can have such a name. */
export const renditionKey = ({ base, width, format }: WantedRendition): string =>
  `renditions/${base}-${width}.${format}`;
