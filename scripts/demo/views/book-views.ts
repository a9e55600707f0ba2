import { DYES, tint, type Dye } from "../draw/dyes.ts";
import { g, line, path, quantise, rect, type Markup, type Point } from "../draw/svg.ts";
import { castShadow, SHADE } from "../rooms/light.ts";
import { closedBook, pencil, type NotebookScene } from "../rooms/notebook-rooms.ts";
import { finish, groundOf, type Ground } from "./close-ups.ts";

/** The cover straight on. */
export function flatBook(at: Ground, scene: NotebookScene): string {
  const scale = Math.min(700 / scene.size[0], 960 / scene.size[1]);
  const [x, y] = [(1000 - scene.size[0] * scale) / 2, (1250 - scene.size[1] * scale) / 2];
  return finish(
    at.canvas,
    [1000, 1250],
    [
      groundOf(at, [1000, 1250]),
      g(
        { transform: `translate(${quantise(x)} ${quantise(y)}) scale(${scale.toFixed(3)})` },
        closedBook(scene),
      ),
    ],
  );
}

/** A spread open at a dotted, a lined and a plain page, with a pencil in the fold. */
export function openBook(at: Ground, { size: [width, height], cloth, room }: NotebookScene): string {
  const view: Point = [width * 2.36, width * 2.95];
  const top = (view[1] - height) / 2;
  const left = (view[0] - width * 2) / 2;
  let [rules, dots] = ["", ""];
  for (let y = 18; y < height - 10; y += 7) {
    rules += `M9 ${String(y)}H${String(width - 7)}`;
    for (let x = 9; x < width - 5; x += 5) dots += `M${String(x)} ${String(y)}h.01`;
  }
  const cover = `M-4 -4H${String(width * 2 + 4)}V${String(height + 4)}H-4z`;
  const page = (x: number, shade: Dye): Markup => rect([x, 0, width + 0.5, height], shade, { rx: 2 });
  return finish(at.canvas, view, [
    groundOf(at, view),
    g(
      { transform: `translate(${quantise(left)} ${quantise(top)})` },
      castShadow(cover, [7, 9], 0.28),
      path(cover, cloth),
      path(`M1 2H${String(width * 2 - 1)}V${String(height + 1.6)}H1z`, tint(DYES.bone, -0.07)),
      page(0, tint(DYES.chalk, -0.01)),
      page(width, DYES.chalk),
      line(rules, tint(DYES.sky, -0.02), 0.4),
      g(
        { transform: `translate(${String(width)} 0)` },
        line(dots, DYES.slate, { width: 0.9, "stroke-linecap": "round", opacity: 0.6 }),
      ),
      path(`M${String(width - 16)} 0H${String(width)}V${String(height)}H${String(width - 16)}z`, SHADE, {
        opacity: 0.06,
      }),
      path(`M${String(width - 5)} 0H${String(width + 7)}V${String(height)}H${String(width - 5)}z`, SHADE, {
        opacity: 0.09,
      }),
      g(
        { transform: `translate(${quantise(width + 18)} ${quantise(height * 0.86)}) rotate(-64) scale(.5)` },
        pencil(room.accent),
      ),
    ),
  ]);
}

/** Three books lying on each other, seen from the spine, and the cover of one behind them. */
export function spines(at: Ground, scene: NotebookScene, thick: number): string {
  const view: Point = [280, 350];
  const long = scene.size[1];
  const left = (view[0] - long) / 2;
  const book = (index: number): Markup => {
    const y = 268 - (index + 1) * (thick + 0.6);
    const x = left + (index === 1 ? 4 : index === 2 ? -3 : 0);
    return [
      rect([x, y, long, thick], scene.cloth, { rx: 2.5 }),
      rect([x, y, long, 1.6], tint(scene.cloth, 0.08), { rx: 1 }),
      rect([x, y + thick * 0.72, long, thick * 0.28], SHADE, { opacity: 0.18, rx: 2 }),
      rect([x + 14, y, 2, thick], tint(scene.cloth, 0.1)),
      rect([x + long - 16, y, 2, thick], tint(scene.cloth, 0.1)),
      rect([x, y + thick, long, 0.8], SHADE, { opacity: 0.5 }),
    ].join("");
  };
  return finish(at.canvas, view, [
    groundOf(at, view),
    g(
      {
        transform: `translate(${quantise(view[0] / 2 - scene.size[0] / 2)} ${quantise(268 - long - 30)}) rotate(-2)`,
      },
      closedBook(scene),
    ),
    rect([0, 268, 280, 90], tint(at.ground, -0.09, 0.8)),
    castShadow(
      `M${quantise(left)} ${quantise(268 - thick * 3)}h${String(long)}V268h${String(-long)}z`,
      [12, 3],
      0.2,
    ),
    ...[0, 1, 2].map(book),
  ]);
}
