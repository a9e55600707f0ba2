import { DYES, tint } from "../draw/dyes.ts";
import { circle, line, path, rect, type Markup } from "../draw/svg.ts";
import { castShadow, fade, footShadow, roomShell, SHADE, windowLight } from "./light.ts";
import { cup, floorPlant } from "./things.ts";
import { brassTap, tiledWall, type TileScene } from "./tiled-wall.ts";

/** Tiles behind a wash basin. */
export function washBasin(scene: TileScene): Markup {
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
    line("M320 900L300 800M340 900L366 812", DYES.verdigris, { width: 12, "stroke-linecap": "round" }),
  ].join("");
}

/** Tiles behind a bath. */
export function bathTub(scene: TileScene): Markup {
  const { canvas, room } = scene;
  const tub = "M120 920H1130C1140 1140 1080 1290 960 1320H300C180 1290 112 1140 120 920z";
  return [
    roomShell(canvas, room, { size: [1240, 1550], floorY: 1380 }),
    tiledWall(scene, [0, 0, 1240, 1350]),
    windowLight(canvas, [120, 60, 680, 820], 0.2),
    line("M960 900V330Q960 260 900 260H820", SHADE, {
      width: 22,
      opacity: 0.15,
      transform: "translate(30 16)",
    }),
    line("M960 900V330Q960 260 900 260H820", DYES.brass, { width: 22, "stroke-linecap": "round" }),
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
