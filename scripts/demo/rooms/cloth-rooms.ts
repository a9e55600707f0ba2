import { DYES, tint, type Dye } from "../draw/dyes.ts";
import {
  boxPath,
  circle,
  ellipse,
  g,
  line,
  path,
  rect,
  use,
  type Canvas,
  type Markup,
  type Point,
} from "../draw/svg.ts";
import { bench } from "./furniture.ts";
import { castShadow, fade, footShadow, roomShell, rounded, SHADE, windowLight, type Room } from "./light.ts";
import { cup, floorPlant, fruitBowl, twigs, vase } from "./things.ts";

/** A room with a cloth in use. `cloth` is the id of the woven piece, `piece` its size in millimetres. */
export type ClothScene = {
  readonly canvas: Canvas;
  readonly room: Room;
  readonly cloth: string;
  readonly piece: Point;
};
export type ClothRoom = {
  readonly size: Point;
  readonly setting: string;
  readonly draw: (scene: ClothScene) => Markup;
};

/** Light and shade of folds that fall straight down: pairs of [x, width], darker where positive. */
export function folds(
  canvas: Canvas,
  d: string,
  {
    top,
    bottom,
    list,
  }: {
    readonly top: number;
    readonly bottom: number;
    readonly list: readonly (readonly [x: number, width: number, lean: number])[];
  },
): Markup {
  const strips = list.map(([x, width, lean], index) =>
    path(
      `M${String(x)} ${String(top)}h${String(width * 0.6)}L${String(x + lean + width)} ${String(bottom)}h${String(-width)}z`,
      index % 2 === 0 ? SHADE : "#fff",
      { opacity: index % 2 === 0 ? 0.1 : 0.13 },
    ),
  );
  return canvas.clip(d, ...strips);
}

function ovenRail({ canvas, room, cloth }: ClothScene): Markup {
  const towel =
    "M286 356C284 342 296 334 310 334H650C664 334 676 342 674 356L682 858C600 872 560 852 480 866C400 880 350 856 278 866z";
  const behind = "M304 340H668L690 900C640 908 600 900 560 904L310 896z";
  const knobs = [150, 270, 690, 810].map(
    (x) =>
      circle([x, 246], 30, { fill: tint(room.accent, -0.1) }) +
      circle([x - 5, 240], 22, { fill: room.accent }) +
      rect([x - 8, 222, 6, 24], tint(room.accent, 0.2), { rx: 3 }),
  );
  return [
    rect([0, 0, 960, 1200], room.wall),
    windowLight(canvas, [40, -360, 520, 480], 0.25),
    vase({ canvas, spot: [170, 120], dye: room.second }, "cone"),
    rounded(canvas, "M420 -10H820V96C820 112 806 120 790 120H450C434 120 420 112 420 96z", {
      box: [420, -10, 400, 130],
      dye: tint(room.accent, 0.04),
    }),
    rect([340, 14, 90, 24], tint(room.accent, -0.08), { rx: 12 }),
    rect([810, 14, 90, 24], tint(room.accent, -0.08), { rx: 12 }),
    rect([0, 118, 960, 46], room.wood),
    rect([0, 118, 960, 12], tint(room.wood, 0.05)),
    rect([0, 164, 960, 1040], fade(canvas, tint(room.second, 0.01), tint(room.second, -0.035))),
    rect([0, 164, 960, 14], SHADE, { opacity: 0.2 }),
    ...knobs,
    rect([60, 316, 840, 700], tint(room.second, -0.05), { rx: 14 }),
    rect([60, 316, 840, 692], tint(room.second, 0.015), { rx: 14 }),
    rect([130, 440, 700, 470], tint(DYES.graphite, -0.03), { rx: 18 }),
    path("M148 900L420 452H560L280 900z", "#fff", { opacity: 0.05 }),
    rect([0, 1040, 960, 160], tint(room.second, -0.03)),
    rect([0, 1034, 960, 10], SHADE, { opacity: 0.2 }),
    rect([300, 1090, 360, 18], tint(room.accent, -0.05), { rx: 9 }),
    castShadow("M130 340h700v26h-700z", [14, 34], 0.2),
    rect([150, 330, 26, 44], tint(DYES.brass, -0.12)),
    rect([784, 330, 26, 44], tint(DYES.brass, -0.12)),
    path(behind, tint(DYES.bone, -0.12)),
    path(behind, SHADE, { opacity: 0.12 }),
    rect([110, 336, 740, 28], DYES.brass, { rx: 14 }),
    rect([110, 340, 740, 8], tint(DYES.brass, 0.1), { rx: 4 }),
    castShadow(towel, [26, 18], 0.22),
    canvas.clip(towel, use(cloth, "translate(270 330) scale(.85)")),
    folds(canvas, towel, {
      top: 330,
      bottom: 880,
      list: [
        [330, 40, -16],
        [392, 26, -8],
        [470, 46, 4],
        [540, 30, 10],
        [610, 44, 22],
        [652, 20, 24],
      ],
    }),
    canvas.clip(
      towel,
      rect([270, 330, 420, 26], "#fff", { opacity: 0.18 }),
      rect([270, 356, 420, 16], SHADE, { opacity: 0.07 }),
    ),
  ].join("");
}

