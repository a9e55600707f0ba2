import { DYES, tint, type DyeName } from "../draw/dyes.ts";
import { at } from "../draw/random.ts";
import {
  createCanvas,
  g,
  path,
  rect,
  svgFile,
  use,
  type Canvas,
  type Markup,
  type Point,
} from "../draw/svg.ts";
import { CLOTHS } from "../goods/cloths.ts";
import { NOTEBOOKS, type NotebookGood } from "../goods/notebooks.ts";
import { PRINTS } from "../goods/prints.ts";
import { TILES } from "../goods/tiles.ts";
import { defineCloth } from "../rooms/cloth-scene.ts";
import { framedPrint, type FrameKind } from "../rooms/frame.ts";
import { floorLamp, loungeChair, rug, stool, type Piece } from "../rooms/furniture.ts";
import { castShadow, fade, footShadow, roomShell, SHADE, windowLight, type Room } from "../rooms/light.ts";
import { closedBook, pencil } from "../rooms/notebook-rooms.ts";
import { bookPile, candle, cup, floorPlant } from "../rooms/things.ts";
import { TILE, tiledWall } from "../rooms/tiled-wall.ts";
import { defineCover } from "./notebook-views.ts";
import { defineSheet, paintPattern, readRoom } from "./print-views.ts";
import { defineField } from "./tile-views.ts";

const find = <T extends { readonly handle: string }>(list: readonly T[], handle: string): T => {
  const good = list.find((candidate) => candidate.handle === handle);
  if (good === undefined) throw new Error(`there is no ${handle}`);
  return good;
};
const room = (wall: DyeName, floor: DyeName, accent: DyeName): Room =>
  readRoom({ wall, floor, wood: "oak", accent, second: "bone" });

const sheetOf = (canvas: Canvas, handle: string): string => defineSheet(canvas, find(PRINTS, handle).pattern);
const hang = (
  canvas: Canvas,
  handle: string,
  { spot: [x, y], width, kind }: { readonly spot: Point; readonly width: number; readonly kind: FrameKind },
): Markup => framedPrint({ box: [x, y, width, width * 1.4], art: sheetOf(canvas, handle), kind, band: 18 });

function cushion(canvas: Canvas, cloth: string, spot: string): Markup {
  const d =
    "M8 12C60 22 440 22 492 12C500 10 504 18 498 30C486 140 486 360 498 470C504 484 498 490 484 486C380 470 120 470 16 486C2 490 -4 484 2 470C14 360 14 140 2 30C-4 18 0 10 8 12z";
  return g(
    { transform: spot },
    castShadow(d, [36, 26], 0.22),
    canvas.clip(
      d,
      use(cloth, "translate(0 0)"),
      path("M-10 510C120 420 400 420 510 510z", SHADE, { opacity: 0.13 }),
      path("M510 -10C420 70 410 430 510 510z", SHADE, { opacity: 0.12 }),
    ),
  );
}

function heroHearth(canvas: Canvas, shop: Room): Markup {
  const tiles = defineField(canvas, find(TILES, "bunting"), [1200, 1050]);
  const log = ([x, y]: Point): Markup =>
    `<circle cx="${String(x)}" cy="${String(y)}" r="52" fill="#5b4331"/><circle cx="${String(x)}" cy="${String(y)}" r="43" fill="#dcc39b"/><circle cx="${String(x + 2)}" cy="${String(y + 2)}" r="24" fill="none" stroke="#bf8d6c" stroke-width="5"/>`;
  return [
    tiledWall({ canvas, room: shop, tiles, grout: DYES.bone }, [300, 900, 900, 770], [150, 750]),
    path("M480 1668V1240Q480 1080 750 1080Q1020 1080 1020 1240V1668z", tint(DYES.graphite, -0.1)),
    path(
      "M480 1668V1240Q480 1080 750 1080Q790 1080 820 1086Q560 1090 560 1260V1668z",
      tint(DYES.graphite, -0.15),
    ),
    ...(
      [
        [640, 1612],
        [752, 1612],
        [864, 1612],
        [696, 1524],
        [808, 1524],
      ] as const
    ).map(log),
    rect([240, 890, 66, 780], DYES.chalk),
    rect([1194, 890, 66, 780], tint(DYES.chalk, -0.05)),
    rect([300, 900, 22, 770], SHADE, { opacity: 0.1 }),
    castShadow("M190 840h1120v70h-1120z", [20, 54], 0.2),
    rect([190, 832, 1120, 78], fade(canvas, DYES.chalk, tint(DYES.chalk, -0.05))),
    rect([190, 832, 1120, 18], "#fff"),
    rect([170, 1656, 1160, 46], tint(DYES.slate, 0.14)),
    rect([170, 1656, 1160, 12], tint(DYES.slate, 0.22)),
  ].join("");
}

