import type { PictureInput } from "../contract.ts";
import { checkWhole, readText, type Field } from "./field-errors.ts";
import { MAX_ALT_CHARACTERS, MAX_PICTURE_PIXELS, MAX_URL_CHARACTERS } from "./limits.ts";

/** A path on this shop (never `//host`), or an absolute https address without credentials. */
function isPictureUrl(url: string): boolean {
  if (url.startsWith("/")) return /^\/[^/\\\s]\S*$/.test(url);
  if (!URL.canParse(url)) return false;
  const parsed = new URL(url);
  return parsed.protocol === "https:" && parsed.username === "" && parsed.password === "";
}

/** Checks one picture; what comes back is clean when no error was added. */
export function readPicture(field: Field, picture: PictureInput): PictureInput {
  const url = readText(field.at("/url"), picture.url, { minimum: 1, maximum: MAX_URL_CHARACTERS });
  if (!isPictureUrl(url))
    field.at("/url").refuse("Use an https address, or a path that begins with /media/.");
  const pixels = { minimum: 1, maximum: MAX_PICTURE_PIXELS };
  checkWhole(field.at("/width"), picture.width, pixels);
  checkWhole(field.at("/height"), picture.height, pixels);
  const alt = readText(field.at("/alt"), picture.alt, { minimum: 0, maximum: MAX_ALT_CHARACTERS });
  const perCent = { minimum: 0, maximum: 100 };
  if (picture.focalX !== undefined) checkWhole(field.at("/focalX"), picture.focalX, perCent);
  if (picture.focalY !== undefined) checkWhole(field.at("/focalY"), picture.focalY, perCent);
  return {
    url,
    alt,
    width: picture.width,
    height: picture.height,
    ...(picture.focalX === undefined ? {} : { focalX: picture.focalX }),
    ...(picture.focalY === undefined ? {} : { focalY: picture.focalY }),
  };
}
