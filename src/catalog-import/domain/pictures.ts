import { readPictureUrl, readText, type Findings } from "./cells.ts";
import type { PictureDraft } from "./draft.ts";
import { ASSUMED_PICTURE_PIXELS, MAX_ALT_CHARACTERS, MAX_PICTURES } from "./limits.ts";
import type { SourceRow } from "./rows.ts";
import { cleanText } from "./text.ts";

/** A product's pictures in their order, and where each address stands. */
export type Gallery = {
  readonly pictures: readonly PictureDraft[];
  readonly indexOf: ReadonlyMap<string, number>;
};

type Placed = {
  readonly url: string;
  readonly alt: string;
  readonly position: number;
  readonly row: SourceRow;
};

/**
 * Gathers the pictures of a product: those of its image columns by position (then by line), then variants' pictures
 * that are not among them. An address that occurs twice is one picture.
 */
export function gatherPictures(rows: readonly SourceRow[], findings: Findings): Gallery {
  const placed = rows.flatMap((row) => placePicture(row, findings)).sort(byPosition);
  const ofVariants = rows.flatMap((row) => {
    const url = readPictureUrl(row, "variantImage", findings);
    return url === undefined ? [] : [{ url, alt: "", position: Infinity, row }];
  });
  const pictures: PictureDraft[] = [];
  const indexOf = new Map<string, number>();
  for (const { url, alt, row } of [...placed, ...ofVariants]) {
    if (indexOf.has(url)) continue;
    if (pictures.length === MAX_PICTURES) {
      findings.warn(
        row,
        "imageUrl",
        `A product shows at most ${MAX_PICTURES} pictures; the others were left out.`,
      );
      break;
    }
    indexOf.set(url, pictures.length);
    pictures.push({ url, alt, width: ASSUMED_PICTURE_PIXELS, height: ASSUMED_PICTURE_PIXELS });
  }
  return { pictures, indexOf };
}

function placePicture(row: SourceRow, findings: Findings): Placed[] {
  const url = readPictureUrl(row, "imageUrl", findings);
  if (url === undefined) return [];
  return [
    {
      url,
      alt: readText({ row, findings }, "imageAlt", MAX_ALT_CHARACTERS),
      position: readPosition(row, findings),
      row,
    },
  ];
}

function readPosition(row: SourceRow, findings: Findings): number {
  const text = cleanText(row.cells.imagePosition);
  if (text === "") return Infinity;
  if (/^\d{1,6}(?:\.0*)?$/.test(text)) return Number(text);
  findings.warn(row, "imagePosition", "A position is a whole number from 1; the picture follows the others.");
  return Infinity;
}

const byPosition = (left: Placed, right: Placed): number =>
  left.position === right.position ? left.row.line - right.row.line : left.position - right.position;
