import { boxPath, g, path, type Canvas, type Markup, type Point } from "../draw/svg.ts";
import { SHADE, type Room } from "./light.ts";

/** A room with a cloth in use. `cloth` is the id of the woven piece, `piece` its size in millimetres. */
export type ClothScene = {
  readonly canvas: Canvas;
  readonly room: Room;
  readonly cloth: string;
  readonly piece: Point;
};
export type ClothRoom = {
  readonly size: Point;
  readonly setting: string;
  readonly draw: (scene: ClothScene) => Markup;
};

/** Light and shade of folds that fall straight down: pairs of [x, width], darker where positive. */
export function folds(
  canvas: Canvas,
  d: string,
  {
    top,
    bottom,
    list,
  }: {
    readonly top: number;
    readonly bottom: number;
    readonly list: readonly (readonly [x: number, width: number, lean: number])[];
  },
): Markup {
  const strips = list.map(([x, width, lean], index) =>
    path(
      `M${String(x)} ${String(top)}h${String(width * 0.6)}L${String(x + lean + width)} ${String(bottom)}h${String(-width)}z`,
      index % 2 === 0 ? SHADE : "#fff",
      { opacity: index % 2 === 0 ? 0.1 : 0.13 },
    ),
  );
  return canvas.clip(d, ...strips);
}

/** The woven piece as an element to use: painted once, cut to its size. */
export const defineCloth = (canvas: Canvas, art: Markup, [width, height]: Point): string =>
  canvas.define(g({ id: "@" }, canvas.clip(boxPath([0, 0, width, height]), art)));