function pegRail({ canvas, room, cloth }: ClothScene): Markup {
  const towel =
    "M470 296C486 286 506 286 520 296C560 420 640 560 668 700L690 1010C650 1030 610 1004 560 1024C500 1040 460 1008 400 1026C350 1040 320 1016 296 1020L322 700C350 560 430 420 470 296z";
  const radiating = [
    [430, 300],
    [478, 390],
    [512, 520],
    [556, 640],
  ] as const;
  const pegs = [170, 495, 820].map(
    (x) =>
      rect([x - 15, 262, 30, 46], tint(room.wood, -0.1), { rx: 15 }) +
      circle([x, 282], 21, { fill: room.wood }) +
      circle([x - 6, 276], 9, { fill: tint(room.wood, 0.07) }),
  );
  return [
    rect([0, 0, 1000, 1250], fade(canvas, tint(room.wall, 0.02), tint(room.wall, -0.03))),
    windowLight(canvas, [90, 330, 480, 760], 0.32),
    castShadow("M-10 240h1020v74h-1020z", [16, 26], 0.16),
    rect([-10, 236, 1020, 78], tint(room.wood, 0.03)),
    rect([-10, 236, 1020, 16], tint(room.wood, 0.08)),
    rect([-10, 300, 1020, 14], tint(room.wood, -0.05)),
    castShadow(towel, [44, 26], 0.2),
    pegs[0] ?? "",
    pegs[2] ?? "",
    canvas.clip(
      towel,
      use(cloth, "translate(288 286) scale(.86 1.06)"),
      ...radiating.map(([from, to], index) =>
        path(`M495 280L${String(to - 60)} 1050H${String(from - 40)}z`, index % 2 === 0 ? SHADE : "#fff", {
          opacity: index % 2 === 0 ? 0.11 : 0.14,
        }),
      ),
      path("M495 280L700 1050H640z", SHADE, { opacity: 0.12 }),
    ),
    line("M495 300C484 276 506 276 495 300", DYES.bone, 8),
    pegs[1] ?? "",
    basket(canvas, [820, 1250], room),
    line("M820 300V520", tint(room.accent, -0.1), 7),
    brushHead([820, 520], room),
  ].join("");
}

const brushHead = ([x, y]: Point, room: Room): Markup =>
  rect([x - 15, y, 30, 230], room.wood, { rx: 14 }) +
  path(`M${String(x - 60)} ${String(y + 220)}h120l26 110h-172z`, DYES.straw) +
  rect([x - 66, y + 212, 132, 30], room.accent, { rx: 8 });

const basket = (canvas: Canvas, [x, y]: Point, room: Room): Markup =>
  g(
    { transform: `translate(${String(x)} ${String(y)})` },
    line("M-90 -190C-90 -330 90 -330 90 -190", tint(room.wood, -0.06), 18),
    rounded(canvas, "M-150 -200H150L128 10H-128z", {
      box: [-150, -200, 300, 210],
      dye: tint(room.wood, 0.02),
    }),
    line("M-146 -150H146M-140 -96H140M-134 -42H134", tint(room.wood, -0.08), 8),
  );

