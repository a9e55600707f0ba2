import { DYES, tint, type Dye } from "../draw/dyes.ts";
import { circle, ellipse, g, line, path, rect, type Canvas, type Markup, type Point } from "../draw/svg.ts";
import { castShadow, fade, rounded, SHADE, windowLight } from "./light.ts";
import { bookPile, cup, twigs, vase } from "./things.ts";
import { brassTap, tiledWall, type TileScene } from "./tiled-wall.ts";

/** Tiles behind a kitchen sink. */
export function kitchenSink(scene: TileScene): Markup {
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
    line("M130 770L96 560M165 770L190 590", room.wood, { width: 15, "stroke-linecap": "round" }),
    ellipse([94, 548], [30, 44], { fill: DYES.straw, transform: "rotate(-10 94 548)" }),
    ellipse([192, 570], [26, 36], { fill: room.wood }),
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

/** Tiles behind a stove. */
export function stoveShelf(scene: TileScene): Markup {
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
    line("M260 980l30-20h180l30 20M580 980l30-20h180l30 20", DYES.graphite, {
      width: 12,
      "stroke-linejoin": "round",
    }),
    g(
      { transform: "translate(390 958)" },
      castShadow(kettle, [40, 8], 0.2),
      line("M-70 -180C-90 -330 90 -330 70 -180", tint(DYES.walnut, -0.04), {
        width: 22,
        "stroke-linecap": "round",
      }),
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
