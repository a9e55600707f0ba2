import { DYES, tint, type Dye } from "../draw/dyes.ts";
import { circle, g, line, path, rect, use, type Canvas, type Markup, type Point } from "../draw/svg.ts";
import { castShadow, fade, SHADE, windowLight, type Room } from "./light.ts";
import { twigs } from "./things.ts";
import type { ClothScene } from "./cloth-scene.ts";

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

/** A folded towel beside bread. */
export function breadTable({ canvas, room, cloth }: ClothScene): Markup {
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
    line(slashes, DYES.straw, { width: 17, "stroke-linecap": "round" }),
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
      line("M10 308H450", SHADE, { width: 5, opacity: 0.08 }),
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

const plate = ([x, y]: Point, r: number, dye: Dye): Markup =>
  circle([x + r * 0.08, y + r * 0.11], r, { fill: SHADE, opacity: 0.16 }) +
  circle([x, y], r, { fill: dye }) +
  circle([x, y], r * 0.7, { fill: tint(dye, -0.025) }) +
  circle([x + 2, y + 3], r * 0.66, { fill: tint(dye, 0.012) });

const fork = ([x, y]: Point, dye: Dye): Markup =>
  line(
    `M${String(x)} ${String(y)}v-190M${String(x - 21)} ${String(y - 300)}v60q0 50 21 50q21 0 21 -50v-60M${String(x)} ${String(y - 300)}v110`,
    SHADE,
    { width: 11, opacity: 0.15, transform: "translate(6 9)", "stroke-linecap": "round" },
  ) +
  line(
    `M${String(x)} ${String(y)}v-190M${String(x - 21)} ${String(y - 300)}v60q0 50 21 50q21 0 21 -50v-60M${String(x)} ${String(y - 300)}v110`,
    dye,
    { width: 11, "stroke-linecap": "round" },
  );
const knife = ([x, y]: Point, dye: Dye): Markup => {
  const d = `M${String(x - 8)} ${String(y)}v-170h-2v-124q0 -30 26 -30v324z`;
  return path(d, SHADE, { opacity: 0.15, transform: "translate(6 9)" }) + path(d, dye);
};

const glassAbove = ([x, y]: Point): Markup =>
  circle([x + 14, y + 20], 74, { fill: SHADE, opacity: 0.12 }) +
  circle([x, y], 74, { fill: "#fff", opacity: 0.45 }) +
  circle([x, y], 58, { fill: DYES.sky, opacity: 0.5 }) +
  line(`M${String(x - 46)} ${String(y - 20)}A50 50 0 0 1 ${String(x - 6)} ${String(y - 50)}`, "#fff", {
    width: 8,
    "stroke-linecap": "round",
    opacity: 0.8,
  });

/** A napkin on a plate. */
export function placeSetting({ canvas, room, cloth }: ClothScene): Markup {
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

/** A runner along a table. */
export function runnerTable({ canvas, room, cloth }: ClothScene): Markup {
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
