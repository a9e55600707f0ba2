import { bathTub, washBasin } from "./tile-baths.ts";
import { hearth, stairs } from "./tile-halls.ts";
import { kitchenSink, stoveShelf } from "./tile-kitchens.ts";
import type { TileRoom } from "./tiled-wall.ts";

/** The six places where tiles are seen laid, each with something of known size. */
export const TILE_ROOMS = {
  sink: { size: [1200, 1500], setting: "behind a kitchen sink with a brass tap", draw: kitchenSink },
  basin: { size: [1200, 1500], setting: "behind a wash basin under a round mirror", draw: washBasin },
  stove: {
    size: [1080, 1350],
    setting: "behind a stove with a kettle, jars on a shelf above",
    draw: stoveShelf,
  },
  stairs: {
    size: [1200, 1500],
    setting: "on the risers of a wooden stair with a plant and books",
    draw: stairs,
  },
  hearth: { size: [1320, 1650], setting: "round a hearth with logs and a basket", draw: hearth },
  bath: { size: [1240, 1550], setting: "behind a bath with a brass shower and a towel", draw: bathTub },
} as const satisfies Record<string, TileRoom>;
export type TileRoomName = keyof typeof TILE_ROOMS;
