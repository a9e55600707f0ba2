import { DYES } from "../draw/dyes.ts";
import { boxPath, createCanvas, g, svgFile, type Canvas } from "../draw/svg.ts";
import type { TileGood } from "../goods/tiles.ts";
import { FIELD, TILE_ROOMS } from "../rooms/tile-rooms.ts";
import { paintPattern, readRoom } from "./print-views.ts";

export const defineField = (canvas: Canvas, good: TileGood, size: readonly [number, number] = [FIELD[0], FIELD[1]]): string =>
  canvas.define(g({ id: "@" }, canvas.clip(boxPath([0, 0, size[0], size[1]]), paintPattern(canvas, good.pattern, size))));

export function drawTileRoom(good: TileGood): string {
  const canvas = createCanvas();
  const room = TILE_ROOMS[good.room.place];
  const tiles = defineField(canvas, good, [room.size[0], Math.min(1500, room.size[1])]);
  return svgFile({ view: room.size, size: [1000, 1250] }, canvas, [room.draw({ canvas, room: readRoom(good.room), tiles, grout: DYES[good.grout] })]);
}
