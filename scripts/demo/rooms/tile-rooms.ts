import { DYES, tint, type Dye } from "../draw/dyes.ts";
import { createRandom } from "../draw/random.ts";
import {
  boxPath,
  circle,
  ellipse,
  g,
  line,
  path,
  polyline,
  quantise,
  rect,
  use,
  type Box,
  type Canvas,
  type Markup,
  type Point,
} from "../draw/svg.ts";
import { castShadow, fade, footShadow, roomShell, rounded, SHADE, windowLight, type Room } from "./light.ts";
import { bookPile, candle, cup, floorPlant, twigs, vase } from "./things.ts";

/** A wall of tiles in a room. `tiles` is the id of a painted field 1,800 × 1,500 mm whose tiles are 150 mm square. */
export type TileScene = {
  readonly canvas: Canvas;
  readonly room: Room;
  readonly tiles: string;
  readonly grout: Dye;
};
export type TileRoom = {
  readonly size: Point;
  readonly setting: string;
  readonly draw: (scene: TileScene) => Markup;
};

export const TILE = 150;
export const FIELD: Point = [1800, 1500];

/** Part of the tile field as it sits on a wall: grout lines, and a glint on some tiles. */
export function tiledWall({ canvas, tiles, grout }: TileScene, box: Box, from: Point = [0, 0]): Markup {
  const [x, y, width, height] = box;
  const random = createRandom(`glints ${String(width)} ${String(height)}`);
  let joints = "";
  for (let column = Math.ceil(x / TILE) * TILE; column <= x + width; column += TILE)
    joints += `M${String(column)} ${quantise(y)}v${quantise(height)}`;
  for (let row = Math.ceil(y / TILE) * TILE; row <= y + height; row += TILE)
    joints += `M${quantise(x)} ${String(row)}h${quantise(width)}`;
  let [glints, dull] = ["", ""];
  for (let column = Math.floor(x / TILE) * TILE; column < x + width; column += TILE) {
    for (let row = Math.floor(y / TILE) * TILE; row < y + height; row += TILE) {
      const roll = random.next();
      if (roll < 0.4)
        glints += polyline([
          [column + 8, row + 92],
          [column + 92, row + 8],
          [column + 132, row + 8],
          [column + 8, row + 132],
        ]);
      if (roll > 0.72) dull += boxPath([column, row, TILE, TILE]);
    }
  }
  return canvas.clip(
    boxPath(box),
    use(tiles, `translate(${String(from[0])} ${String(from[1])})`),
    path(dull, SHADE, { opacity: 0.06 }),
    path(glints, "#fff", { opacity: 0.13 }),
    line(joints, tint(grout, -0.1), 7, { transform: "translate(1.5 1.5)" }),
    line(joints, grout, 6),
  );
}

const brassTap = ([x, y]: Point, dye: Dye): Markup => {
  const d = `M${String(x)} ${String(y)}V${String(y - 230)}Q${String(x)} ${String(y - 310)} ${String(x + 78)} ${String(y - 310)}Q${String(x + 150)} ${String(y - 310)} ${String(x + 150)} ${String(y - 220)}`;
  return (
    line(d, SHADE, 30, { opacity: 0.15, transform: "translate(34 14)" }) +
    line(d, dye, 30, { "stroke-linecap": "round" }) +
    line(d, tint(dye, 0.12), 8, { "stroke-linecap": "round", transform: "translate(-6 -3)" }) +
    rect([x - 30, y - 26, 60, 28], tint(dye, -0.06), { rx: 8 }) +
    rect([x - 104, y - 92, 92, 18], dye, { rx: 9 }) +
    circle([x - 104, y - 83], 18, { fill: tint(dye, -0.05) })
  );
};

