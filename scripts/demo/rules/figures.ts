import { at, type Random } from "../draw/random.ts";
import {
  circle,
  el,
  g,
  line,
  path,
  place,
  polyline,
  quantise,
  rect,
  smoothLine,
  use,
  type Canvas,
  type Markup,
  type Point,
} from "../draw/svg.ts";
import { leafPath } from "./scatter.ts";
import type { PaintJob, Rule } from "./rule.ts";

function starPoints(points: number, [outer, inner]: Point, lean = 0): Point[] {
  return Array.from({ length: points * 2 }, (_, index): Point => {
    const angle = ((index / (points * 2)) * 2 + lean) * Math.PI;
    const reach = index % 2 === 0 ? outer : inner;
    return [Math.cos(angle) * reach, Math.sin(angle) * reach];
  });
}

const plain = (d: string): Markup => el("path", { d });

function paintStars({ canvas, width, height, palette, random, motif }: PaintJob): Markup {
  const half = motif / 2;
  const star = canvas.define(g({ id: "@" }, plain(polyline(starPoints(8, [half, half * 0.765]), true, 0.1))));
  const inner = canvas.define(
    g({ id: "@" }, plain(polyline(starPoints(8, [half * 0.7, half * 0.42]), true, 0.1))),
  );
  const rose = canvas.define(
    g({ id: "@" }, plain(polyline(starPoints(8, [half * 0.34, half * 0.26], 1 / 8), true, 0.1))),
  );
  const cross = canvas.define(
    g({ id: "@" }, plain(polyline(starPoints(4, [half * 0.42, half * 0.17]), true, 0.1))),
  );
  const parts: Markup[] = [rect([0, 0, width, height], palette.ground)];
  const inks = palette.inks;
  for (let row = 0; row * motif <= height + motif; row += 1) {
    for (let column = 0; column * motif <= width + motif; column += 1) {
      const spot = `translate(${quantise(column * motif)} ${quantise(row * motif)})`;
      const main = (row + column) % 2 === 0 ? 0 : 1;
      const isOdd = random.chance(0.16);
      parts.push(
        use(star, spot, { fill: at(inks, isOdd ? 2 : main) }),
        use(inner, spot, { fill: palette.ground }),
        use(rose, spot, { fill: at(inks, isOdd ? 0 : main === 0 ? 2 : inks.length - 1) }),
        use(cross, `translate(${quantise((column + 0.5) * motif)} ${quantise((row + 0.5) * motif)})`, {
          fill: at(inks, main === 0 ? 1 : 0),
        }),
      );
    }
  }
  return parts.join("");
}

type Twig = { readonly from: Point; readonly angle: number; readonly length: number; readonly depth: number };
type Plant = { readonly stems: string[]; readonly leaves: Markup[]; readonly buds: Markup[] };

function grow(
  twig: Twig,
  plant: Plant,
  tools: { readonly random: Random; readonly leaf: string; readonly bud: string; readonly unit: number },
): void {
  const { from, angle, length, depth } = twig;
  const { random, unit } = tools;
  const bend = random.between(-0.16, 0.16);
  const middle: Point = [
    from[0] + Math.cos(angle + bend) * length * 0.5,
    from[1] + Math.sin(angle + bend) * length * 0.5,
  ];
  const to: Point = [from[0] + Math.cos(angle) * length, from[1] + Math.sin(angle) * length];
  plant.stems[depth] = (plant.stems[depth] ?? "") + smoothLine([from, middle, to]);
  if (depth >= 2) {
    const side = random.chance(0.5) ? 1 : -1;
    plant.leaves.push(
      use(tools.leaf, place(middle, (angle * 180) / Math.PI + side * 52, random.between(0.65, 0.95))),
    );
    plant.leaves.push(
      use(tools.leaf, place(to, (angle * 180) / Math.PI - side * 48, random.between(0.65, 0.95))),
    );
  }
  if (depth >= 5 || length < unit * 0.34) {
    plant.buds.push(use(tools.bud, place(to, 0, random.between(0.7, 1.2))));
    return;
  }
  const spread = 0.3 + random.between(0, 0.16);
  // Each fork turns a little towards the light, which keeps the crown upright.
  const up = (turn: number): number => turn + (-Math.PI / 2 - turn) * 0.2;
  grow(
    { from: to, angle: up(angle - spread), length: length * random.between(0.7, 0.86), depth: depth + 1 },
    plant,
    tools,
  );
  grow(
    { from: to, angle: up(angle + spread), length: length * random.between(0.7, 0.86), depth: depth + 1 },
    plant,
    tools,
  );
}