function tableFromAbove(canvas: Canvas, room: Room, [width, height]: Point): Markup {
  const planks = [0.25, 0.5, 0.75]
    .map((share) => `M${String(width * share)} -10V${String(height + 10)}`)
    .join("");
  return (
    rect([0, 0, width, height], fade(canvas, tint(room.wood, 0.02), tint(room.wood, -0.03))) +
    line(planks, tint(room.wood, -0.06), 4) +
    line(
      `M${String(width * 0.11)} 0C${String(width * 0.1)} ${String(height * 0.4)} ${String(width * 0.14)} ${String(height * 0.6)} ${String(width * 0.11)} ${String(height)}M${String(width * 0.63)} 0C${String(width * 0.66)} ${String(height * 0.3)} ${String(width * 0.6)} ${String(height * 0.7)} ${String(width * 0.63)} ${String(height)}M${String(width * 0.87)} 0C${String(width * 0.86)} ${String(height * 0.5)} ${String(width * 0.89)} ${String(height * 0.6)} ${String(width * 0.88)} ${String(height)}`,
      tint(room.wood, -0.03),
      5,
    )
  );
}

function breadTable({ canvas, room, cloth }: ClothScene): Markup {
  const board =
    "M120 90h330c24 0 40 16 40 40v420c0 24-16 40-40 40h-110v90c0 40-90 40-90 0v-90h-130c-24 0-40-16-40-40v-420c0-24 16-40 40-40z";
  const loaf =
    "M180 170C230 120 340 120 390 176C430 230 420 440 384 494C340 540 230 540 190 490C150 430 140 220 180 170z";
  const slashes = [230, 310, 390, 470]
    .map((y) => `M218 ${String(y)}C270 ${String(y - 44)} 320 ${String(y - 40)} 352 ${String(y - 26)}`)
    .join("");
  const folded = "M0 0H460V620H0z";
  return [
    tableFromAbove(canvas, room, [1000, 1250]),
    windowLight(canvas, [420, 20, 560, 760], 0.2),
    castShadow(board, [16, 22], 0.2),
    path(board, tint(room.wood, -0.14)),
    path(
      "M120 90h330c24 0 40 16 40 40v12c0-24-16-40-40-40h-330c-24 0-40 16-40 40v-12c0-24 16-40 40-40z",
      tint(room.wood, -0.06),
    ),
    circle([295, 640], 17, { fill: tint(room.wood, 0) }),
    castShadow(loaf, [18, 24], 0.24),
    path(loaf, DYES.ochre),
    path(
      "M200 180C250 140 330 140 372 186C404 240 398 420 370 474C390 420 380 260 350 210C310 170 240 160 200 180z",
      tint(DYES.ochre, -0.08),
    ),
    line(slashes, DYES.straw, 17, { "stroke-linecap": "round" }),
    g(
      { transform: "translate(420 420) rotate(7)" },
      castShadow(folded, [22, 30], 0.24),
      rect([6, 8, 466, 624], tint(DYES.bone, -0.1), { rx: 8 }),
      rect([3, 4, 463, 621], tint(DYES.bone, -0.04), { rx: 8 }),
      canvas.clip(
        "M0 8Q0 0 8 0H452Q460 0 460 8V612Q460 620 452 620H8Q0 620 0 612z",
        use(cloth, "translate(-6 -6)"),
      ),
      path("M0 0H460V620z", SHADE, { opacity: 0.045 }),
      rect([452, 0, 8, 620], "#fff", { opacity: 0.2 }),
      line("M10 308H450", SHADE, 5, { opacity: 0.08 }),
    ),
    g(
      { transform: "translate(250 980) rotate(-32)" },
      castShadow("M0 0h330c30 0 40 50 20 60h-350z", [12, 16], 0.18),
      path("M0 0h330c34 2 44 44 16 56L0 52z", DYES.steel),
      path("M0 30h346l0 26L0 52z", tint(DYES.steel, -0.09)),
      rect([-210, -4, 220, 60], DYES.umber, { rx: 20 }),
      circle([-40, 26], 8, { fill: DYES.brass }),
      circle([-150, 26], 8, { fill: DYES.brass }),
    ),
  ].join("");
}

