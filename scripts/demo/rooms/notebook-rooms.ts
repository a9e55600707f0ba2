import { DYES, tint, type Dye } from "../draw/dyes.ts";
import {
  circle,
  ellipse,
  g,
  line,
  path,
  place,
  rect,
  use,
  type Canvas,
  type Markup,
  type Point,
} from "../draw/svg.ts";
import { leafPath } from "../rules/scatter.ts";
import { castShadow, fade, SHADE, windowLight, type Room } from "./light.ts";
import { twigs, vase } from "./things.ts";

/** A desk with notebooks. `cover` is the id of the drawn cover, `size` its size in millimetres; scenes are 294 mm wide. */
export type NotebookScene = {
  readonly canvas: Canvas;
  readonly room: Room;
  readonly cover: string;
  readonly size: Point;
  readonly cloth: Dye;
};
export type NotebookRoom = {
  readonly size: Point;
  readonly setting: string;
  readonly draw: (scene: NotebookScene) => Markup;
};

/** A closed notebook from above: page block at right and foot, spine strip of cloth at left, rounded fore corners. */
export function closedBook(
  { canvas, cover, size: [width, height], cloth }: NotebookScene,
  strap?: Dye,
): Markup {
  const d = `M0 0H${String(width - 9)}Q${String(width)} 0 ${String(width)} 9V${String(height - 9)}Q${String(width)} ${String(height)} ${String(width - 9)} ${String(height)}H0z`;
  return [
    castShadow(d, [13, 17], 0.3),
    path(d, tint(DYES.bone, -0.1), { transform: "translate(4.5 5)" }),
    path(d, DYES.bone, { transform: "translate(3 3.4)" }),
    canvas.clip(
      d,
      use(cover, "translate(0 0)"),
      rect([0, 0, width * 0.12, height], cloth),
      rect([width * 0.12, 0, 1.6, height], SHADE, { opacity: 0.3 }),
      rect([0, 0, 3, height], "#fff", { opacity: 0.18 }),
      rect([width * 0.055, 0, width * 0.02, height], SHADE, { opacity: 0.12 }),
      path(`M${String(width)} 0V${String(height)}H${String(width * 0.4)}z`, SHADE, { opacity: 0.05 }),
    ),
    strap === undefined
      ? ""
      : rect([width * 0.84, -1, 7, height + 4], strap) +
        rect([width * 0.84 + 5, -1, 2, height + 4], SHADE, { opacity: 0.2 }),
  ].join("");
}

/** A pencil of 175 mm lying to the right of its end. */
export function pencil(dye: Dye): Markup {
  const body = "M0 -7H290L322 0L290 7H0z";
  return (
    castShadow(body, [7, 9], 0.26) +
    rect([-20, -7, 24, 14], DYES.rose, { rx: 4 }) +
    rect([0, -7, 16, 14], DYES.steel) +
    rect([14, -7, 276, 5], tint(dye, 0.06)) +
    rect([14, -2.5, 276, 5], dye) +
    rect([14, 2, 276, 5], tint(dye, -0.08)) +
    path("M290 -7L322 0L290 7z", DYES.sand) +
    path("M312 -2.4L324 0L312 2.4z", DYES.graphite)
  );
}

const desk = (canvas: Canvas, room: Room): Markup =>
  rect([0, 0, 800, 1000], fade(canvas, tint(room.wall, 0.02), tint(room.wall, -0.035)));

const woodDesk = (canvas: Canvas, room: Room): Markup =>
  rect([0, 0, 800, 1000], fade(canvas, tint(room.wood, 0.025), tint(room.wood, -0.03))) +
  line(
    "M0 120C200 110 500 140 800 118M0 330C260 350 520 310 800 336M0 470C240 462 560 486 800 470M0 640C200 626 500 660 800 636M0 842C300 856 520 826 800 846",
    tint(room.wood, -0.035),
    3,
  );

function branchShadow(spot: Point, turn: number): Markup {
  const leaves = [0, 1, 2, 3, 4, 5].flatMap((index) => [
    path(leafPath(150 - index * 10, 30), SHADE, { transform: place([index * 74, 0], -52 + index * 4) }),
    path(leafPath(150 - index * 10, 30), SHADE, { transform: place([index * 74 + 30, 0], 50 - index * 4) }),
  ]);
  return g({ transform: place(spot, turn), opacity: 0.1 }, line("M-100 0Q200 14 500 0", SHADE, 7), ...leaves);
}

