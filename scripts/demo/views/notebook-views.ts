import { DYES } from "../draw/dyes.ts";
import { boxPath, createCanvas, g, svgFile, type Canvas } from "../draw/svg.ts";
import type { NotebookGood } from "../goods/notebooks.ts";
import { NOTEBOOK_ROOMS } from "../rooms/notebook-rooms.ts";
import { paintPattern, readRoom } from "./print-views.ts";

export const defineCover = (canvas: Canvas, good: NotebookGood): string =>
  canvas.define(
    g(
      { id: "@" },
      canvas.clip(boxPath([0, 0, good.size[0], good.size[1]]), paintPattern(canvas, good.pattern, good.size)),
    ),
  );

export function drawNotebookRoom(good: NotebookGood): string {
  const canvas = createCanvas();
  const room = NOTEBOOK_ROOMS[good.room.place];
  const cover = defineCover(canvas, good);
  return svgFile({ view: room.size, size: [1000, 1250] }, canvas, [
    room.draw({ canvas, room: readRoom(good.room), cover, size: good.size, cloth: DYES[good.spine] }),
  ]);
}
