import { DYES, tint } from "../draw/dyes.ts";
import { circle, g, line, path, rect, use, type Canvas, type Markup, type Point } from "../draw/svg.ts";
import { castShadow, fade, roomShell, rounded, SHADE, windowLight, type Room } from "./light.ts";
import { floorPlant, vase } from "./things.ts";
import { folds, type ClothScene } from "./cloth-scene.ts";

/** A towel over the rail of an oven. */
export function ovenRail({ canvas, room, cloth }: ClothScene): Markup {
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

/** A towel on a peg. */
export function pegRail({ canvas, room, cloth }: ClothScene): Markup {
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

/** A bath towel over a ladder. */
export function bathLadder({ canvas, room, cloth }: ClothScene): Markup {
  const towel = "M300 420H860L866 1010C780 1024 700 1004 600 1018C500 1030 400 1006 292 1020z";
  const rungs = [200, 420, 1120, 1320].map((y) => `M270 ${String(y)}H890`).join("");
  return [
    roomShell(canvas, room, { size: [1200, 1500], floorY: 1390 }),
    windowLight(canvas, [60, 120, 600, 820], 0.32),
    line(`M300 1470V40M860 1470V40${rungs}`, SHADE, {
      width: 36,
      opacity: 0.09,
      transform: "translate(40 20)",
    }),
    line("M300 1470V40M860 1470V40", room.wood, { width: 36, "stroke-linecap": "round" }),
    line("M294 1470V40M854 1470V40", tint(room.wood, 0.06), 9),
    line(rungs, tint(room.wood, -0.04), { width: 30, "stroke-linecap": "round" }),
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