function sofa({ canvas, room }: ClothScene): Markup {
  const dye = room.second;
  return [
    roomShell(canvas, room, { size: [1280, 1600], floorY: 1430 }),
    windowLight(canvas, [120, 60, 640, 640], 0.3),
    footShadow([640, 1510], 1360, 0.22),
    rect([110, 1420, 30, 90], tint(room.wood, -0.1)),
    rect([1140, 1420, 30, 90], tint(room.wood, -0.1)),
    castShadow("M20 620h1240v760h-1240z", [40, -20], 0.14),
    rect([30, 600, 1220, 560], fade(canvas, tint(dye, 0.01), tint(dye, -0.05)), { rx: 70 }),
    rect([30, 600, 1220, 40], tint(dye, 0.05), { rx: 20, opacity: 0.6 }),
    rect([90, 1040, 1100, 260], fade(canvas, tint(dye, 0.045), tint(dye, 0)), { rx: 46 }),
    rect([90, 1250, 1100, 190], tint(dye, -0.045), { rx: 20 }),
    rect([90, 1286, 1100, 16], SHADE, { opacity: 0.14 }),
    rect([-60, 860, 200, 590], fade(canvas, tint(dye, 0.04), tint(dye, -0.03)), { rx: 60 }),
    rect([1140, 860, 200, 590], fade(canvas, tint(dye, 0.01), tint(dye, -0.07)), { rx: 60 }),
  ].join("");
}

function cushionSofa(scene: ClothScene): Markup {
  const { canvas, room, cloth } = scene;
  const pillow =
    "M18 26C120 46 380 46 482 26C500 22 504 30 500 44C482 140 482 360 500 458C504 474 498 480 484 476C380 456 120 456 18 476C4 480 -4 474 0 458C18 360 18 140 0 44C-4 30 2 22 18 26z";
  return [
    sofa(scene),
    g(
      { transform: "translate(330 560) rotate(-4)" },
      castShadow(pillow, [54, 30], 0.26),
      canvas.clip(
        pillow,
        use(cloth, "translate(-4 0)"),
        path("M-10 -10C100 70 110 420 -10 510z", "#fff", { opacity: 0.12 }),
        path("M510 -10C400 70 390 430 510 510z", SHADE, { opacity: 0.14 }),
        path("M-10 510C120 400 400 400 510 510z", SHADE, { opacity: 0.13 }),
        path("M-10 -10C120 80 390 80 510 -10z", "#fff", { opacity: 0.1 }),
      ),
    ),
    rect([860, 780, 250, 300], room.accent, { rx: 34, transform: "rotate(9 980 930)" }),
    rect([1050, 800, 44, 280], tint(room.accent, -0.06), { rx: 22, transform: "rotate(9 980 930)" }),
  ].join("");
}

function throwSofa(scene: ClothScene): Markup {
  const { canvas, cloth } = scene;
  const fall =
    "M380 590C480 578 720 580 860 590C872 760 876 880 884 1040C900 1060 910 1080 914 1110L936 1400L900 1404L352 1396L318 1392C326 1290 336 1190 350 1100C354 1070 366 1050 376 1036C372 900 372 740 380 590z";
  const fringe = Array.from({ length: 42 }, (_, index) => `M${String(322 + index * 14.6)} 1390v46`).join("");
  return [
    sofa(scene),
    castShadow(fall, [44, 22], 0.2),
    line(fringe, DYES.bone, 6),
    canvas.clip(
      fall,
      use(cloth, "translate(306 580) scale(.62)"),
      rect([300, 1030, 700, 34], SHADE, { opacity: 0.16 }),
      rect([300, 1064, 700, 60], "#fff", { opacity: 0.09 }),
      rect([300, 580, 700, 34], "#fff", { opacity: 0.14 }),
    ),
    folds(canvas, fall, {
      top: 580,
      bottom: 1410,
      list: [
        [440, 46, -30],
        [520, 30, -20],
        [640, 60, 6],
        [730, 34, 16],
        [800, 56, 44],
      ],
    }),
    cup({ canvas, spot: [1230, 864], dye: scene.room.accent }, 1.1),
  ].join("");
}

