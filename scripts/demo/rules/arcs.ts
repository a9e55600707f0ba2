import { blend, tint } from "../draw/dyes.ts";
import { at } from "../draw/random.ts";
import {
  circle,
  g,
  line,
  path,
  quantise,
  rect,
  smoothLine,
  use,
  type Markup,
  type Point,
} from "../draw/svg.ts";
import type { PaintJob, Rule } from "./rule.ts";

/** The four sides of a cell: 0 top, 1 right, 2 bottom, 3 left. A turned tile joins them in one of two ways. */
const JOINS = [
  [3, 2, 1, 0],
  [1, 0, 3, 2],
] as const;
const OPPOSITE = [2, 3, 0, 1] as const;
const STEP = [
  [0, -1],
  [1, 0],
  [0, 1],
  [-1, 0],
] as const;
const MIDDLE = [
  [0.5, 0],
  [1, 0.5],
  [0.5, 1],
  [0, 0.5],
] as const;

type Walk = { readonly d: string; readonly length: number };

function walkFrom(
  [column, row]: Point,
  side: number,
  { tiles, seen, size }: { tiles: readonly (readonly number[])[]; seen: Set<string>; size: number },
): Walk {
  const point = (x: number, y: number, edge: number): Point => [
    (x + at(MIDDLE, edge)[0]) * size,
    (y + at(MIDDLE, edge)[1]) * size,
  ];
  let [x, y, enter] = [column, row, side];
  const start = point(x, y, enter);
  let d = `M${quantise(start[0])} ${quantise(start[1])}`;
  let length = 0;
  for (;;) {
    const kind = tiles[y]?.[x];
    if (kind === undefined || seen.has(`${String(x)},${String(y)},${String(enter)}`)) return { d, length };
    const leave = at(at(JOINS, kind), enter);
    seen.add(`${String(x)},${String(y)},${String(enter)}`).add(`${String(x)},${String(y)},${String(leave)}`);
    const [from, to] = [point(x, y, enter), point(x, y, leave)];
    const sweep =
      (enter === 3 && leave === 0) ||
      (enter === 0 && leave === 1) ||
      (enter === 1 && leave === 2) ||
      (enter === 2 && leave === 3)
        ? 0
        : 1;
    const r = quantise(size / 2);
    d += `a${r} ${r} 0 0 ${String(sweep)} ${quantise(to[0] - from[0])} ${quantise(to[1] - from[1])}`;
    length += 1;
    x += at(STEP, leave)[0];
    y += at(STEP, leave)[1];
    enter = at(OPPOSITE, leave);
  }
}

function paintTruchet({ width, height, palette, random, motif }: PaintJob): Markup {
  const [columns, rows] = [Math.ceil(width / motif), Math.ceil(height / motif)];
  const tiles = Array.from({ length: rows }, () =>
    Array.from({ length: columns }, () => (random.chance(0.5) ? 0 : 1)),
  );
  const seen = new Set<string>();
  const starts: [Point, number][] = [];
  for (let column = 0; column < columns; column += 1) starts.push([[column, 0], 0], [[column, rows - 1], 2]);
  for (let row = 0; row < rows; row += 1) starts.push([[0, row], 3], [[columns - 1, row], 1]);
  for (let row = 0; row < rows; row += 1)
    for (let column = 0; column < columns; column += 1) starts.push([[column, row], 0], [[column, row], 2]);
  const byInk = palette.inks.map(() => "");
  let turn = random.whole(0, 7);
  for (const [cell, side] of starts) {
    const walk = walkFrom(cell, side, { tiles, seen, size: motif });
    if (walk.length === 0) continue;
    const ink =
      walk.length > 24 ? 0 : walk.length <= 4 ? palette.inks.length - 1 : turn % palette.inks.length;
    turn += 1;
    byInk[ink] = at(byInk, ink) + walk.d;
  }
  const strokes = byInk.flatMap((d, index) =>
    d === "" ? [] : [line(d, at(palette.inks, index), motif * 0.44), line(d, palette.ground, motif * 0.09)],
  );
  return rect([0, 0, width, height], palette.ground) + g({ "stroke-linecap": "butt" }, ...strokes);
}

function scallop(job: PaintJob, radius: number, inks: readonly number[]): string {
  const { canvas, palette } = job;
  const rings = inks.map((ink, index) =>
    circle([0, 0], radius * (1 - index / inks.length) - (index === 0 ? 0 : radius * 0.02), {
      fill: ink < 0 ? palette.ground : at(palette.inks, ink),
    }),
  );
  return canvas.define(g({ id: "@" }, ...rings));
}