function kitchenSink(scene: TileScene): Markup {
  const { canvas, room } = scene;
  return [
    rect([0, 0, 1200, 1500], room.wall),
    tiledWall(scene, [0, 0, 1200, 900]),
    windowLight(canvas, [60, -60, 700, 860], 0.2),
    rect([0, 150, 1200, 44], room.wood),
    rect([0, 150, 1200, 12], tint(room.wood, 0.05)),
    castShadow("M0 150h1200v44h-1200z", [0, 60], 0.2),
    vase({ canvas, spot: [170, 150], dye: room.accent }, "jug"),
    cup({ canvas, spot: [360, 150], dye: DYES.bone }, 1.2),
    cup({ canvas, spot: [480, 150], dye: room.second }, 1.2),
    bookPile({ canvas, spot: [900, 150], dye: room.second }, [
      { width: 260, dye: room.second },
      { width: 240, dye: DYES.bone },
    ]),
    brassTap([560, 900], DYES.brass),
    rect([0, 896, 1200, 56], room.wood),
    rect([0, 896, 1200, 14], tint(room.wood, 0.05)),
    rect([0, 950, 1200, 560], fade(canvas, room.second, tint(room.second, -0.04))),
    rect([0, 950, 1200, 16], SHADE, { opacity: 0.2 }),
    castShadow("M280 890h640v330h-640z", [20, 26], 0.2),
    rect([280, 886, 640, 340], fade(canvas, DYES.chalk, tint(DYES.chalk, -0.06)), { rx: 22 }),
    rect([280, 886, 640, 26], "#fff", { rx: 13 }),
    rect([280, 916, 640, 10], SHADE, { opacity: 0.07 }),
    rect([40, 1010, 210, 600], tint(room.second, 0.03), { rx: 6 }),
    rect([950, 1010, 210, 600], tint(room.second, 0.03), { rx: 6 }),
    rect([280, 1260, 310, 300], tint(room.second, 0.03), { rx: 6 }),
    rect([610, 1260, 310, 300], tint(room.second, 0.03), { rx: 6 }),
    circle([218, 1120], 14, { fill: DYES.brass }),
    circle([982, 1120], 14, { fill: DYES.brass }),
    circle([560, 1320], 14, { fill: DYES.brass }),
    circle([640, 1320], 14, { fill: DYES.brass }),
    rounded(canvas, "M1010 896V760Q1010 740 1030 736V690H1070V736Q1090 740 1090 760V896z", {
      box: [1010, 690, 80, 206],
      dye: room.accent,
    }),
    rect([1026, 668, 70, 20], DYES.brass, { rx: 9 }),
    rounded(canvas, "M100 896L88 770H212L200 896z", { box: [88, 770, 124, 126], dye: DYES.bone }),
    line("M130 770L96 560M165 770L190 590", room.wood, 15, { "stroke-linecap": "round" }),
    ellipse([94, 548], [30, 44], { fill: DYES.straw, transform: "rotate(-10 94 548)" }),
    ellipse([192, 570], [26, 36], { fill: room.wood }),
  ].join("");
}

function washBasin(scene: TileScene): Markup {
  const { canvas, room } = scene;
  return [
    rect([0, 0, 1200, 1500], fade(canvas, tint(room.wall, 0.015), tint(room.wall, -0.03))),
    tiledWall(scene, [0, 750, 1200, 750]),
    rect([0, 738, 1200, 16], tint(room.wall, 0.05)),
    rect([0, 754, 1200, 8], SHADE, { opacity: 0.16 }),
    windowLight(canvas, [90, 60, 560, 760], 0.26),
    circle([640, 420], 268, { fill: SHADE, opacity: 0.13 }),
    circle([612, 390], 268, { fill: DYES.brass }),
    circle([612, 390], 252, { fill: fade(canvas, tint(DYES.mist, 0.03), tint(DYES.sky, -0.02)) }),
    path("M420 470L610 160H700L480 550z", "#fff", { opacity: 0.3 }),
    path("M560 600L790 230L820 270L640 620z", "#fff", { opacity: 0.22 }),
    castShadow("M260 1010h690l-80 240h-530z", [30, 40], 0.2),
    rect([540, 1200, 140, 320], tint(DYES.chalk, -0.03)),
    rect([640, 1200, 40, 320], SHADE, { opacity: 0.06 }),
    path(
      "M250 1000H960C950 1160 880 1250 760 1256H450C330 1250 260 1160 250 1000z",
      fade(canvas, DYES.chalk, tint(DYES.chalk, -0.055)),
    ),
    rect([240, 984, 730, 34], "#fff", { rx: 17 }),
    rect([256, 1018, 700, 9], SHADE, { opacity: 0.08 }),
    brassTap([560, 986], DYES.brass),
    rect([1030, 880, 26, 40], tint(DYES.brass, -0.08)),
    castShadow("M1000 910h170v360h-170z", [24, 18], 0.18),
    rect([980, 900, 230, 18], DYES.brass, { rx: 9 }),
    rect([1000, 906, 180, 370], room.accent, { rx: 8 }),
    rect([1050, 906, 34, 370], SHADE, { opacity: 0.07 }),
    rect([1000, 1216, 180, 14], DYES.bone),
    cup({ canvas, spot: [330, 986], dye: room.second }, 1.1),
    line("M320 900L300 800M340 900L366 812", DYES.verdigris, 12, { "stroke-linecap": "round" }),
  ].join("");
}