const coffee = (spot: Point, dye: Dye): Markup =>
  g(
    { transform: place(spot) },
    circle([12, 16], 96, { fill: SHADE, opacity: 0.14 }),
    circle([0, 0], 96, { fill: tint(dye, 0.03) }),
    circle([0, 0], 70, { fill: tint(dye, -0.02) }),
    circle([8, 10], 56, { fill: SHADE, opacity: 0.16 }),
    line("M48 -34L92 -62", tint(dye, -0.05), { width: 20, "stroke-linecap": "round" }),
    circle([0, 0], 56, { fill: tint(dye, 0.05) }),
    circle([0, 0], 48, { fill: DYES.umber }),
    path("M-34 -22A40 40 0 0 1 10 -40A46 46 0 0 0 -34 -22z", DYES.clay),
  );

function quietDesk(scene: NotebookScene): Markup {
  const { canvas, room } = scene;
  return [
    desk(canvas, room),
    windowLight(canvas, [40, 60, 560, 720], 0.3),
    branchShadow([430, 60], 38),
    g({ transform: "translate(176 284) rotate(-8) scale(2.72)" }, closedBook(scene, room.accent)),
    g({ transform: "translate(668 900) rotate(-78) scale(1.4)" }, pencil(room.accent)),
    g({ transform: "translate(118 128) scale(1.55)" }, coffee([0, 0], room.second)),
  ].join("");
}

function workDesk(scene: NotebookScene): Markup {
  const { canvas, room } = scene;
  const ticks = Array.from(
    { length: 61 },
    (_, index) => `M${String(12 + index * 13.6)} 0v${index % 2 === 0 ? "28" : "14"}`,
  ).join("");
  return [
    woodDesk(canvas, room),
    windowLight(canvas, [220, 40, 520, 700], 0.2),
    castShadow("M-40 -60h420v560h-420z", [14, 18], 0.16),
    path("M-40 -60h420v560h-420z", DYES.chalk),
    line("M30 120h290M30 170h300M30 220h260M30 270h280M30 320h180", tint(DYES.sky, -0.02), 4),
    g({ transform: "translate(246 150) rotate(6) scale(2.72)" }, closedBook(scene)),
    g(
      { transform: "translate(90 880) rotate(-4)" },
      castShadow("M0 0h842v80h-842z", [8, 10], 0.22),
      rect([0, 0, 842, 80], DYES.brass, { rx: 4 }),
      line(ticks, tint(DYES.brass, -0.4), 2.5),
    ),
    g({ transform: "translate(70 806) rotate(-74) scale(1.4)" }, pencil(room.accent)),
  ].join("");
}

function pairDesk(scene: NotebookScene): Markup {
  const { canvas, room } = scene;
  const glasses =
    "M0 0a70 62 0 1 0 140 0a70 62 0 1 0 -140 0M190 0a70 62 0 1 0 140 0a70 62 0 1 0 -140 0M140 -10q25 -26 50 0M0 -14L-24 -150M330 -14L356 -150";
  return [
    desk(canvas, room),
    branchShadow([40, 240], -22),
    branchShadow([460, 900], -150),
    g(
      { transform: "translate(330 80) rotate(14) scale(2.5)" },
      closedBook({ ...scene, cloth: room.second }, undefined),
    ),
    g({ transform: "translate(120 238) rotate(-5) scale(2.6)" }, closedBook(scene, room.accent)),
    g(
      { transform: "translate(440 906) rotate(-12) scale(1.06)" },
      line(glasses, SHADE, { width: 13, opacity: 0.16, transform: "translate(12 16)" }),
      path("M0 0a70 62 0 1 0 140 0a70 62 0 1 0 -140 0M190 0a70 62 0 1 0 140 0a70 62 0 1 0 -140 0", "#fff", {
        opacity: 0.25,
      }),
      line(glasses, DYES.umber, { width: 13, "stroke-linecap": "round" }),
    ),
    g({ transform: "translate(66 130) rotate(20) scale(1.4)" }, pencil(room.accent)),
  ].join("");
}

