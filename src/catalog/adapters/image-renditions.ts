import { RENDITION_FORMATS, type MakeRendition } from "../app/renditions.ts";

/** Lossy, where eyes do not see it: measured on drawn and photographed goods. */
const QUALITY = { avif: 55, webp: 75, jpg: 80 } as const;

/**
 * Renditions through the platform's Images binding; without one, none are made. A drawing that the service hands back as it
 * was (SVG in production) is no rendition.
 */
export const createRenditions =
  (images: ImagesBinding | undefined): MakeRendition =>
  async (original, { width, format }) => {
    if (images === undefined) return undefined;
    try {
      const made = await images
        .input(new Response(original).body ?? new ReadableStream())
        .transform({ width, fit: "scale-down" })
        .output({
          format: RENDITION_FORMATS[format],
          quality: QUALITY[format],
          // A format without transparency gets paper behind it.
          ...(format === "jpg" ? { background: "#ffffff" } : {}),
        });
      if (made.contentType() !== RENDITION_FORMATS[format]) return undefined;
      return new Uint8Array(await new Response(made.image()).arrayBuffer());
    } catch {
      // Not a picture, too large, or the service is down: the original serves.
      return undefined;
    }
  };
