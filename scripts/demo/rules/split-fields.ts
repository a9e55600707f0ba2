import { tint, type Dye } from "../draw/dyes.ts";
import { at, type Random } from "../draw/random.ts";
import { line, path, polyline, rect, type Markup, type Point } from "../draw/svg.ts";
import type { PaintJob, Rule } from "./rule.ts";

/** Cuts a convex polygon by the line through `point` with direction `angle`. */
function cut(polygon: readonly Point[], [px, py]: Point, angle: number): [Point[], Point[]] {
  const [nx, ny] = [-Math.sin(angle), Math.cos(angle)];
  const side = ([x, y]: Point): number => (x - px) * nx + (y - py) * ny;
  const [left, right]: [Point[], Point[]] = [[], []];
  polygon.forEach((from, index) => {
    const to = at(polygon, index + 1);
    const [a, b] = [side(from), side(to)];
    (a >= 0 ? left : right).push(from);
    if (a >= 0 === b >= 0) return;
    const share = a / (a - b);
    const crossing: Point = [from[0] + (to[0] - from[0]) * share, from[1] + (to[1] - from[1]) * share];
    left.push(crossing);
    right.push(crossing);
  });
  return [left, right];
}

const area = (polygon: readonly Point[]): number =>
  Math.abs(
    polygon.reduce(
      (sum, [x, y], index) => sum + x * at(polygon, index + 1)[1] - at(polygon, index + 1)[0] * y,
      0,
    ),
  ) / 2;
const centre = (polygon: readonly Point[]): Point => [
  polygon.reduce((sum, [x]) => sum + x, 0) / polygon.length,
  polygon.reduce((sum, [, y]) => sum + y, 0) / polygon.length,
];

function split(polygon: readonly Point[], random: Random, limit: number): Point[][] {
  if (area(polygon) < limit * random.between(0.7, 2.2)) return [[...polygon]];
  const longest = polygon
    .map((from, index) => ({ from, to: at(polygon, index + 1) }))
    .reduce((best, side) => (length(side) > length(best) ? side : best));
  const angle =
    Math.atan2(longest.to[1] - longest.from[1], longest.to[0] - longest.from[0]) +
    Math.PI / 2 +
    random.between(-0.16, 0.16);
  const [cx, cy] = centre(polygon);
  const [left, right] = cut(
    polygon,
    [cx + random.between(-0.1, 0.1) * length(longest), cy + random.between(-0.1, 0.1) * length(longest)],
    angle,
  );
  return [...split(left, random, limit), ...split(right, random, limit)];
}
const length = ({ from, to }: { from: Point; to: Point }): number =>
  Math.hypot(to[0] - from[0], to[1] - from[1]);

const shrink = (polygon: readonly Point[], share: number): Point[] => {
  const [cx, cy] = centre(polygon);
  return polygon.map(([x, y]) => [cx + (x - cx) * share, cy + (y - cy) * share]);
};

function furrows(polygon: readonly Point[], angle: number, spacing: number): string {
  const [cx, cy] = centre(polygon);
  const [nx, ny] = [-Math.sin(angle), Math.cos(angle)];
  const reach = polygon.map(([x, y]) => (x - cx) * nx + (y - cy) * ny);
  let d = "";
  for (
    let offset = Math.min(...reach) + spacing;
    offset < Math.max(...reach) - spacing * 0.6;
    offset += spacing
  ) {
    const [near] = cut(polygon, [cx + nx * offset, cy + ny * offset], angle);
    const ends = near.filter(
      (point) => Math.abs((point[0] - cx) * nx + (point[1] - cy) * ny - offset) < 0.01,
    );
    const [first, last] = [ends[0], ends.at(-1)];
    if (first !== undefined && last !== undefined && ends.length > 1) d += polyline([first, last], false);
  }
  return d;
}

function paintSplit({ width, height, palette, random, motif }: PaintJob): Markup {
  const whole: Point[] = [
    [-6, -6],
    [width + 6, -6],
    [width + 6, height + 6],
    [-6, height + 6],
  ];
  const parts = [rect([0, 0, width, height], palette.ground)];
  let last: Dye = palette.ground;
  for (const field of split(whole, random, motif * motif)) {
    const ink = random.pick(palette.inks.filter((candidate) => candidate !== last));
    last = ink;
    parts.push(
      path(polyline(field), ink, {
        stroke: palette.ground,
        "stroke-width": motif * 0.05,
        "stroke-linejoin": "round",
      }),
    );
    if (random.chance(0.3)) continue;
    const side = field
      .map((from, index) => ({ from, to: at(field, index + 1) }))
      .reduce((best, candidate) => (length(candidate) > length(best) ? candidate : best));
    const angle = Math.atan2(side.to[1] - side.from[1], side.to[0] - side.from[0]);
    parts.push(
      line(
        furrows(shrink(field, 0.93), angle, motif * random.pick([0.09, 0.13, 0.18])),
        tint(ink, ink.l > 0.6 ? -0.11 : 0.12),
        motif * 0.028,
      ),
    );
  }
  return parts.join("");
}

export const SPLIT_FIELDS: Rule = {
  number: 36,
  name: "Split fields",
  phrase: "fields split again and again, some with furrows",
  paint: paintSplit,
};