const jar = (canvas: Canvas, [x, y]: Point, dye: Dye): Markup =>
  g(
    { transform: `translate(${String(x)} ${String(y)})` },
    castShadow("M-50 -150h100v150h-100z", [24, 12], 0.15),
    rounded(canvas, "M-52 -140Q-52 -160 -36 -160H36Q52 -160 52 -140V-14Q52 0 38 0H-38Q-52 0 -52 -14z", {
      box: [-52, -160, 104, 160],
      dye,
    }),
    rect([-44, -188, 88, 32], DYES.oak, { rx: 9 }),
  );

function stoveShelf(scene: TileScene): Markup {
  const { canvas, room } = scene;
  const kettle = "M-130 0C-150 -90 -110 -190 0 -196C110 -190 150 -90 130 0z";
  return [
    rect([0, 0, 1080, 1350], room.wall),
    tiledWall(scene, [0, 0, 1080, 1000]),
    windowLight(canvas, [300, -40, 680, 900], 0.2),
    castShadow("M90 330h900v40h-900z", [16, 70], 0.22),
    rect([90, 326, 900, 40], room.wood, { rx: 4 }),
    rect([90, 326, 900, 12], tint(room.wood, 0.06)),
    rect([180, 366, 20, 60], tint(DYES.brass, -0.1)),
    rect([880, 366, 20, 60], tint(DYES.brass, -0.1)),
    jar(canvas, [200, 326], room.accent),
    jar(canvas, [340, 326], room.second),
    jar(canvas, [480, 326], DYES.oat),
    twigs({ canvas, spot: [850, 128], dye: DYES.moss }, 240),
    vase({ canvas, spot: [850, 326], dye: DYES.clay }, "globe"),
    rect([0, 1000, 1080, 56], tint(room.second, 0.05)),
    rect([0, 1000, 1080, 14], tint(room.second, 0.11)),
    rect([0, 1056, 1080, 300], fade(canvas, room.second, tint(room.second, -0.05))),
    rect([0, 1056, 1080, 14], SHADE, { opacity: 0.22 }),
    rect([180, 980, 720, 22], DYES.graphite, { rx: 8 }),
    line("M260 980l30-20h180l30 20M580 980l30-20h180l30 20", DYES.graphite, 12, {
      "stroke-linejoin": "round",
    }),
    g(
      { transform: "translate(390 958)" },
      castShadow(kettle, [40, 8], 0.2),
      line("M-70 -180C-90 -330 90 -330 70 -180", tint(DYES.walnut, -0.04), 22, { "stroke-linecap": "round" }),
      path(
        "M110 -110C180 -130 190 -190 226 -216L242 -196C216 -160 210 -90 130 -50z",
        tint(room.accent, -0.05),
      ),
      rounded(canvas, kettle, { box: [-142, -196, 284, 196], dye: room.accent }),
      rect([-54, -214, 108, 22], tint(room.accent, -0.08), { rx: 10 }),
      circle([0, -222], 18, { fill: DYES.walnut }),
    ),
    g(
      { transform: "translate(700 958)" },
      rounded(canvas, "M-130 -120H130V-16Q130 0 114 0H-114Q-130 0 -130 -16z", {
        box: [-130, -120, 260, 120],
        dye: tint(DYES.steel, -0.06),
      }),
      rect([-138, -132, 276, 18], DYES.steel, { rx: 8 }),
      rect([130, -104, 170, 22], DYES.graphite, { rx: 11 }),
    ),
    ...[200, 380, 700, 880].map(
      (x) =>
        circle([x, 1160], 36, { fill: tint(DYES.brass, -0.1) }) +
        circle([x - 4, 1154], 28, { fill: DYES.brass }) +
        rect([x - 5, 1128, 7, 28], tint(DYES.brass, -0.25), { rx: 3 }),
    ),
  ].join("");
}

