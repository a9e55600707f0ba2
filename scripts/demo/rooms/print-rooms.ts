import { DYES, tint, type Dye } from "../draw/dyes.ts";
import { circle, g, line, path, rect, type Canvas, type Markup, type Point } from "../draw/svg.ts";
import { framedPrint, type FrameKind } from "./frame.ts";
import {
  bench,
  consoleTable,
  floorLamp,
  loungeChair,
  pendantLamp,
  rug,
  sideboard,
  stool,
  woodenChair,
  type Piece,
} from "./furniture.ts";
import { castShadow, roomShell, SHADE, windowLight, type Room } from "./light.ts";
import { bookPile, candle, cup, floorPlant, fruitBowl, tableLamp, twigs, vase } from "./things.ts";

/** A room with a print in it: `size` in millimetres of wall that the picture shows, and the sentence for its alternative text. */
export type PrintRoom = {
  readonly size: Point;
  /** Continues "… hangs" or "… leans". */
  readonly setting: string;
  readonly draw: (scene: PrintScene) => Markup;
};
export type PrintScene = {
  readonly canvas: Canvas;
  readonly room: Room;
  readonly art: string;
  readonly frame: FrameKind;
};

const piece = ({ canvas, room }: PrintScene, spot: Point, cloth: Dye = room.accent): Piece => ({
  canvas,
  spot,
  wood: room.wood,
  cloth,
});

function chairRoom(scene: PrintScene): Markup {
  const { canvas, room, art, frame } = scene;
  return [
    roomShell(canvas, room, { size: [1560, 1950], floorY: 1750 }),
    windowLight(canvas, [120, 260, 560, 900]),
    rug(piece(scene, [760, 1830], room.second), 1300),
    framedPrint({ box: [500, 150, 616, 862], art, kind: frame, band: 20 }),
    floorLamp({ ...piece(scene, [1330, 1775]), cloth: DYES.bone, wood: tint(room.wood, -0.12) }),
    loungeChair(piece(scene, [720, 1800])),
  ].join("");
}

function consoleRoom(scene: PrintScene): Markup {
  const { canvas, room, art, frame } = scene;
  const top = 1750 - 802 + 30;
  return [
    roomShell(canvas, room, { size: [1500, 1875], floorY: 1730 }),
    windowLight(canvas, [700, 120, 640, 860]),
    framedPrint({ box: [440, 110, 560, 784], art, kind: frame, band: 18 }),
    consoleTable(piece(scene, [740, 1780]), 1240),
    tableLamp({ canvas, spot: [300, top], dye: room.accent }, DYES.bone),
    bookPile({ canvas, spot: [985, top], dye: room.second }, [
      { width: 250, dye: room.second },
      { width: 220, dye: room.accent },
      { width: 190, dye: DYES.bone },
    ]),
    twigs({ canvas, spot: [1190, top - 205], dye: DYES.moss }, 420, [-26, -8, 12, 24]),
    vase({ canvas, spot: [1190, top], dye: tint(room.second, 0.04) }, "globe"),
  ].join("");
}

function ledgeRoom(scene: PrintScene): Markup {
  const { canvas, room, art, frame } = scene;
  const shelf = 1130;
  return [
    rect([0, 0, 1000, 1250], room.wall),
    windowLight(canvas, [60, 40, 460, 760], 0.34),
    castShadow(`M-20 ${String(shelf)}h1040v40h-1040z`, [30, 44], 0.2),
    g(
      { transform: `rotate(-.6 500 ${String(shelf)})` },
      framedPrint({ box: [236, shelf - 762, 536, 752], art, kind: frame, band: 17 }),
    ),
    rect([-20, shelf - 10, 1040, 40], room.wood),
    rect([-20, shelf - 10, 1040, 12], tint(room.wood, 0.05)),
    rect([-20, shelf + 30, 1040, 8], SHADE, { opacity: 0.14 }),
    g(
      { transform: "translate(146 1122) scale(.92)" },
      vase({ canvas, spot: [0, 0], dye: room.accent }, "bottle"),
    ),
    twigs({ canvas, spot: [146, 888], dye: DYES.olive }, 300, [-18, 12]),
    bookPile({ canvas, spot: [850, shelf - 9], dye: room.second }, [
      { width: 214, dye: room.second },
      { width: 186, dye: tint(room.accent, 0.06) },
    ]),
    cup({ canvas, spot: [852, shelf - 80], dye: DYES.bone }, 1.05),
  ].join("");
}

function floorRoom(scene: PrintScene): Markup {
  const { canvas, room, art, frame } = scene;
  return [
    roomShell(canvas, room, { size: [1440, 1800], floorY: 1580 }),
    windowLight(canvas, [40, 180, 620, 1000]),
    g(
      { transform: "rotate(-.8 700 1640)" },
      framedPrint({ box: [330, 640, 716, 1002], art, kind: frame, band: 22 }),
    ),
    floorPlant({ canvas, spot: [1190, 1670], dye: room.accent }, DYES.pine, 1.22),
    stool({ ...piece(scene, [236, 1690]), cloth: room.second }),
    bookPile({ canvas, spot: [236, 1236], dye: room.second }, [
      { width: 240, dye: room.accent },
      { width: 200, dye: DYES.bone },
    ]),
    cup({ canvas, spot: [226, 1168], dye: tint(room.accent, 0.1) }),
  ].join("");
}

