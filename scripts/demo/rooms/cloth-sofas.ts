import { DYES, tint } from "../draw/dyes.ts";
import { ellipse, g, line, path, rect, use, type Markup } from "../draw/svg.ts";
import { castShadow, fade, footShadow, roomShell, SHADE, windowLight } from "./light.ts";
import { cup, fruitBowl } from "./things.ts";
import { folds, type ClothScene } from "./cloth-scene.ts";

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

/** A cushion on a sofa. */
export function cushionSofa(scene: ClothScene): Markup {
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

/** A throw over a sofa. */
export function throwSofa(scene: ClothScene): Markup {
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

/** A parcel knotted into a cloth. */
export function wrappedGift(scene: ClothScene): Markup {
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
