import { blend, tint } from "../draw/dyes.ts";
import { at, type Random } from "../draw/random.ts";
import { line, path, rect, smoothLine, smoothLoop, type Markup, type Point } from "../draw/svg.ts";
import type { PaintJob, Rule } from "./rule.ts";

type Height = (x: number, y: number) => number;

/** Rolling ground: a handful of waves in every direction. Values about −1 to 1. */
function createHills(random: Random, wavelength: number): Height {
  const waves = Array.from({ length: 7 }, () => {
    const [angle, length] = [random.between(0, Math.PI * 2), wavelength * random.between(0.75, 2.1)];
    return {
      x: (Math.cos(angle) * 2 * Math.PI) / length,
      y: (Math.sin(angle) * 2 * Math.PI) / length,
      phase: random.between(0, 6.3),
      size: length / wavelength,
    };
  });
  const total = waves.reduce((sum, { size }) => sum + size, 0);
  return (x, y) =>
    (waves.reduce((sum, wave) => sum + wave.size * Math.sin(wave.x * x + wave.y * y + wave.phase), 0) /
      total) *
    1.7;
}

/** Which sides of a cell a line crosses, by its corners above the level (bit 1 top left, then clockwise). Sides: 0 top … 3 left. */
const CROSSINGS: readonly (readonly number[])[] = [
  [],
  [3, 0],
  [0, 1],
  [3, 1],
  [1, 2],
  [3, 2, 1, 0],
  [0, 2],
  [3, 2],
  [2, 3],
  [2, 0],
  [0, 3, 2, 1],
  [2, 1],
  [1, 3],
  [1, 0],
  [0, 3],
  [],
];

/** Closed lines of equal height, by marching squares over a grid whose border lies below every level. */
function traceLevel(values: readonly (readonly number[])[], level: number): Point[][] {
  const links = new Map<string, { point: Point; to: string }>();
  const value = (x: number, y: number): number => values[y]?.[x] ?? -9;
  const cross = (x: number, y: number, side: number): { key: string; point: Point } => {
    const [ax, ay] = side === 1 ? [x + 1, y] : side === 2 ? [x, y + 1] : [x, y];
    const isAcross = side === 0 || side === 2;
    const [a, b] = [value(ax, ay), value(ax + (isAcross ? 1 : 0), ay + (isAcross ? 0 : 1))];
    const share = (level - a) / (b - a);
    return {
      key: `${String(ax)},${String(ay)},${isAcross ? "h" : "v"}`,
      point: isAcross ? [ax + share, ay] : [ax, ay + share],
    };
  };
  const rows = values.length;
  const columns = values[0]?.length ?? 0;
  for (let y = 0; y < rows - 1; y += 1) {
    for (let x = 0; x < columns - 1; x += 1) {
      const corners = [value(x, y), value(x + 1, y), value(x + 1, y + 1), value(x, y + 1)];
      const code = corners.reduce((sum, corner, bit) => sum + (corner > level ? 1 << bit : 0), 0);
      const sides = at(CROSSINGS, code);
      for (let index = 0; index < sides.length; index += 2) {
        const [from, to] = [cross(x, y, at(sides, index)), cross(x, y, at(sides, index + 1))];
        links.set(from.key, { point: from.point, to: to.key });
      }
    }
  }
  return collectLoops(links);
}

function collectLoops(links: Map<string, { point: Point; to: string }>): Point[][] {
  const loops: Point[][] = [];
  for (const first of [...links.keys()]) {
    const loop: Point[] = [];
    for (let key = first, link = links.get(key); link !== undefined; key = link.to, link = links.get(key)) {
      loop.push(link.point);
      links.delete(key);
    }
    if (loop.length > 5) loops.push(loop);
  }
  return loops;
}