/** The picture of the first page: one room with a print, tiles, a cushion and notebooks in it. */
export function drawHero(): string {
  const canvas = createCanvas();
  const size: Point = [2400, 1920];
  const shop = room("sage", "oak", "terracotta");
  const piece = (spot: Point, cloth: DyeName): Piece => ({
    canvas,
    spot,
    wood: DYES.walnut,
    cloth: DYES[cloth],
  });
  const marguerite = find(CLOTHS, "marguerite");
  const cloth = defineCloth(
    canvas,
    paintPattern(canvas, marguerite.pattern, marguerite.size),
    marguerite.size,
  );
  const shoal = book(canvas, find(NOTEBOOKS, "shoal"));
  return svgFile({ view: [size[0], size[1]], size: [1500, 1200] }, canvas, [
    roomShell(canvas, shop, { size, floorY: 1690 }),
    windowLight(canvas, [1240, 90, 760, 1120], 0.32),
    heroHearth(canvas, shop),
    hang(canvas, "tide", { spot: [500, 120], width: 500, kind: "oak" }),
    g(
      { transform: "rotate(1.2 1140 832)" },
      framedPrint({ box: [1040, 498, 238, 333], art: sheetOf(canvas, "heron"), kind: "black", band: 10 }),
    ),
    candle({ canvas, spot: [262, 832], dye: DYES.brass }, 190),
    candle({ canvas, spot: [356, 832], dye: DYES.brass }, 120),
    rug({ ...piece([1780, 1800], "oat") }, 1100),
    floorLamp({ ...piece([2220, 1740], "bone"), wood: DYES.brass }),
    g(
      { transform: "translate(1790 1790) scale(1.22)" },
      loungeChair(
        piece([0, 0], "terracotta"),
        cushion(canvas, cloth, "translate(-214 -806) rotate(-9) scale(.66)"),
      ),
    ),
    floorPlant({ canvas, spot: [110, 1760], dye: DYES.clay }, DYES.pine, 1.02),
    stool({ ...piece([1390, 1800], "ash") }),
    bookPile({ canvas, spot: [1390, 1346], dye: DYES.indigo }, [
      { width: 230, dye: DYES.indigo },
      { width: 210, dye: DYES.madder },
    ]),
    g({ transform: "translate(1322 1130) rotate(-4)" }, shoal),
    cup({ canvas, spot: [1474, 1290], dye: DYES.bone }, 0.9),
  ]);
}

const book = (canvas: Canvas, good: NotebookGood): Markup =>
  closedBook(
    {
      canvas,
      room: readRoom(good.room),
      cover: defineCover(canvas, good),
      size: [good.size[0], good.size[1]],
      cloth: DYES[good.spine],
    },
    DYES[good.room.accent],
  );

const square = (canvas: Canvas, parts: readonly Markup[]): string =>
  svgFile({ view: [1000, 1000], size: [1000, 1000] }, canvas, parts);

/** Prints: a wall of five frames. */
export function drawPrintsPicture(): string {
  const canvas = createCanvas();
  const wall = DYES.duck;
  return square(canvas, [
    rect([0, 0, 1000, 1000], fade(canvas, tint(wall, 0.02, 0.75), tint(wall, -0.03, 0.75))),
    windowLight(canvas, [60, 40, 620, 860], 0.3),
    hang(canvas, "tide", { spot: [120, 90], width: 340, kind: "oak" }),
    hang(canvas, "meridian", { spot: [510, 90], width: 200, kind: "black" }),
    hang(canvas, "isobar", { spot: [510, 420], width: 340, kind: "oak" }),
    hang(canvas, "heron", { spot: [760, 130], width: 170, kind: "oak" }),
    hang(canvas, "allotment", { spot: [240, 616], width: 220, kind: "black" }),
  ]);
}

