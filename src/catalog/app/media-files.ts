/** Content types of pictures that the shop takes, by the ending of the name. */
const CONTENT_TYPES: Readonly<Record<string, string>> = {
  svg: "image/svg+xml",
  png: "image/png",
  jpg: "image/jpeg",
  jpeg: "image/jpeg",
  webp: "image/webp",
  avif: "image/avif",
};

const NAME = /^[a-z0-9](?:[a-z0-9-]{0,118}[a-z0-9])?\.(svg|png|jpe?g|webp|avif)$/;

/** All content types, for a message. */
export const MEDIA_CONTENT_TYPES: readonly string[] = [...new Set(Object.values(CONTENT_TYPES))];

/** The content type that a file of this name has; `undefined` when the name is not one of ours. */
export function mediaContentType(name: string): string | undefined {
  const ending = NAME.exec(name)?.[1];
  return ending === undefined ? undefined : CONTENT_TYPES[ending];
}

const startsWith = (bytes: Uint8Array, offset: number, text: string): boolean =>
  Array.from(text).every((character, index) => bytes[offset + index] === character.charCodeAt(0));

/** Bytes that are searched for the first element of an SVG: room for a declaration and a comment. */
const SVG_HEAD_BYTES = 2_048;

const SIGNATURES: Readonly<Record<string, (bytes: Uint8Array) => boolean>> = {
  "image/png": (bytes) => startsWith(bytes, 0, "\u0089PNG\r\n\u001a\n"),
  "image/jpeg": (bytes) => startsWith(bytes, 0, "\u00ff\u00d8\u00ff"),
  "image/webp": (bytes) => startsWith(bytes, 0, "RIFF") && startsWith(bytes, 8, "WEBP"),
  "image/avif": (bytes) => startsWith(bytes, 4, "ftypavi"),
  "image/svg+xml": (bytes) => /<svg[\s>]/.test(new TextDecoder().decode(bytes.subarray(0, SVG_HEAD_BYTES))),
};

/** Tells whether the bytes begin as a picture of this content type does. */
export const looksLike = (contentType: string, bytes: Uint8Array): boolean =>
  SIGNATURES[contentType]?.(bytes) ?? false;

/** The content type that the bytes themselves say; `undefined` when they are no picture that the shop takes. */
export const contentTypeOf = (bytes: Uint8Array): string | undefined =>
  MEDIA_CONTENT_TYPES.find((contentType) => looksLike(contentType, bytes));

/** The ending that a name of this content type gets. */
export const endingOf = (contentType: string): string | undefined =>
  Object.entries(CONTENT_TYPES).find(([, known]) => known === contentType)?.[0];
