import { tint, type Dye } from "../draw/dyes.ts";
import { leafPath } from "../rules/scatter.ts";
import {
  el,
  g,
  line,
  path,
  place,
  polyline,
  quantise,
  rect,
  type Attributes,
  type Box,
  type Canvas,
  type Markup,
  type Point,
} from "../draw/svg.ts";

/** All light falls from the upper left; what it leaves dark is this brown, never black. */
export const SHADE = "#22160f";
export const GLOW = "#fff4dc";

/** A flat soft shadow: the shape itself, pushed away from the light in steps that fade. */
export function castShadow(d: string, [dx, dy]: Point, strength = 0.16): Markup {
  const steps = 4;
  return Array.from({ length: steps }, (_, index) => {
    const share = (index + 1) / steps;
    return path(d, SHADE, { opacity: strength / steps, transform: place([dx * share, dy * share]) });
  }).join("");
}

/** A shape with a lit left side and a right side that turns away: pots, cups, lamps. */
export function rounded(
  canvas: Canvas,
  d: string,
  { box: [x, y, width, height], dye }: { readonly box: Box; readonly dye: Dye },
): Markup {
  const band = (from: number, to: number, color: Dye): Markup =>
    rect([x + width * from, y, width * (to - from), height], color);
  return canvas.clip(
    d,
    rect([x - 2, y - 2, width + 4, height + 4], dye),
    band(-0.02, 0.1, tint(dye, -0.025)),
    band(0.16, 0.3, tint(dye, 0.03)),
    band(0.56, 0.78, tint(dye, -0.035)),
    band(0.78, 1.02, tint(dye, -0.075)),
  );
}

const gradient = (canvas: Canvas, ends: Attributes, [from, to]: readonly [Dye, Dye]): string => {
  const stops = [el("stop", { "stop-color": from }), el("stop", { offset: 1, "stop-color": to })];
  return `url(#${canvas.define(el("linearGradient", { id: "@", ...ends }, ...stops))})`;
};

/** A fill that changes from one dye on the lit left to another on the right. */
export const fade = (canvas: Canvas, from: Dye, to: Dye): string =>
  gradient(canvas, { x2: 1, y2: 0.35 }, [from, to]);

/** A fill that changes from one dye above to another below. */
export const fadeDown = (canvas: Canvas, from: Dye, to: Dye): string =>
  gradient(canvas, { x2: 0, y2: 1 }, [from, to]);

/** The dyes of a room. */
export type Room = {
  readonly wall: Dye;
  readonly floor: Dye;
  readonly wood: Dye;
  readonly accent: Dye;
  readonly second: Dye;
};

/** Bars of late light that a window throws on the wall, with the shadow of leaves in it. */
export function windowLight(canvas: Canvas, [x, y, width, height]: Box, strength = 0.3): Markup {
  const slope = width * 0.34;
  const [columns, rows] = [2, 3];
  const [paneWidth, paneHeight] = [width / columns, height / rows];
  const bar = Math.min(paneWidth, paneHeight) * 0.1;
  const panes: string[] = [];
  for (let row = 0; row < rows; row += 1) {
    for (let column = 0; column < columns; column += 1) {
      const [left, top] = [x + column * paneWidth, y + row * paneHeight];
      const fall = (at: number): number => ((at - x) / width) * slope;
      const [right, bottom] = [left + paneWidth - bar, top + paneHeight - bar];
      panes.push(
        polyline([
          [left, top + fall(left)],
          [right, top + fall(right)],
          [right, bottom + fall(right)],
          [left, bottom + fall(left)],
        ]),
      );
    }
  }
  const d = panes.join("");
  const twig = (spot: Point, turn: number, scale: number): Markup =>
    g(
      { transform: place(spot, turn, scale) },
      ...[-62, -30, -6, 24, 58].map((lean, index) =>
        path(leafPath(190 - Math.abs(index - 2) * 22, 34), SHADE, {
          transform: `translate(${quantise(index * 34)} 0)rotate(${String(lean)})`,
        }),
      ),
    );
  const leaves = g(
    { opacity: 0.085 },
    twig([x + width * 0.1, y + height * 0.5], 28, width / 640),
    twig([x + width * 0.4, y + height * 0.98], -24, width / 560),
    twig([x + width * 0.16, y + height * 0.92], -60, width / 700),
  );
  return path(d, GLOW, { opacity: strength }) + canvas.clip(d, leaves);
}

/** Wall, skirting and floor of a room seen straight on. */
export function roomShell(
  canvas: Canvas,
  room: Room,
  { size: [width, height], floorY }: { readonly size: Point; readonly floorY: number },
): Markup {
  const boards = [0.2, 0.42, 0.68]
    .map((share) => `M0 ${quantise(floorY + 20 + (height - floorY) * share)}H${String(width)}`)
    .join("");
  return [
    rect([0, 0, width, height], fade(canvas, tint(room.wall, 0.018), tint(room.wall, -0.03))),
    rect(
      [0, floorY, width, height - floorY],
      fadeDown(canvas, tint(room.floor, -0.03), tint(room.floor, 0.015)),
    ),
    line(boards, tint(room.floor, -0.045), 5),
    rect([0, floorY - 92, width, 96], tint(room.wall, room.wall.l > 0.6 ? 0.035 : 0.06)),
    rect([0, floorY - 92, width, 9], tint(room.wall, room.wall.l > 0.6 ? 0.065 : 0.1)),
    rect([0, floorY - 4, width, 15], SHADE, { opacity: 0.13 }),
  ].join("");
}

/** A dark pool where something stands on a floor or a table. */
export const footShadow = ([x, y]: Point, width: number, strength = 0.2): Markup =>
  [1, 0.72]
    .map((share) =>
      el("ellipse", {
        cx: x + width * 0.06,
        cy: y + 4,
        rx: (width / 2) * share * 1.12,
        ry: Math.max(7, width * 0.045) * share,
        fill: SHADE,
        opacity: strength / 1.6,
      }),
    )
    .join("");