function paintContours({ width, height, palette, random, motif }: PaintJob): Markup {
  const hills = createHills(random, motif);
  const step = motif / 13;
  const [columns, rows] = [Math.ceil(width / step) + 5, Math.ceil(height / step) + 5];
  const values = Array.from({ length: rows }, (_, y) =>
    Array.from({ length: columns }, (_, x) =>
      x === 0 || y === 0 || x === columns - 1 || y === rows - 1 ? -9 : hills(x * step, y * step),
    ),
  );
  const levels = 9;
  const parts = [rect([0, 0, width, height], palette.ground)];
  for (let index = 0; index < levels; index += 1) {
    const level = -0.8 + (index / (levels - 1)) * 1.5;
    const spot = (index / (levels - 1)) * (palette.inks.length - 1);
    const ink = blend(
      at(palette.inks, Math.floor(spot)),
      at(palette.inks, Math.min(palette.inks.length - 1, Math.ceil(spot))),
      spot % 1,
    );
    const loops = traceLevel(values, level).map((loop) =>
      smoothLoop(
        loop
          .filter((_, spotIndex) => spotIndex % 2 === 0)
          .map(([x, y]): Point => [(x - 2) * step, (y - 2) * step]),
      ),
    );
    parts.push(
      path(loops.join(""), ink, {
        stroke: tint(ink, ink.l > 0.55 ? -0.09 : 0.1),
        "stroke-width": motif / 110,
        "fill-rule": "evenodd",
      }),
    );
  }
  return parts.join("");
}

function streamline(
  start: Point,
  {
    hills,
    bounds,
    taken,
    gap,
    motif,
  }: { hills: Height; bounds: Point; taken: Point[]; gap: number; motif: number },
): Point[] {
  const points: Point[] = [];
  let [x, y] = start;
  const isFree = (): boolean =>
    taken.every(
      ([tx, ty]) => Math.abs(tx - x) > gap || Math.abs(ty - y) > gap || Math.hypot(tx - x, ty - y) > gap,
    );
  while (
    x > -gap &&
    y > -gap &&
    x < bounds[0] + gap &&
    y < bounds[1] + gap &&
    points.length < 46 &&
    isFree()
  ) {
    points.push([x, y]);
    const angle = hills(x, y) * 2.1 - 0.5;
    x += Math.cos(angle) * motif;
    y += Math.sin(angle) * motif;
  }
  return points;
}

function paintFlow({ width, height, palette, random, motif }: PaintJob): Markup {
  const hills = createHills(random, Math.max(width, height) * 0.72);
  const gap = motif * 0.8;
  const taken: Point[] = [];
  const byInk = palette.inks.map(() => ["", ""] as [string, string]);
  const spots: Point[] = [];
  for (let y = 0; y < height; y += gap)
    for (let x = 0; x < width; x += gap) spots.push([x + random.between(0, gap), y + random.between(0, gap)]);
  for (const start of random.shuffle(spots)) {
    const points = streamline(start, {
      hills,
      bounds: [width, height],
      taken,
      gap: gap * 0.98,
      motif: motif * 0.75,
    });
    if (points.length < 4) continue;
    taken.push(...points);
    const weight = random.chance(0.35) ? 0 : 1;
    const ink = Math.min(palette.inks.length - 1, Math.floor(random.next() ** 1.4 * palette.inks.length));
    const slot = at(byInk, ink);
    slot[weight] += smoothLine(points.filter((_, index) => index % 2 === 0 || index === points.length - 1));
  }
  const strokes = byInk.flatMap(([thin, thick], index) => [
    thin === ""
      ? ""
      : line(thin, at(palette.inks, index), { width: motif * 0.24, "stroke-linecap": "round" }),
    thick === ""
      ? ""
      : line(thick, at(palette.inks, index), { width: motif * 0.48, "stroke-linecap": "round" }),
  ]);
  return rect([0, 0, width, height], palette.ground) + strokes.join("");
}

export const CONTOURS: Rule = {
  number: 7,
  name: "Contour lines",
  phrase: "contour lines on rolling ground",
  paint: paintContours,
};
export const FLOW: Rule = {
  number: 33,
  name: "Flow lines",
  phrase: "long strokes that follow one current",
  paint: paintFlow,
};