function sideboardRoom(scene: PrintScene): Markup {
  const { canvas, room, art, frame } = scene;
  const top = 1480 - 720 + 265;
  return [
    roomShell(canvas, room, { size: [1400, 1750], floorY: 1690 }),
    windowLight(canvas, [60, 60, 520, 800]),
    sideboard({ ...piece(scene, [700, 1745]), cloth: room.second }, 1340),
    g(
      { transform: `rotate(.5 640 ${String(top)})` },
      framedPrint({ box: [350, top - 868, 620, 868], art, kind: frame, band: 20 }),
    ),
    fruitBowl({ canvas, spot: [1130, top], dye: room.accent }, DYES.marigold),
    candle({ canvas, spot: [236, top], dye: DYES.brass }, 190),
    candle({ canvas, spot: [140, top], dye: DYES.brass }, 110),
  ].join("");
}

function hallRoom(scene: PrintScene): Markup {
  const { canvas, room, art, frame } = scene;
  const pegs = [1120, 1250, 1380]
    .map(
      (x) =>
        circle([x, 452], 20, { fill: tint(room.wood, -0.08) }) +
        circle([x - 5, 447], 9, { fill: tint(room.wood, 0.06) }),
    )
    .join("");
  return [
    roomShell(canvas, room, { size: [1520, 1900], floorY: 1700 }),
    windowLight(canvas, [300, 120, 600, 980]),
    framedPrint({ box: [290, 190, 600, 840], art, kind: frame, band: 20 }),
    castShadow("M1060 425h380v54h-380z", [20, 26], 0.16),
    rect([1060, 425, 400, 54], room.wood),
    rect([1060, 425, 400, 14], tint(room.wood, 0.05)),
    pegs,
    line("M1092 640L1120 452L1148 640", tint(room.accent, -0.08), 13),
    castShadow("M1010 640H1232L1252 1000H992z", [26, 20], 0.15),
    path("M1010 640H1232L1252 1000C1250 1016 994 1016 992 1000z", room.accent),
    path("M1150 640H1232L1252 1000C1250 1008 1200 1012 1160 1012z", tint(room.accent, -0.06)),
    bench(piece(scene, [640, 1780]), 1080),
    bookPile({ canvas, spot: [330, 1335], dye: room.second }, [
      { width: 260, dye: room.second },
      { width: 230, dye: DYES.bone },
      { width: 200, dye: room.accent },
    ]),
    boots([800, 1800], room.second),
  ].join("");
}

function boots([x, y]: Point, dye: Dye): Markup {
  const boot = (left: number, shade: number): Markup =>
    path(`M${String(left)} ${String(y - 230)}h88v130c10 20 70 24 84 60v40h-172z`, tint(dye, shade)) +
    rect([left - 2, y - 16, 176, 18], tint(dye, -0.18), { rx: 5 });
  return boot(x - 60, -0.07) + boot(x + 8, -0.02);
}

function deskRoom(scene: PrintScene): Markup {
  const { canvas, room, art, frame } = scene;
  const top = 1150;
  return [
    roomShell(canvas, room, { size: [1460, 1825], floorY: 1730 }),
    windowLight(canvas, [80, 180, 560, 760]),
    framedPrint({ box: [440, 190, 560, 784], art, kind: frame, band: 18 }),
    pendantLamp({ ...piece(scene, [1215, 0]), cloth: room.second }, 330),
    castShadow(`M60 ${String(top)}h1340v40h-1340z`, [40, 60], 0.18),
    line(`M150 1790L190 ${String(top + 20)}M1310 1790L1270 ${String(top + 20)}`, tint(room.wood, -0.05), {
      width: 42,
      "stroke-linecap": "round",
    }),
    rect([60, top - 6, 1340, 42], room.wood, { rx: 6 }),
    rect([60, top - 6, 1340, 13], tint(room.wood, 0.05), { rx: 6 }),
    bookPile({ canvas, spot: [300, top - 5], dye: room.second }, [
      { width: 290, dye: room.second },
      { width: 260, dye: DYES.bone },
      { width: 230, dye: room.accent },
    ]),
    cup({ canvas, spot: [1120, top - 5], dye: DYES.bone }, 1.3),
    woodenChair({ ...piece(scene, [730, 1800]), wood: tint(room.wood, -0.06) }),
  ].join("");
}

/** The seven rooms that prints hang in, each with something of known size beside the print. */
export const PRINT_ROOMS = {
  chair: { size: [1560, 1950], setting: "above a low armchair beside a floor lamp", draw: chairRoom },
  console: {
    size: [1500, 1875],
    setting: "above a hall table with a lamp, books and a vase",
    draw: consoleRoom,
  },
  ledge: { size: [1000, 1250], setting: "on a picture ledge between a vase and a cup", draw: ledgeRoom },
  floor: { size: [1440, 1800], setting: "on the floor between a stool and a rubber plant", draw: floorRoom },
  sideboard: {
    size: [1400, 1750],
    setting: "on a sideboard beside a bowl of fruit and two candles",
    draw: sideboardRoom,
  },
  hall: { size: [1520, 1900], setting: "in a hall above a bench with boots under it", draw: hallRoom },
  desk: { size: [1460, 1825], setting: "above a desk with a wooden chair", draw: deskRoom },
} as const satisfies Record<string, PrintRoom>;
export type PrintRoomName = keyof typeof PRINT_ROOMS;