const plate = ([x, y]: Point, r: number, dye: Dye): Markup =>
  circle([x + r * 0.08, y + r * 0.11], r, { fill: SHADE, opacity: 0.16 }) +
  circle([x, y], r, { fill: dye }) +
  circle([x, y], r * 0.7, { fill: tint(dye, -0.025) }) +
  circle([x + 2, y + 3], r * 0.66, { fill: tint(dye, 0.012) });

const fork = ([x, y]: Point, dye: Dye): Markup =>
  line(
    `M${String(x)} ${String(y)}v-190M${String(x - 21)} ${String(y - 300)}v60q0 50 21 50q21 0 21 -50v-60M${String(x)} ${String(y - 300)}v110`,
    SHADE,
    11,
    { opacity: 0.15, transform: "translate(6 9)", "stroke-linecap": "round" },
  ) +
  line(
    `M${String(x)} ${String(y)}v-190M${String(x - 21)} ${String(y - 300)}v60q0 50 21 50q21 0 21 -50v-60M${String(x)} ${String(y - 300)}v110`,
    dye,
    11,
    { "stroke-linecap": "round" },
  );
const knife = ([x, y]: Point, dye: Dye): Markup => {
  const d = `M${String(x - 8)} ${String(y)}v-170h-2v-124q0 -30 26 -30v324z`;
  return path(d, SHADE, { opacity: 0.15, transform: "translate(6 9)" }) + path(d, dye);
};

const glassAbove = ([x, y]: Point): Markup =>
  circle([x + 14, y + 20], 74, { fill: SHADE, opacity: 0.12 }) +
  circle([x, y], 74, { fill: "#fff", opacity: 0.45 }) +
  circle([x, y], 58, { fill: DYES.sky, opacity: 0.5 }) +
  line(`M${String(x - 46)} ${String(y - 20)}A50 50 0 0 1 ${String(x - 6)} ${String(y - 50)}`, "#fff", 8, {
    "stroke-linecap": "round",
    opacity: 0.8,
  });

function placeSetting({ canvas, room, cloth }: ClothScene): Markup {
  const napkin = "M0 0H250V470H0z";
  return [
    tableFromAbove(canvas, room, [1000, 1250]),
    windowLight(canvas, [30, 40, 620, 860], 0.22),
    plate([500, 650], 340, DYES.chalk),
    plate([500, 650], 250, room.accent),
    fork([92, 800], DYES.steel),
    knife([912, 800], DYES.steel),
    glassAbove([830, 210]),
    g(
      { transform: "translate(388 396) rotate(8)" },
      castShadow(napkin, [18, 24], 0.24),
      rect([5, 6, 250, 470], tint(DYES.bone, -0.09), { rx: 5 }),
      canvas.clip(
        napkin,
        use(cloth, "translate(0 0)"),
        path("M0 0H84V470H0z", "#fff", { opacity: 0.12 }),
        path("M84 0h10V470H84z", SHADE, { opacity: 0.12 }),
        path("M170 0h80V470h-80z", SHADE, { opacity: 0.06 }),
      ),
    ),
    g(
      { transform: "translate(190 200) rotate(-30)" },
      twigs({ canvas, spot: [0, 120], dye: DYES.olive }, 260, [-10, 14]),
    ),
  ].join("");
}

