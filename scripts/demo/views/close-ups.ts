import { DYES, tint, type Dye } from "../draw/dyes.ts";
import {
  createCanvas,
  g,
  line,
  path,
  polyline,
  quantise,
  rect,
  svgFile,
  use,
  type Canvas,
  type Markup,
  type Point,
} from "../draw/svg.ts";
import { framedPrint } from "../rooms/frame.ts";
import { castShadow, fade, footShadow, SHADE } from "../rooms/light.ts";

/** Views that show the thing itself, straight on and near. All are 4:5; `ground` is what it lies on. */
const FOUR_BY_FIVE: Point = [1000, 1250];
/** What 1,000 × 1,250 CSS pixels show at true size: 96 pixels to the inch. */
export const TRUE_SIZE: Point = [264.6, 330.7];

export type Ground = { readonly canvas: Canvas; readonly ground: Dye };

export const startView = (): Canvas => createCanvas();
export const finish = (canvas: Canvas, view: Point, parts: readonly Markup[]): string =>
  svgFile({ view: [view[0], view[1]], size: [1000, 1250] }, canvas, parts);

export const groundOf = ({ canvas, ground }: Ground, [width, height]: Point): Markup =>
  rect([0, 0, width, height], fade(canvas, tint(ground, 0.02, 0.8), tint(ground, -0.025, 0.8)));

/** The bare sheet on a plain ground. */
export function flatSheet(at: Ground, art: string): string {
  return finish(at.canvas, FOUR_BY_FIVE, [
    groundOf(at, FOUR_BY_FIVE),
    g(
      { transform: "translate(140 121) scale(1.44)" },
      framedPrint({ box: [0, 0, 500, 700], art, kind: "none" }),
    ),
  ]);
}

/** A hemmed cloth spread out; it is cut off at the foot when it is longer than the picture. */
export function flatCloth(at: Ground, cloth: string, [width, height]: Point): string {
  const scale = Math.min(760 / width, height > width * 2 ? 9 : 1010 / height);
  const [w, h] = [width * scale, height * scale];
  const [x, y] = [500 - w / 2, h > 1250 ? 90 : 625 - h / 2];
  const edge = polyline([
    [x, y],
    [x + w, y],
    [x + w, y + h],
    [x, y + h],
  ]);
  const hem = 13;
  return finish(at.canvas, FOUR_BY_FIVE, [
    groundOf(at, FOUR_BY_FIVE),
    castShadow(edge, [18, 24], 0.22),
    g(
      { transform: `translate(${quantise(x)} ${quantise(y)}) scale(${scale.toFixed(4)})` },
      use(cloth, "translate(0 0)"),
    ),
    line(
      polyline([
        [x + hem, y + hem],
        [x + w - hem, y + hem],
        [x + w - hem, y + h - hem],
        [x + hem, y + h - hem],
      ]),
      DYES.bone,
      { width: 3, "stroke-dasharray": "9 7", opacity: 0.85 },
    ),
    line(edge, SHADE, { width: 3, opacity: 0.12 }),
    path(
      polyline([
        [x + w * 0.49, y],
        [x + w * 0.505, y],
        [x + w * 0.5, y + h],
        [x + w * 0.485, y + h],
      ]),
      SHADE,
      { opacity: 0.05 },
    ),
    path(
      polyline([
        [x, y + h * 0.495],
        [x + w, y + h * 0.49],
        [x + w, y + h * 0.505],
        [x, y + h * 0.508],
      ]),
      SHADE,
      { opacity: 0.05 },
    ),
  ]);
}

/** A steel ruler along the foot of a true-size view, a stroke for each millimetre and a longer one for each centimetre. */
function ruler([width, height]: Point): Markup {
  const y = height - 27;
  let [fine, coarse] = ["", ""];
  for (let millimetre = 0; millimetre < width; millimetre += 1) {
    if (millimetre % 10 === 0) coarse += `M${String(4 + millimetre)} ${quantise(y)}v8`;
    else fine += `M${String(4 + millimetre)} ${quantise(y)}v${millimetre % 5 === 0 ? "5.5" : "3.6"}`;
  }
  return (
    castShadow(`M-5 ${quantise(y)}H${quantise(width + 5)}V${quantise(height - 3)}H-5z`, [0, 3], 0.25) +
    rect([-5, y, width + 10, 24], DYES.steel) +
    rect([-5, y, width + 10, 1.2], "#fff") +
    line(fine, DYES.graphite, 0.28) +
    line(coarse, DYES.graphite, 0.5)
  );
}

/** A corner of the thing at true size with a ruler; `art` is in millimetres, `shift` says which part of it. */
export function trueSize(
  at: Ground,
  art: string,
  { shift, weave }: { readonly shift: Point; readonly weave?: Dye },
): string {
  const threads = weave === undefined ? "" : threadsOver(TRUE_SIZE);
  return finish(at.canvas, TRUE_SIZE, [
    groundOf(at, TRUE_SIZE),
    g({ transform: `translate(${quantise(shift[0])} ${quantise(shift[1])})` }, use(art, "translate(0 0)")),
    threads,
    ruler(TRUE_SIZE),
  ]);
}

