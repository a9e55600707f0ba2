import { DYES, tint, type Dye } from "../draw/dyes.ts";
import { createRandom } from "../draw/random.ts";
import { boxPath, createCanvas, g, rect, svgFile, type Canvas, type Markup } from "../draw/svg.ts";
import type { PatternSpec, RoomSpec } from "../goods/good.ts";
import type { PrintGood } from "../goods/prints.ts";
import { SHEET } from "../rooms/frame.ts";
import type { Room } from "../rooms/light.ts";
import { PRINT_ROOMS } from "../rooms/print-rooms.ts";
import { RULEBOOK } from "../rules/rulebook.ts";

/** Draws a pattern over `size` millimetres; the seed belongs to rule and number, so every view shows the same drawing. */
export function paintPattern(
  canvas: Canvas,
  spec: PatternSpec,
  [width, height]: readonly [number, number],
): Markup {
  const rule = RULEBOOK[spec.rule];
  return rule.paint({
    canvas,
    width,
    height,
    motif: spec.motif,
    palette: { ground: DYES[spec.ground], inks: spec.inks.map((name): Dye => DYES[name]) },
    random: createRandom(`rule ${String(rule.number)}, seed ${String(spec.seed)}`),
  });
}

export const readRoom = (spec: RoomSpec): Room => ({
  wall: tint(DYES[spec.wall], 0, 0.78),
  floor: DYES[spec.floor],
  wood: DYES[spec.wood],
  accent: DYES[spec.accent],
  second: DYES[spec.second],
});

/** Paper left white around the image: sides, then top and bottom. What remains, 420 × 630, holds whole cells of 105. */
const MARGIN = [40, 35] as const;

/** The printed sheet, 500 × 700 mm with its paper border; returns the id to use. */
export function defineSheet(canvas: Canvas, spec: PatternSpec): string {
  const [width, height] = [SHEET[0] - MARGIN[0] * 2, SHEET[1] - MARGIN[1] * 2];
  const art = paintPattern(canvas, spec, [width, height]);
  return canvas.define(
    g(
      { id: "@" },
      rect([0, 0, SHEET[0], SHEET[1]], DYES.chalk),
      g(
        { transform: `translate(${String(MARGIN[0])} ${String(MARGIN[1])})` },
        canvas.clip(boxPath([0, 0, width, height]), art),
      ),
    ),
  );
}

export function drawPrintRoom(good: PrintGood): string {
  const canvas = createCanvas();
  const room = PRINT_ROOMS[good.room.place];
  const art = defineSheet(canvas, good.pattern);
  const body = room.draw({ canvas, room: readRoom(good.room), art, frame: good.room.frame });
  return svgFile({ view: room.size, size: [1000, 1250] }, canvas, [body]);
}