function paintScallops(job: PaintJob): Markup {
  const { width, height, palette, random, motif } = job;
  const radius = motif / 2;
  const usual = scallop(job, radius, [-1, 0, -1, 0, -1, 0]);
  const others = [
    scallop(job, radius, [-1, 1, -1, 1, -1, 1]),
    scallop(job, radius, [-1, 0, 0, 0, -1, 2]),
    scallop(job, radius, [-1, 2, -1, 0, 0, 0]),
  ];
  const parts: Markup[] = [rect([0, 0, width, height], palette.ground)];
  for (let row = 0; row * radius * 0.5 < height + radius * 2; row += 1) {
    for (let x = row % 2 === 0 ? 0 : radius; x < width + radius; x += motif) {
      const id = random.chance(0.7) ? usual : random.pick(others);
      parts.push(use(id, `translate(${quantise(x)} ${quantise(row * radius * 0.5)})`));
    }
  }
  return parts.join("");
}

function ringFamily([cx, cy]: Point, [from, to]: Point, step: number): string {
  let d = "";
  for (let r = from; r < to; r += step) {
    const [radius, across] = [quantise(r), quantise(r * 2)];
    d += `M${quantise(cx - r)} ${quantise(cy)}a${radius} ${radius} 0 1 0 ${across} 0a${radius} ${radius} 0 1 0-${across} 0`;
  }
  return d;
}

function paintMoire({ width, height, palette, random, motif }: PaintJob): Markup {
  const reach = Math.hypot(width, height);
  const drift = motif * random.between(4.2, 5.4);
  const angle = random.between(0.9, 1.25);
  const first: Point = [width / 2 - Math.cos(angle) * drift, height * 0.46 - Math.sin(angle) * drift];
  const second: Point = [width / 2 + Math.cos(angle) * drift, height * 0.46 + Math.sin(angle) * drift];
  const d = ringFamily(first, [motif / 2, reach], motif) + ringFamily(second, [motif / 2, reach], motif);
  return (
    rect([0, 0, width, height], palette.ground) + path(d, at(palette.inks, 0), { "fill-rule": "evenodd" })
  );
}

function wave({ random, width }: PaintJob, base: number, swing: number): Point[] {
  const [phase, period, second] = [
    random.between(0, 6.3),
    random.between(1.1, 1.7),
    random.between(2.2, 3.4),
  ];
  return Array.from({ length: 13 }, (_, index): Point => {
    const x = (index / 12) * (width + 40) - 20;
    const turn = (x / width) * Math.PI * 2;
    return [
      x,
      base +
        Math.sin((turn * period) / 1.6 + phase) * swing +
        Math.sin(turn * second * 0.6 + phase * 2) * swing * 0.35,
    ];
  });
}

function paintTide(job: PaintJob): Markup {
  const { width, height, palette, random, motif } = job;
  const count = Math.max(6, Math.round((height * 0.72) / motif));
  const sun: Point = [width * random.between(0.34, 0.66), height * 0.265];
  const parts = [
    rect([0, 0, width, height], palette.ground),
    circle(sun, width * 0.2, { fill: at(palette.inks, -1) }),
  ];
  const sea = palette.inks.slice(0, -1);
  for (let index = 0; index < count; index += 1) {
    const share = index / (count - 1);
    const spot = share * (sea.length - 1);
    const ink = blend(
      at(sea, Math.floor(spot)),
      at(sea, Math.min(sea.length - 1, Math.floor(spot) + 1)),
      spot % 1,
    );
    const base = height * 0.285 + share ** 1.15 * height * 0.68;
    const crest = smoothLine(wave(job, base, motif * (0.35 + share * 0.75)), 0.5);
    parts.push(path(`${crest}V${quantise(height + 60)}H-20z`, index % 3 === 1 ? tint(ink, 0.035) : ink));
  }
  return parts.join("");
}

export const TRUCHET: Rule = {
  number: 8,
  name: "Turned arcs",
  phrase: "ribbons made of quarter arcs, each tile turned by chance",
  paint: paintTruchet,
};
export const SCALLOPS: Rule = {
  number: 14,
  name: "Scallops",
  phrase: "overlapping scallops of fine rings",
  paint: paintScallops,
};
export const MOIRE: Rule = {
  number: 21,
  name: "Crossing rings",
  phrase: "two sets of rings that cross and shimmer",
  paint: paintMoire,
};
export const TIDE: Rule = {
  number: 31,
  name: "Tide bands",
  phrase: "wavy bands under a round sun",
  paint: paintTide,
};