/** One plant that grows from `foot` upwards; `unit` is the length of its first stem. */
export function growPlant(
  canvas: Canvas,
  {
    inks,
    random,
    foot,
    unit,
  }: { inks: PaintJob["palette"]["inks"]; random: Random; foot: Point; unit: number },
): Markup {
  const leaf = canvas.define(path(leafPath(unit * 0.36, unit * 0.1), at(inks, 1), { id: "@" }));
  const bud = canvas.define(circle([0, 0], unit * 0.075, { fill: at(inks, 2), id: "@" }));
  const plant: Plant = { stems: [], leaves: [], buds: [] };
  grow({ from: foot, angle: -Math.PI / 2 + random.between(-0.06, 0.06), length: unit, depth: 0 }, plant, {
    random,
    leaf,
    bud,
    unit,
  });
  const stems = plant.stems.map((d, depth) =>
    line(d, at(inks, 0), { width: unit * 0.085 * 0.72 ** depth, "stroke-linecap": "round" }),
  );
  return [...stems, ...plant.leaves, ...plant.buds].join("");
}

/** From this size of motif on, one plant fills the piece instead of rows of small ones. */
export const SINGLE_PLANT_MM = 250;

function paintGrowth({ canvas, width, height, palette, random, motif }: PaintJob): Markup {
  const parts: Markup[] = [rect([0, 0, width, height], palette.ground)];
  if (motif >= SINGLE_PLANT_MM) {
    return (
      parts.join("") +
      growPlant(canvas, {
        inks: palette.inks,
        random,
        foot: [width / 2, height * 0.985],
        unit: height * 0.238,
      })
    );
  }
  const kinds = Array.from({ length: 3 }, () =>
    canvas.define(g({ id: "@" }, growSmall(canvas, { palette, random, motif }))),
  );
  for (let row = 0; row * motif * 0.9 < height + motif * 2; row += 1) {
    for (let x = row % 2 === 0 ? 0 : motif * 0.42; x < width + motif; x += motif * 0.84) {
      parts.push(use(random.pick(kinds), place([x, row * motif * 0.9], random.between(-5, 5))));
    }
  }
  return parts.join("");
}

function growSmall(
  canvas: Canvas,
  { palette, random, motif }: Pick<PaintJob, "palette" | "random" | "motif">,
): Markup {
  const leaf = canvas.define(path(leafPath(motif * 0.2, motif * 0.055), at(palette.inks, 1), { id: "@" }));
  const parts: Markup[] = [];
  const stem: Point[] = [
    [0, 0],
    [random.between(-0.05, 0.05) * motif, -motif * 0.4],
    [0, -motif * 0.74],
  ];
  parts.push(
    line(smoothLine(stem), at(palette.inks, 0), { width: motif * 0.026, "stroke-linecap": "round" }),
  );
  for (let pair = 0; pair < 4; pair += 1) {
    const y = -motif * (0.16 + pair * 0.15);
    const scale = 1 - pair * 0.14;
    parts.push(use(leaf, place([0, y], -38, scale)), use(leaf, place([0, y + motif * 0.03], -142, scale)));
  }
  parts.push(circle([0, -motif * 0.77], motif * 0.05, { fill: at(palette.inks, 2) }));
  return parts.join("");
}

export const STARS: Rule = {
  number: 17,
  name: "Star lattice",
  phrase: "eight-pointed stars with crosses between them",
  paint: paintStars,
};
export const GROWTH: Rule = {
  number: 28,
  name: "Branch growth",
  phrase: "stems that fork again and again, with leaves and buds",
  paint: paintGrowth,
};