/** Cloth: a pile of folded pieces on a shelf. */
export function drawClothPicture(): string {
  const canvas = createCanvas();
  const handles = ["sawtooth", "plait", "harbour-stripe", "marguerite", "tooth-check", "scallop-bay"];
  const layers = handles.map((handle, index): Markup => {
    const good = find(CLOTHS, handle);
    const y = 716 - index * 96;
    const [x, w] = [190 + (index % 2) * 14 + index * 5, 620 - index * 12];
    const d = `M${String(x + 20)} ${String(y)}H${String(x + w - 8)}Q${String(x + w + 22)} ${String(y)} ${String(x + w + 22)} ${String(y + 48)}T${String(x + w - 8)} ${String(y + 96)}H${String(x + 20)}Q${String(x)} ${String(y + 92)} ${String(x)} ${String(y + 48)}T${String(x + 20)} ${String(y)}z`;
    const art = defineCloth(canvas, paintPattern(canvas, good.pattern, [700, 110]), [700, 110]);
    return (
      castShadow(d, [24, 4], 0.14) +
      canvas.clip(
        d,
        use(art, `translate(${String(x - 20)} ${String(y - 8)})`),
        rect([x - 10, y + 46, w + 60, 5], SHADE, { opacity: 0.24 }),
        rect([x - 10, y, w + 60, 12], "#fff", { opacity: 0.2 }),
        rect([x - 10, y + 72, w + 60, 26], SHADE, { opacity: 0.14 }),
      )
    );
  });
  return square(canvas, [
    rect([0, 0, 1000, 1000], fade(canvas, tint(DYES.blush, 0.02), tint(DYES.blush, -0.035))),
    windowLight(canvas, [60, 30, 560, 640], 0.34),
    rect([0, 812, 1000, 190], tint(DYES.oak, -0.02)),
    rect([0, 812, 1000, 16], tint(DYES.oak, 0.05)),
    footShadow([510, 820], 700, 0.2),
    ...layers,
    cup({ canvas, spot: [898, 822], dye: DYES.teal }, 1.5),
  ]);
}

/** Tiles: sixteen of them, two of each drawing. */
export function drawTilesPicture(): string {
  const canvas = createCanvas();
  const fields = TILES.map((good) => defineField(canvas, good, [TILE, TILE]));
  const tile = (index: number): Markup => {
    const [column, row] = [index % 4, Math.floor(index / 4)];
    const id = at(fields, column + row * 3 + (row > 1 ? 1 : 0));
    return g(
      { transform: `translate(${String(14 + column * 246)} ${String(14 + row * 246)}) scale(1.56)` },
      rect([1.5, 2, 150, 150], SHADE, { opacity: 0.25, rx: 2 }),
      use(id, "translate(0 0)"),
      path("M8 96L96 8H128L8 128z", "#fff", { opacity: index % 3 === 0 ? 0.16 : 0.07 }),
      rect([0, 0, 150, 2], "#fff", { opacity: 0.3 }),
    );
  };
  return square(canvas, [
    rect([0, 0, 1000, 1000], tint(DYES.oat, -0.02)),
    ...Array.from({ length: 16 }, (_, index) => tile(index)),
    windowLight(canvas, [160, 20, 700, 900], 0.13),
  ]);
}

/** Notebooks: five fanned out on a desk. */
export function drawNotebooksPicture(): string {
  const canvas = createCanvas();
  const spread = [
    ["paddock", 60, 130, -13],
    ["current", 560, 60, 9],
    ["moss", 330, 90, -4],
    ["survey", 120, 440, 7],
    ["confetti", 520, 430, -6],
  ] as const;
  return square(canvas, [
    rect([0, 0, 1000, 1000], fade(canvas, tint(DYES.sage, 0.03, 0.8), tint(DYES.sage, -0.02, 0.8))),
    windowLight(canvas, [120, 20, 760, 900], 0.25),
    ...spread.map(([handle, x, y, turn]) =>
      g(
        { transform: `translate(${String(x)} ${String(y)}) rotate(${String(turn)}) scale(2.3)` },
        book(canvas, find(NOTEBOOKS, handle)),
      ),
    ),
    g({ transform: "translate(60 930) rotate(-12) scale(1.25)" }, pencil(DYES.marigold)),
  ]);
}