function runnerTable({ canvas, room, cloth }: ClothScene): Markup {
  const runner = "M330 -20H670V1270H330z";
  return [
    tableFromAbove(canvas, room, [1000, 1250]),
    castShadow(runner, [18, 10], 0.2),
    canvas.clip(
      runner,
      use(cloth, "translate(330 -20)"),
      rect([330, -20, 20, 1300], "#fff", { opacity: 0.12 }),
      rect([648, -20, 22, 1300], SHADE, { opacity: 0.1 }),
    ),
    windowLight(canvas, [180, 160, 620, 900], 0.16),
    plate([130, 330], 190, DYES.chalk),
    plate([130, 330], 130, room.accent),
    plate([880, 330], 190, DYES.chalk),
    plate([880, 330], 130, room.accent),
    plate([130, 960], 190, DYES.chalk),
    plate([130, 960], 130, room.second),
    plate([880, 960], 190, DYES.chalk),
    plate([880, 960], 130, room.second),
    plate([500, 640], 130, tint(room.wood, -0.18)),
    ...(
      [
        [455, 610],
        [540, 600],
        [500, 680],
        [570, 676],
        [434, 690],
      ] as const
    ).map(
      ([x, y]) =>
        circle([x, y], 44, { fill: DYES.marigold }) +
        circle([x - 12, y - 12], 12, { fill: tint(DYES.marigold, 0.08) }),
    ),
  ].join("");
}

function bathLadder({ canvas, room, cloth }: ClothScene): Markup {
  const towel = "M300 420H860L866 1010C780 1024 700 1004 600 1018C500 1030 400 1006 292 1020z";
  const rungs = [200, 420, 1120, 1320].map((y) => `M270 ${String(y)}H890`).join("");
  return [
    roomShell(canvas, room, { size: [1200, 1500], floorY: 1390 }),
    windowLight(canvas, [60, 120, 600, 820], 0.32),
    line(`M300 1470V40M860 1470V40${rungs}`, SHADE, 36, { opacity: 0.09, transform: "translate(40 20)" }),
    line("M300 1470V40M860 1470V40", room.wood, 36, { "stroke-linecap": "round" }),
    line("M294 1470V40M854 1470V40", tint(room.wood, 0.06), 9),
    line(rungs, tint(room.wood, -0.04), 30, { "stroke-linecap": "round" }),
    castShadow(towel, [34, 22], 0.2),
    canvas.clip(
      towel,
      use(cloth, "translate(290 410) scale(.83)"),
      rect([280, 410, 600, 24], "#fff", { opacity: 0.2 }),
    ),
    folds(canvas, towel, {
      top: 415,
      bottom: 1030,
      list: [
        [350, 44, -16],
        [430, 30, -8],
        [560, 50, 2],
        [640, 36, 8],
        [760, 50, 18],
        [810, 30, 22],
      ],
    }),
    rect([330, 180, 240, 330], DYES.chalk, { rx: 10 }),
    rect([330, 180, 240, 26], "#fff", { rx: 10 }),
    rect([520, 190, 50, 320], SHADE, { opacity: 0.06 }),
    rect([330, 470, 240, 14], room.accent),
    floorPlant({ canvas, spot: [1080, 1450], dye: room.accent }, DYES.moss, 0.86),
  ].join("");
}

function wrappedGift(scene: ClothScene): Markup {
  const { canvas, room, cloth } = scene;
  const body =
    "M250 1010C236 940 240 820 270 740C330 640 420 600 500 560C580 600 670 640 730 740C760 820 764 940 750 1010C740 1040 260 1040 250 1010z";
  const ears = [
    "M500 590C440 560 330 500 290 400C270 350 330 340 380 380C450 440 490 520 506 580z",
    "M500 590C550 540 640 470 730 440C780 430 780 480 740 520C680 570 580 600 506 596z",
  ];
  return [
    roomShell(canvas, room, { size: [1000, 1250], floorY: 1600 }),
    windowLight(canvas, [60, 60, 520, 800], 0.32),
    rect([-10, 1020, 1020, 240], room.wood),
    rect([-10, 1020, 1020, 16], tint(room.wood, 0.06)),
    rect([-10, 1110, 1020, 150], tint(room.wood, -0.06)),
    rect([-10, 1104, 1020, 10], SHADE, { opacity: 0.2 }),
    footShadow([500, 1026], 560, 0.24),
    castShadow(body, [50, 12], 0.18),
    canvas.clip(
      body,
      use(cloth, "translate(200 460) scale(.9)"),
      path("M250 1040C230 820 340 660 500 560C400 700 330 860 340 1040z", "#fff", { opacity: 0.14 }),
      path("M760 1040C780 820 660 660 500 560C610 700 660 860 650 1040z", SHADE, { opacity: 0.16 }),
      path("M500 560C470 700 440 860 450 1040H500C490 860 500 700 500 560z", SHADE, { opacity: 0.08 }),
    ),
    ...ears.map(
      (d, index) =>
        castShadow(d, [14, 14], 0.16) +
        canvas.clip(
          d,
          use(
            cloth,
            `translate(${String(200 + index * 130)} 300) rotate(${index === 0 ? "-20" : "24"} 300 200)`,
          ),
          path(d, index === 0 ? "#fff" : SHADE, { opacity: 0.1, transform: "translate(30 26)" }),
        ),
    ),
    canvas.clip(
      "M452 580C470 550 540 548 556 580C566 616 540 640 504 640C466 640 444 616 452 580z",
      use(cloth, "translate(300 420)"),
      ellipse([490, 600], [30, 40], { fill: "#fff", opacity: 0.12 }),
    ),
    cup({ canvas, spot: [140, 1026], dye: room.accent }, 1.5),
    fruitBowl({ canvas, spot: [1010, 1030], dye: room.second }, DYES.rust),
  ].join("");
}

