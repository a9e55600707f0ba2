import { DYES, tint, type Dye } from "../draw/dyes.ts";
import { numerals } from "../draw/numerals.ts";
import {
  createCanvas,
  el,
  line,
  quantise,
  rect,
  svgFile,
  type Box,
  type Markup,
  type Point,
} from "../draw/svg.ts";

const INK = DYES.indigo;
const PAPER: Dye = tint(DYES.mist, 0.045, 0.6);

function sheet(): Markup {
  const every = 50;
  let d = "";
  for (let x = every; x < 1000; x += every) d += `M${String(x)} 0V1250`;
  for (let y = every; y < 1250; y += every) d += `M0 ${String(y)}H1000`;
  return rect([0, 0, 1000, 1250], PAPER) + line(d, tint(PAPER, -0.04), 1.5);
}

const centimetres = (millimetres: number): string => String(Math.round(millimetres) / 10);

/** A measure under an edge: line, end strokes and the number of centimetres. */
function widthLine([x, y]: Point, length: number, text: string): Markup {
  return (
    line(
      `M${quantise(x)} ${quantise(y)}h${quantise(length)}M${quantise(x)} ${quantise(y - 11)}v22M${quantise(x + length)} ${quantise(y - 11)}v22`,
      INK,
      2.5,
    ) + numerals(text, { spot: [x + length / 2, y + 36], height: 30, ink: INK })
  );
}
function heightLine([x, y]: Point, length: number, text: string): Markup {
  return (
    line(
      `M${quantise(x)} ${quantise(y)}v${quantise(length)}M${quantise(x - 11)} ${quantise(y)}h22M${quantise(x - 11)} ${quantise(y + length)}h22`,
      INK,
      2.5,
    ) + numerals(text, { spot: [x - 38, y + length / 2], height: 30, ink: INK, turn: -90 })
  );
}

const outline = ([x, y, width, height]: Box, isFilled: boolean): Markup =>
  el("rect", {
    x,
    y,
    width,
    height,
    fill: isFilled ? tint(DYES.sky, 0.08) : "none",
    "fill-opacity": isFilled ? 0.55 : undefined,
    stroke: INK,
    "stroke-width": 4,
  });

/** The four print sizes drawn over each other to one scale, with their measures in centimetres. */
export function measurePrints(): string {
  const scale = 0.9;
  const sizes: readonly Point[] = [
    [700, 1000],
    [500, 700],
    [297, 420],
    [210, 297],
  ];
  const [left, foot] = [210, 1080];
  const parts = sizes.map(([width, height], index) => {
    const [w, h] = [width * scale, height * scale];
    const label = numerals(`${centimetres(width)} × ${centimetres(height)}`, {
      spot: [left + w / 2, foot - h + 34],
      height: 22,
      ink: INK,
    });
    return outline([left, foot - h, w, h], index % 2 === 1) + (index === 0 ? "" : label);
  });
  return wrap([
    ...parts,
    widthLine([left, foot + 50], 630, "70 cm"),
    heightLine([left - 60, foot - 900], 900, "100 cm"),
  ]);
}

const wrap = (parts: readonly Markup[]): string =>
  svgFile({ view: [1000, 1250], size: [1000, 1250] }, createCanvas(), [sheet(), ...parts]);

/** One flat piece with its hem, width and height. */
export function measurePiece([width, height]: Point, hem: number): string {
  const scale = Math.min(640 / width, 900 / height);
  const [w, h] = [width * scale, height * scale];
  const [x, y] = [560 - w / 2, 580 - h / 2];
  const inset = Math.max(9, hem * scale);
  const stitches = el("rect", {
    x: x + inset,
    y: y + inset,
    width: w - inset * 2,
    height: h - inset * 2,
    fill: "none",
    stroke: INK,
    "stroke-width": 2.5,
    "stroke-dasharray": "10 8",
  });
  return wrap([
    outline([x, y, w, h], true),
    stitches,
    widthLine([x, y + h + 56], w, `${centimetres(width)} cm`),
    heightLine([x - 62, y], h, `${centimetres(height)} cm`),
  ]);
}

/** A tile from the front and from its edge. */
export function measureTile(thick: number): string {
  const side = 560;
  const edge = (thick / 150) * side;
  const [x, y] = [180, 250];
  return wrap([
    outline([x, y, side, side], true),
    outline([x + side + 110, y, edge, side], false),
    widthLine([x, y + side + 60], side, "15 cm"),
    heightLine([x - 54, y], side, "15 cm"),
    widthLine([x + side + 110, y + side + 60], edge, ""),
    numerals(`${String(thick)} mm`, {
      spot: [x + side + 110 + edge / 2, y + side + 112],
      height: 30,
      ink: INK,
    }),
  ]);
}

/** A notebook from the front and from its spine. */
export function measureNotebook([width, height]: Point, thick: number): string {
  const scale = 780 / Math.max(height, 190);
  const [w, h, t] = [width * scale, height * scale, thick * scale];
  const [x, y] = [190, 560 - h / 2];
  const spine = x + w + 110;
  return wrap([
    outline([x, y, w, h], true),
    line(`M${quantise(x + w * 0.12)} ${quantise(y)}v${quantise(h)}`, INK, 3),
    outline([spine, y, t, h], false),
    line(
      `M${quantise(spine + 7)} ${quantise(y)}v${quantise(h)}M${quantise(spine + t - 7)} ${quantise(y)}v${quantise(h)}`,
      INK,
      2,
    ),
    widthLine([x, y + h + 56], w, `${centimetres(width)} cm`),
    heightLine([x - 56, y], h, `${centimetres(height)} cm`),
    widthLine([spine, y + h + 56], t, ""),
    numerals(`${String(thick)} mm`, { spot: [spine + t / 2, y + h + 108], height: 30, ink: INK }),
  ]);
}