function threadsOver([width, height]: Point): Markup {
  let [across, down] = ["", ""];
  for (let y = 0; y < height; y += 1.6) across += `M0 ${quantise(y)}H${quantise(width)}`;
  for (let x = 0; x < width; x += 1.6) down += `M${quantise(x)} 0V${quantise(height)}`;
  return (
    line(across, "#fff", { width: 0.5, opacity: 0.12 }) + line(down, SHADE, { width: 0.5, opacity: 0.09 })
  );
}

/** The lower right corner of a framed print, near enough to see the mitre and the grain. */
export function frameCorner(at: Ground, art: string, kind: "oak" | "black"): string {
  const view: Point = [200, 250];
  const wood = kind === "oak" ? DYES.oak : tint(DYES.graphite, -0.06);
  const grain =
    "M150 -40C151 40 149 120 151 199M155.5 -40C154 60 157 130 155.5 199M-40 193.5C40 195 100 192 150 194M-40 198.5C50 197 110 200 154 198";
  return finish(at.canvas, view, [
    groundOf(at, view),
    g(
      { transform: "translate(-362 -512)" },
      framedPrint({ box: [0, 0, 522, 716], art, kind, band: 17, lift: 0.28 }),
    ),
    line(grain, tint(wood, -0.05), { width: 0.5, opacity: 0.7 }),
  ]);
}

/** The back of an unframed sheet, one corner lifted, with the pencilled number of the rule. */
export function sheetBack(at: Ground, art: string): string {
  const view: Point = [620, 775];
  return finish(at.canvas, view, [
    groundOf(at, view),
    castShadow("M60 38H560V738H60z", [12, 16], 0.2),
    rect([60, 38, 500, 700], tint(DYES.chalk, -0.012)),
    g(
      {},
      at.canvas.clip(
        "M60 38H300L60 278z",
        g({ transform: "matrix(0 1 1 0 22 -22)" }, use(art, "translate(0 0)")),
      ),
    ),
    castShadow("M300 38L60 278L66 250L276 44z", [8, 10], 0.22),
    path("M60 38H300L60 278z", DYES.chalk, { opacity: 0.05 }),
    path("M300 38L60 278L82 250L282 52z", SHADE, { opacity: 0.12 }),
    line("M400 690h70M484 690h36", DYES.graphite, { width: 2.5, opacity: 0.5, "stroke-linecap": "round" }),
  ]);
}

/** A cloth with one corner turned over, so that its reverse shows. */
export function turnedCorner(at: Ground, cloth: string): string {
  const view: Point = [360, 450];
  return finish(at.canvas, view, [
    groundOf(at, view),
    castShadow("M-20 -20H300V150L60 390H-20z", [10, 14], 0.2),
    at.canvas.clip("M-20 -20H300V150L60 390H-20z", use(cloth, "translate(-20 -20)")),
    line("M292 -20V152M64 382H-20", DYES.bone, { width: 1.4, "stroke-dasharray": "4 3" }),
    castShadow("M300 150L60 390L96 268L262 186z", [-12, -10], 0.2),
    at.canvas.clip(
      "M300 150L60 390L88 214Q92 186 122 180L266 158z",
      g({ transform: "matrix(-.2 .98 .98 .2 60 40)" }, use(cloth, "translate(-40 -100)")),
      rect([0, 0, 360, 450], DYES.bone, { opacity: 0.62 }),
      path("M300 150L60 390L78 372L290 160z", SHADE, { opacity: 0.16 }),
    ),
    line("M296 146L266 158L122 180Q92 186 88 214L62 386", SHADE, { width: 1, opacity: 0.18 }),
  ]);
}

/** Tiles stacked so that body and glaze show at the edge, one tile leaning in front. */
export function tileStack(
  at: Ground,
  tile: string,
  { thick, body, grout }: { readonly thick: number; readonly body: Dye; readonly grout: Dye },
): string {
  const view: Point = [272, 340];
  const table = 268;
  const rows = Array.from({ length: 9 }, (_, index): Markup => {
    const y = table - (index + 1) * (thick + 1.2);
    const x = 22 + ((index * 7) % 5) - 2;
    return (
      rect([x, y, 150, thick], body, { rx: 1 }) +
      rect([x, y, 150, 2], grout, { rx: 1 }) +
      rect([x + 100, y + 2, 50, thick - 2], SHADE, { opacity: 0.1 }) +
      rect([x, y + thick, 150, 1.2], SHADE, { opacity: 0.45 })
    );
  });
  return finish(at.canvas, view, [
    groundOf(at, view),
    rect([0, table, 272, 80], tint(at.ground, -0.09, 0.8)),
    rect([0, table, 272, 1.5], tint(at.ground, 0.02, 0.8)),
    castShadow(`M20 ${quantise(table - 9 * (thick + 1.2))}h154V${String(table)}h-154z`, [10, 2], 0.18),
    ...rows,
    footShadow([176, table + 12], 150, 0.2),
    g(
      { transform: "translate(100 128) rotate(4)" },
      castShadow("M0 0H150V150H0z", [7, 3], 0.22),
      rect([-2.5, 1.5, 152, 149], tint(body, -0.04), { rx: 2 }),
      at.canvas.clip(
        "M2 0H148Q150 0 150 2V148Q150 150 148 150H2Q0 150 0 148V2Q0 0 2 0z",
        use(tile, "translate(0 0)"),
        path("M8 96L96 8H128L8 128z", "#fff", { opacity: 0.16 }),
      ),
    ),
  ]);
}
