import { imageSize } from "image-size";

/** Size in pixels as a picture is shown, its orientation counted in; `undefined` when the bytes are no picture. */
export function measurePicture(
  bytes: Uint8Array,
): { readonly width: number; readonly height: number } | undefined {
  try {
    const { width, height, orientation = 1 } = imageSize(bytes);
    if (!(width > 0 && height > 0)) return undefined;
    const size = { width: Math.round(width), height: Math.round(height) };
    // EXIF orientations 5 to 8 lie on their side.
    return orientation >= 5 ? { width: size.height, height: size.width } : size;
  } catch {
    return undefined;
  }
}
