import { createCanvas, svgFile } from "../draw/svg.ts";
import type { ClothGood } from "../goods/cloths.ts";
import { CLOTH_ROOMS } from "../rooms/cloth-rooms.ts";
import { defineCloth } from "../rooms/cloth-scene.ts";
import { paintPattern, readRoom } from "./print-views.ts";

export function drawClothRoom(good: ClothGood): string {
  const canvas = createCanvas();
  const room = CLOTH_ROOMS[good.room.place];
  const cloth = defineCloth(canvas, paintPattern(canvas, good.pattern, good.size), good.size);
  return svgFile({ view: room.size, size: [1000, 1250] }, canvas, [
    room.draw({ canvas, room: readRoom(good.room), cloth, piece: good.size }),
  ]);
}
