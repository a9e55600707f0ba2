import { DYES, tint, type Dye } from "../draw/dyes.ts";
import { g, path, polyline, rect, use, type Box, type Markup, type Point } from "../draw/svg.ts";
import { castShadow, GLOW, SHADE } from "./light.ts";

/** The sheet that every print is drawn on, in millimetres; smaller and larger sizes are the same drawing scaled. */
export const SHEET: Point = [500, 700];
export type FrameKind = "none" | "oak" | "black";

const FRAME_DYES: Record<Exclude<FrameKind, "none">, Dye> = {
  oak: DYES.oak,
  black: tint(DYES.graphite, -0.06),
};

function mitred([x, y, width, height]: Box, band: number, dye: Dye): Markup {
  const [r, b] = [x + width, y + height];
  const side = (points: readonly Point[], lightness: number): Markup =>
    path(polyline(points), tint(dye, lightness));
  return [
    side(
      [
        [x, y],
        [r, y],
        [r - band, y + band],
        [x + band, y + band],
      ],
      0.045,
    ),
    side(
      [
        [x, y],
        [x + band, y + band],
        [x + band, b - band],
        [x, b],
      ],
      0.01,
    ),
    side(
      [
        [r, y],
        [r, b],
        [r - band, b - band],
        [r - band, y + band],
      ],
      -0.055,
    ),
    side(
      [
        [x, b],
        [x + band, b - band],
        [r - band, b - band],
        [r, b],
      ],
      -0.03,
    ),
  ].join("");
}

/**
 * A print in its frame, or as a bare sheet. `box` is the outer edge; `art` is the id of the drawn sheet (500 × 700).
 * `band` is the width of the frame's bars in millimetres, `lift` how far its shadow falls (1 is usual).
 */
export function framedPrint({
  box,
  art,
  kind,
  band = 18,
  lift = 1,
}: {
  readonly box: Box;
  readonly art: string;
  readonly kind: FrameKind;
  readonly band?: number;
  readonly lift?: number;
}): Markup {
  const [x, y, width, height] = box;
  const inset = kind === "none" ? 0 : band;
  const outline = polyline([
    [x, y],
    [x + width, y],
    [x + width, y + height],
    [x, y + height],
  ]);
  const scale = (width - inset * 2) / SHEET[0];
  const stretch = (height - inset * 2) / SHEET[1];
  const sheet = g(
    {
      transform: `translate(${(x + inset).toFixed(1)} ${(y + inset).toFixed(1)})scale(${scale.toFixed(4)} ${stretch.toFixed(4)})`,
    },
    use(art, "translate(0 0)"),
  );
  if (kind === "none") return castShadow(outline, [16, 22], 0.16) + sheet;
  const inner: Box = [x + inset, y + inset, width - inset * 2, height - inset * 2];
  const glint = polyline([
    [inner[0], inner[1] + inner[3] * 0.52],
    [inner[0] + inner[2] * 0.42, inner[1]],
    [inner[0] + inner[2] * 0.66, inner[1]],
    [inner[0], inner[1] + inner[3] * 0.82],
  ]);
  return [
    castShadow(outline, [30 * lift, 40 * lift], 0.26),
    mitred(box, band + 0.5, FRAME_DYES[kind]),
    sheet,
    path(glint, GLOW, { opacity: 0.055 }),
    rect([inner[0], inner[1], inner[2], 7 * lift], SHADE, { opacity: 0.2 }),
    rect([inner[0], inner[1], 6 * lift, inner[3]], SHADE, { opacity: 0.13 }),
  ].join("");
}