function stairs(scene: TileScene): Markup {
  const { canvas, room } = scene;
  const steps = Array.from({ length: 6 }, (_, index) => {
    const y = 1180 - index * 210;
    return [
      g({ transform: `translate(0 ${String(y)})` }, tiledWall(scene, [0, 0, 1200, TILE], [0, -index * TILE])),
      rect([0, y, 1200, 20], SHADE, { opacity: 0.22 }),
      rect(
        [0, y + TILE, 1200, 62],
        fade(canvas, tint(room.wood, 0.045 - index * 0.012), tint(room.wood, 0.02 - index * 0.012)),
      ),
      rect([0, y - 16, 1200, 22], tint(room.wood, -0.03)),
      rect([0, y - 16, 1200, 6], tint(room.wood, 0.07)),
    ].join("");
  });
  return [
    rect([0, 0, 1200, 1500], room.wood),
    ...steps.reverse(),
    rect([0, 1392, 1200, 120], room.floor),
    rect([0, 1388, 1200, 14], SHADE, { opacity: 0.2 }),
    windowLight(canvas, [380, 60, 640, 1240], 0.15),
    floorPlant({ canvas, spot: [240, 1180], dye: room.accent }, DYES.pine, 0.78),
    g(
      { transform: "translate(880 968)" },
      bookPile({ canvas, spot: [0, 0], dye: room.second }, [
        { width: 250, dye: room.second },
        { width: 220, dye: DYES.bone },
        { width: 190, dye: room.accent },
      ]),
      cup({ canvas, spot: [10, -100], dye: DYES.bone }, 1.1),
    ),
  ].join("");
}

function hearth(scene: TileScene): Markup {
  const { canvas, room } = scene;
  const log = ([x, y]: Point, r: number): Markup =>
    circle([x, y], r, { fill: DYES.umber }) +
    circle([x, y], r * 0.82, { fill: DYES.sand }) +
    circle([x + 2, y + 2], r * 0.5, { fill: "none", stroke: DYES.clay, "stroke-width": 5 });
  return [
    roomShell(canvas, room, { size: [1320, 1650], floorY: 1420 }),
    windowLight(canvas, [60, 40, 520, 560], 0.28),
    tiledWall(scene, [150, 450, 1050, 990]),
    path("M450 1430V820Q450 680 675 680Q900 680 900 820V1430z", tint(DYES.graphite, -0.1)),
    path("M450 1430V820Q450 680 675 680Q700 680 720 682Q520 700 520 840V1430z", tint(DYES.graphite, -0.16)),
    ...(
      [
        [560, 1372],
        [660, 1372],
        [760, 1372],
        [610, 1290],
        [710, 1290],
        [660, 1210],
      ] as const
    ).map((spot) => log(spot, 50)),
    rect([110, 430, 60, 1010], DYES.chalk),
    rect([1180, 430, 60, 1010], tint(DYES.chalk, -0.05)),
    rect([150, 450, 20, 980], SHADE, { opacity: 0.12 }),
    castShadow("M60 390h1230v70h-1230z", [20, 50], 0.2),
    rect([60, 386, 1230, 74], fade(canvas, DYES.chalk, tint(DYES.chalk, -0.05))),
    rect([60, 386, 1230, 18], "#fff"),
    rect([60, 1420, 1230, 50], tint(DYES.slate, 0.12)),
    rect([60, 1420, 1230, 12], tint(DYES.slate, 0.2)),
    candle({ canvas, spot: [240, 386], dye: DYES.brass }, 150),
    candle({ canvas, spot: [350, 386], dye: DYES.brass }, 90),
    twigs({ canvas, spot: [1060, 190], dye: DYES.olive }, 190, [-22, 0, 20]),
    vase({ canvas, spot: [1060, 386], dye: room.accent }, "globe"),
    bookPile({ canvas, spot: [720, 386], dye: room.second }, [
      { width: 230, dye: room.second },
      { width: 200, dye: room.accent },
    ]),
    footShadow([1090, 1560], 200),
    rounded(canvas, "M990 1400H1200L1180 1560H1010z", {
      box: [990, 1400, 210, 160],
      dye: tint(room.wood, -0.02),
    }),
    line("M1010 1400L1030 1330M1080 1400L1074 1300M1150 1400L1168 1320", DYES.umber, 34, {
      "stroke-linecap": "round",
    }),
    line("M994 1440H1196M998 1500H1190", tint(room.wood, -0.09), 8),
  ].join("");
}

