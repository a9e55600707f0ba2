import { DYES, tint } from "../draw/dyes.ts";
import { circle, g, line, path, rect, type Markup, type Point } from "../draw/svg.ts";
import { castShadow, fade, footShadow, roomShell, rounded, SHADE, windowLight } from "./light.ts";
import { bookPile, candle, cup, floorPlant, twigs, vase } from "./things.ts";
import { tiledWall, TILE, type TileScene } from "./tiled-wall.ts";

/** Tiles on the risers of a stair. */
export function stairs(scene: TileScene): Markup {
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

/** Tiles round a hearth. */
export function hearth(scene: TileScene): Markup {
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
    line("M1010 1400L1030 1330M1080 1400L1074 1300M1150 1400L1168 1320", DYES.umber, {
      width: 34,
      "stroke-linecap": "round",
    }),
    line("M994 1440H1196M998 1500H1190", tint(room.wood, -0.09), 8),
  ].join("");
}
