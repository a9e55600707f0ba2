import { tint, type Dye } from "../draw/dyes.ts";
import { createRandom } from "../draw/random.ts";
import {
  boxPath,
  circle,
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
import { SHADE, type Room } from "./light.ts";

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
    line(joints, tint(grout, -0.1), { width: 7, transform: "translate(1.5 1.5)" }),
    line(joints, grout, 6),
  );
}

/** A tap of brass whose foot is at the spot. */
export const brassTap = ([x, y]: Point, dye: Dye): Markup => {
  const d = `M${String(x)} ${String(y)}V${String(y - 230)}Q${String(x)} ${String(y - 310)} ${String(x + 78)} ${String(y - 310)}Q${String(x + 150)} ${String(y - 310)} ${String(x + 150)} ${String(y - 220)}`;
  return (
    line(d, SHADE, { width: 30, opacity: 0.15, transform: "translate(34 14)" }) +
    line(d, dye, { width: 30, "stroke-linecap": "round" }) +
    line(d, tint(dye, 0.12), { width: 8, "stroke-linecap": "round", transform: "translate(-6 -3)" }) +
    rect([x - 30, y - 26, 60, 28], tint(dye, -0.06), { rx: 8 }) +
    rect([x - 104, y - 92, 92, 18], dye, { rx: 9 }) +
    circle([x - 104, y - 83], 18, { fill: tint(dye, -0.05) })
  );
};
