import { ok, refuse, type Page, type Result } from "#kernel";
import { MAX_ALT_CHARACTERS, MAX_MEDIA_BYTES, MAX_PICTURE_PIXELS } from "../domain/limits.ts";
import { contentTypeOf, endingOf } from "./media-files.ts";

/** A picture that staff have uploaded, with what every use of it says. */
export type MediaFile = {
  readonly name: string;
  /** Path on this shop. */
  readonly url: string;
  readonly contentType: string;
  readonly bytes: number;
  /** In pixels. */
  readonly width: number;
  readonly height: number;
  readonly alt: string;
  /** In per cent from the start and from the top. */
  readonly focalX: number;
  readonly focalY: number;
  readonly createdAtMs: number;
};

/** What staff say about a picture. */
export type MediaWords = Pick<MediaFile, "alt" | "focalX" | "focalY">;

export type MediaRefusal =
  | { readonly code: "media_refused"; readonly detail: string }
  | { readonly code: "media_unknown"; readonly name: string }
  | { readonly code: "invalid_cursor" };

/** Where uploads lie and what is known of them. */
export type MediaLibrary = {
  list(request: {
    readonly cursor?: string;
    readonly limit: number;
  }): Promise<Result<Page<MediaFile>, MediaRefusal>>;
  find(name: string): Promise<MediaFile | undefined>;
  /** Stores the bytes and, when the name is new, the row. Repeating changes nothing. */
  add(file: MediaFile, bytes: Uint8Array<ArrayBuffer>): Promise<void>;
  /** Changes the words here and at every product and collection that shows the picture. False when there is none. */
  describe(name: string, words: MediaWords): Promise<boolean>;
};

export type MediaPorts = {
  readonly library: MediaLibrary;
  /** Hex characters of the SHA-256 of the bytes. */
  readonly digest: (bytes: Uint8Array<ArrayBuffer>) => Promise<string>;
  /** Size in pixels as it is shown; `undefined` when the bytes are no picture. */
  readonly measure: (
    bytes: Uint8Array<ArrayBuffer>,
  ) => { readonly width: number; readonly height: number } | undefined;
  readonly nowMs: () => number;
};

/** Characters of the digest in a name: 128 bits, so that two pictures never meet. */
const NAME_DIGITS = 32;
/** The middle. */
export const MIDDLE = 50;

const refused = (detail: string): Result<never, MediaRefusal> => refuse({ code: "media_refused", detail });

/**
 * Takes a picture into the library under a name made of its bytes. The type is what the bytes say, whatever the file is
 * called. The same bytes again are the same picture, with the words that it has.
 */
export async function addMedia(
  ports: MediaPorts,
  bytes: Uint8Array<ArrayBuffer>,
  alt = "",
): Promise<Result<MediaFile, MediaRefusal>> {
  if (bytes.byteLength > MAX_MEDIA_BYTES) return refused("Choose a picture of at most 10 MB.");
  const contentType = contentTypeOf(bytes);
  const ending = contentType === undefined ? undefined : endingOf(contentType);
  const size = contentType === undefined ? undefined : ports.measure(bytes);
  if (contentType === undefined || ending === undefined || size === undefined)
    return refused("Choose a picture: SVG, PNG, JPEG, WebP or AVIF.");
  if (Math.max(size.width, size.height) > MAX_PICTURE_PIXELS)
    return refused(`Choose a picture of at most ${MAX_PICTURE_PIXELS} pixels a side.`);
  const name = `${(await ports.digest(bytes)).slice(0, NAME_DIGITS)}.${ending}`;
  const known = await ports.library.find(name);
  const file: MediaFile = known ?? {
    name,
    url: `/media/${name}`,
    contentType,
    bytes: bytes.byteLength,
    ...size,
    alt: alt.trim().slice(0, MAX_ALT_CHARACTERS),
    focalX: MIDDLE,
    focalY: MIDDLE,
    createdAtMs: ports.nowMs(),
  };
  // Again, too: a row without its file, left by a crash, is mended by choosing the file once more.
  await ports.library.add(file, bytes);
  return ok(file);
}

/** Changes what is said of a picture, wherever it is shown. Refuses `media_unknown`. */
export async function describeMedia(
  { library }: Pick<MediaPorts, "library">,
  name: string,
  words: MediaWords,
): Promise<Result<true, MediaRefusal>> {
  const isKnown = await library.describe(name, { ...words, alt: words.alt.trim() });
  return isKnown ? ok(true as const) : refuse({ code: "media_unknown", name });
}