function benchStack({ canvas, room, cloth }: ClothScene): Markup {
  const layer = (y: number, index: number): Markup => {
    const d = `M${String(300 + index * 6)} ${String(y)}h${String(420 - index * 10)}q16 0 16 28t-16 28h${String(-420 + index * 10)}q-14 0 -14 -28t14 -28z`;
    return (
      canvas.clip(
        d,
        use(cloth, `translate(280 ${String(y - 60 * index)})`),
        rect([280, y + 30, 480, 30], SHADE, { opacity: 0.16 }),
        rect([280, y, 480, 9], "#fff", { opacity: 0.2 }),
      ) + rect([290, y + 54, 440, 4], SHADE, { opacity: 0.3 })
    );
  };
  return [
    roomShell(canvas, room, { size: [1000, 1250], floorY: 1120 }),
    windowLight(canvas, [80, 60, 480, 700], 0.3),
    bench({ canvas, spot: [500, 1180], wood: room.wood, cloth: room.accent }, 900),
    footShadow([510, 738], 460),
    ...[3, 2, 1, 0].map((index) => layer(680 - index * 57, index)),
    vase({ canvas, spot: [860, 736], dye: room.accent }, "jug"),
    twigs({ canvas, spot: [860, 520], dye: DYES.moss }, 260),
  ].join("");
}

/** Where cloths are seen in use, each beside something of known size. */
export const CLOTH_ROOMS = {
  oven: { size: [960, 1200], setting: "over the brass rail of an oven", draw: ovenRail },
  pegs: { size: [1000, 1250], setting: "on a peg rail beside a brush, above a basket", draw: pegRail },
  bread: { size: [1000, 1250], setting: "folded on a table beside a loaf and a knife", draw: breadTable },
  cushion: { size: [1280, 1600], setting: "on a sofa", draw: cushionSofa },
  throw: {
    size: [1280, 1600],
    setting: "over the back and seat of a sofa, a cup on its arm",
    draw: throwSofa,
  },
  place: { size: [1000, 1250], setting: "folded on a plate between fork and knife", draw: placeSetting },
  runner: { size: [1000, 1250], setting: "along a table laid for four", draw: runnerTable },
  ladder: { size: [1200, 1500], setting: "over a wooden towel ladder", draw: bathLadder },
  gift: { size: [1000, 1250], setting: "knotted round a parcel on a shelf beside a cup", draw: wrappedGift },
  stack: { size: [1000, 1250], setting: "folded in a pile on a bench beside a jug", draw: benchStack },
} as const satisfies Record<string, ClothRoom>;
export type ClothRoomName = keyof typeof CLOTH_ROOMS;

/** The woven piece as an element to use: painted once, cut to its size. */
export const defineCloth = (canvas: Canvas, art: Markup, [width, height]: Point): string =>
  canvas.define(g({ id: "@" }, canvas.clip(boxPath([0, 0, width, height]), art)));