function bookShelf(scene: NotebookScene): Markup {
  const { canvas, room } = scene;
  const spines: readonly (readonly [number, number, Dye])[] = [
    [-44, 600, room.second],
    [22, 540, DYES.bone],
    [88, 640, room.accent],
    [154, 500, tint(room.second, 0.08)],
  ];
  return [
    rect([0, 0, 800, 1000], fade(canvas, tint(room.wall, 0.02), tint(room.wall, -0.035))),
    windowLight(canvas, [180, 40, 460, 640], 0.3),
    ...spines.map(
      ([x, height, dye]) =>
        castShadow(`M${String(x + 20)} ${String(846 - height)}h62v${String(height)}h-62z`, [18, 6], 0.14) +
        rect([x + 20, 846 - height, 64, height], dye, { rx: 4 }) +
        rect([x + 20, 890 - height, 64, 9], tint(dye, dye.l > 0.6 ? -0.15 : 0.2)) +
        rect([x + 68, 846 - height, 16, height], SHADE, { opacity: 0.12 }),
    ),
    g({ transform: "translate(266 384) scale(3.06)" }, closedBook(scene, room.accent)),
    rect([0, 842, 800, 40], room.wood),
    rect([0, 842, 800, 11], tint(room.wood, 0.055)),
    rect([0, 882, 800, 130], SHADE, { opacity: 0.08 }),
    twigs({ canvas, spot: [704, 556], dye: DYES.moss }, 330, [-20, 8]),
    g(
      { transform: "translate(704 846) scale(1.25)" },
      vase({ canvas, spot: [0, 0], dye: room.second }, "cone"),
    ),
  ].join("");
}

function cafeTable(scene: NotebookScene): Markup {
  const { canvas, room } = scene;
  const table = "M400 1000m-620 -420a620 600 0 1 0 1240 0a620 600 0 1 0 -1240 0";
  return [
    rect([0, 0, 800, 1000], room.floor),
    line("M0 0L800 -300M0 200L800 -100M0 400L800 100M0 -200V1000", tint(room.floor, -0.04), 5),
    path(table, SHADE, { opacity: 0.2, transform: "translate(30 40)" }),
    path(table, fade(canvas, tint(DYES.chalk, -0.01), tint(DYES.chalk, -0.06))),
    windowLight(canvas, [60, 220, 540, 700], 0.3),
    g({ transform: "translate(306 216) rotate(8) scale(2.72)" }, closedBook(scene)),
    g({ transform: "translate(112 420) scale(1.5)" }, coffee([0, 0], room.second)),
    g(
      { transform: "translate(40 740) rotate(8) scale(1.5)" },
      ellipse([80, 66], [110, 70], { fill: SHADE, opacity: 0.12 }),
      ellipse([70, 54], [110, 70], { fill: DYES.bone }),
      ellipse([70, 54], [84, 50], { fill: tint(DYES.bone, -0.03) }),
      path("M10 66C10 20 60 4 90 24C130 6 160 50 140 70C120 50 100 60 80 52C60 60 40 50 10 66z", DYES.ochre),
      line("M52 30q10 14 6 28M88 26q4 14 -4 28M118 34q-2 12 -14 24", tint(DYES.ochre, -0.12), 5),
    ),
    g({ transform: "translate(396 936) rotate(-8) scale(1.36)" }, pencil(room.accent)),
  ].join("");
}

/** The five places where notebooks are seen, each with a pencil, a cup or books beside them. */
export const NOTEBOOK_ROOMS = {
  quiet: { size: [800, 1000], setting: "on a desk beside a pencil and a cup of coffee", draw: quietDesk },
  work: { size: [800, 1000], setting: "on a wooden desk beside a pencil and a brass ruler", draw: workDesk },
  pair: {
    size: [800, 1000],
    setting: "in a pile of two beside a pencil and a pair of glasses",
    draw: pairDesk,
  },
  shelf: { size: [800, 1000], setting: "on a shelf beside four books and a small vase", draw: bookShelf },
  cafe: {
    size: [800, 1000],
    setting: "on a café table beside coffee, a pastry and a pencil",
    draw: cafeTable,
  },
} as const satisfies Record<string, NotebookRoom>;
export type NotebookRoomName = keyof typeof NOTEBOOK_ROOMS;
