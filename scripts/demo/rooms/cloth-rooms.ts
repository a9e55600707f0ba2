import { bathLadder, ovenRail, pegRail } from "./cloth-hung.ts";
import type { ClothRoom } from "./cloth-scene.ts";
import { cushionSofa, throwSofa, wrappedGift } from "./cloth-sofas.ts";
import { breadTable, placeSetting, runnerTable } from "./cloth-tables.ts";

/** Where cloths are seen in use, each beside something of known size. */
export const CLOTH_ROOMS = {
  oven: { size: [960, 1200], setting: "over the brass rail of an oven", draw: ovenRail },
  pegs: { size: [1000, 1250], setting: "on a peg rail beside a brush, above a basket", draw: pegRail },
  bread: { size: [1000, 1250], setting: "folded on a table beside a loaf and a knife", draw: breadTable },
  cushion: { size: [1280, 1600], setting: "on a sofa", draw: cushionSofa },
  throw: {
    size: [1280, 1600],
    setting: "over the back and seat of a sofa, a cup on its arm",
    draw: throwSofa,
  },
  place: { size: [1000, 1250], setting: "folded on a plate between fork and knife", draw: placeSetting },
  runner: { size: [1000, 1250], setting: "along a table laid for four", draw: runnerTable },
  ladder: { size: [1200, 1500], setting: "over a wooden towel ladder", draw: bathLadder },
  gift: { size: [1000, 1250], setting: "knotted round a parcel on a shelf beside a cup", draw: wrappedGift },
} as const satisfies Record<string, ClothRoom>;
export type ClothRoomName = keyof typeof CLOTH_ROOMS;
