import { DYES } from "../draw/dyes.ts";
import { boxPath, createCanvas, g, svgFile, type Canvas } from "../draw/svg.ts";
import type { TileGood } from "../goods/tiles.ts";
import { TILE_ROOMS } from "../rooms/tile-rooms.ts";
import { FIELD, TILE } from "../rooms/tiled-wall.ts";
import { paintPattern, readRoom } from "./print-views.ts";

/** Stars sit in the middle of their tile; every other rule begins at its corner. */
const originOf = ({ pattern }: TileGood): number => (pattern.rule === "stars" ? TILE / 2 : 0);

/** The painted field of tiles, from the corner of one; returns the id to use. */
export function defineField(
  canvas: Canvas,
  good: TileGood,
  size: readonly [number, number] = [FIELD[0], FIELD[1]],
): string {
  const origin = originOf(good);
  const art = paintPattern(canvas, good.pattern, [size[0] + origin, size[1] + origin]);
  return canvas.define(
    g(
      { id: "@" },
      canvas.clip(
        boxPath([0, 0, size[0], size[1]]),
        origin === 0 ? art : g({ transform: `translate(-${String(origin)} -${String(origin)})` }, art),
      ),
    ),
  );
}

export function drawTileRoom(good: TileGood): string {
  const canvas = createCanvas();
  const room = TILE_ROOMS[good.room.place];
  const tiles = defineField(canvas, good, [room.size[0], Math.min(1500, room.size[1])]);
  return svgFile({ view: room.size, size: [1000, 1250] }, canvas, [
    room.draw({ canvas, room: readRoom(good.room), tiles, grout: DYES[good.grout] }),
  ]);
}