function bathTub(scene: TileScene): Markup {
  const { canvas, room } = scene;
  const tub = "M120 920H1130C1140 1140 1080 1290 960 1320H300C180 1290 112 1140 120 920z";
  return [
    roomShell(canvas, room, { size: [1240, 1550], floorY: 1380 }),
    tiledWall(scene, [0, 0, 1240, 1350]),
    windowLight(canvas, [120, 60, 680, 820], 0.2),
    line("M960 900V330Q960 260 900 260H820", SHADE, 22, { opacity: 0.15, transform: "translate(30 16)" }),
    line("M960 900V330Q960 260 900 260H820", DYES.brass, 22, { "stroke-linecap": "round" }),
    path("M760 300Q760 260 820 260Q880 260 880 300z", DYES.brass),
    rect([750, 298, 140, 16], tint(DYES.brass, -0.08), { rx: 8 }),
    rect([900, 690, 120, 26], tint(DYES.brass, -0.04), { rx: 13 }),
    circle([900, 703], 26, { fill: DYES.brass }),
    circle([1020, 703], 26, { fill: DYES.brass }),
    castShadow(tub, [36, 20], 0.2),
    footShadow([630, 1420], 900, 0.2),
    path("M290 1300L260 1430H320L350 1300zM940 1300L970 1430H910L880 1300z", DYES.brass),
    path(tub, fade(canvas, room.accent, tint(room.accent, -0.07))),
    rect([90, 890, 1080, 46], DYES.chalk, { rx: 23 }),
    rect([90, 890, 1080, 16], "#fff", { rx: 8 }),
    rect([130, 936, 1000, 12], SHADE, { opacity: 0.14 }),
    castShadow("M250 890h220v280h-220z", [20, 16], 0.16),
    path("M250 886H480L484 1190C420 1200 320 1180 246 1194z", DYES.bone),
    path("M400 886H480L484 1190C460 1194 430 1192 408 1190z", SHADE, { opacity: 0.07 }),
    path("M246 1130L483 1126V1142L246 1146z", room.second),
    cup({ canvas, spot: [700, 890], dye: room.second }, 1),
    floorPlant({ canvas, spot: [80, 1490], dye: room.second }, DYES.pine, 0.7),
  ].join("");
}

/** The six places where tiles are seen laid, each with something of known size. */
export const TILE_ROOMS = {
  sink: { size: [1200, 1500], setting: "behind a kitchen sink with a brass tap", draw: kitchenSink },
  basin: { size: [1200, 1500], setting: "behind a wash basin under a round mirror", draw: washBasin },
  stove: {
    size: [1080, 1350],
    setting: "behind a stove with a kettle, jars on a shelf above",
    draw: stoveShelf,
  },
  stairs: {
    size: [1200, 1500],
    setting: "on the risers of a wooden stair with a plant and books",
    draw: stairs,
  },
  hearth: { size: [1320, 1650], setting: "round a hearth with logs and a basket", draw: hearth },
  bath: { size: [1240, 1550], setting: "behind a bath with a brass shower and a towel", draw: bathTub },
} as const satisfies Record<string, TileRoom>;
export type TileRoomName = keyof typeof TILE_ROOMS;
