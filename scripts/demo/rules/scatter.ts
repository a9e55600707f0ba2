import { at, type Random } from "../draw/random.ts";
import {
  circle,
  el,
  ellipse,
  g,
  line,
  path,
  place,
  polyline,
  quantise,
  rect,
  smoothLine,
  smoothLoop,
  use,
  type Markup,
  type Point,
} from "../draw/svg.ts";
import type { PaintJob, Rule } from "./rule.ts";

/** Spots no nearer to each other than `gap`, spread by throwing darts; reaches one gap beyond the edges. */
export function spread(random: Random, [width, height]: Point, gap: number): Point[] {
  const spots: Point[] = [];
  const tries = Math.round((width * height * 14) / (gap * gap));
  for (let turn = 0; turn < tries; turn += 1) {
    const spot: Point = [
      random.between(-gap * 0.4, width + gap * 0.4),
      random.between(-gap * 0.4, height + gap * 0.4),
    ];
    if (spots.every(([x, y]) => Math.hypot(x - spot[0], y - spot[1]) > gap)) spots.push(spot);
  }
  return spots;
}

/** Path data of a leaf from 0, 0 along the x axis: pointed at both ends, widest before the middle. */
export const leafPath = (length: number, width: number): string =>
  `M0 0C${quantise(length * 0.2)} ${quantise(-width)} ${quantise(length * 0.7)} ${quantise(-width * 0.8)} ${quantise(length)} 0C${quantise(length * 0.7)} ${quantise(width * 0.8)} ${quantise(length * 0.2)} ${quantise(width)} 0 0z`;

function sprig({ canvas, palette, motif }: PaintJob, pairs: number, inks: readonly [number, number]): string {
  const length = motif * 0.46;
  const parts = [
    line(
      `M${quantise(-length)} 0Q0 ${quantise(-length * 0.18)} ${quantise(length)} 0`,
      at(palette.inks, inks[0]),
      motif * 0.022,
    ),
  ];
  const leaf = path(leafPath(motif * 0.3, motif * 0.085), at(palette.inks, inks[0]));
  const pale = path(leafPath(motif * 0.3, motif * 0.085), at(palette.inks, inks[1]));
  for (let index = 0; index < pairs; index += 1) {
    const x = -length * 0.72 + (index / pairs) * length * 1.6;
    const y = -length * 0.09 * (1 - (x / length) ** 2);
    const scale = 1 - Math.abs(index - pairs * 0.35) * 0.1;
    parts.push(
      g({ transform: place([x, y], -48, scale) }, leaf),
      g({ transform: place([x, y], 44, scale) }, index % 2 === 0 ? pale : leaf),
    );
  }
  parts.push(g({ transform: place([length * 0.9, 0], 6) }, leaf));
  return canvas.define(g({ id: "@" }, ...parts));
}

function paintLeaves(job: PaintJob): Markup {
  const { width, height, palette, random, motif } = job;
  const inks = palette.inks.length - 1;
  const kinds = [sprig(job, 4, [0, 1]), sprig(job, 3, [0, 0]), sprig(job, 4, [1, Math.min(2, inks)])];
  const spots = spread(random, [width, height], motif * 0.74);
  const sprigs = spots.map((spot) =>
    use(random.pick(kinds), place(spot, random.whole(0, 71) * 5, random.between(0.78, 1))),
  );
  const berries = spread(random, [width, height], motif * 0.42)
    .filter(([x, y]) => spots.every(([sx, sy]) => Math.hypot(sx - x, sy - y) > motif * 0.4))
    .map((spot) => circle(spot, motif * 0.045, { fill: at(palette.inks, -1) }));
  return [rect([0, 0, width, height], palette.ground), ...sprigs, ...berries].join("");
}

function chip(random: Random, radius: number): Point[] {
  const corners = random.whole(4, 6);
  const lean = random.between(0, 6.3);
  return Array.from({ length: corners }, (_, index): Point => {
    const angle = lean + ((index + random.between(-0.28, 0.28)) / corners) * Math.PI * 2;
    const reach = radius * random.between(0.68, 1.1);
    return [Math.cos(angle) * reach, Math.sin(angle) * reach * 0.82];
  });
}

function paintTerrazzo({ width, height, palette, random, motif }: PaintJob): Markup {
  const byInk = palette.inks.map(() => "");
  const placed: { spot: Point; radius: number }[] = [];
  for (const [share, count] of [
    [0.5, 0.9],
    [0.3, 3],
    [0.16, 8],
    [0.08, 14],
  ] as const) {
    const tries = Math.round((count * 9 * width * height) / (motif * motif));
    for (let turn = 0; turn < tries; turn += 1) {
      const spot: Point = [
        random.between(-motif * 0.2, width + motif * 0.2),
        random.between(-motif * 0.2, height + motif * 0.2),
      ];
      const radius = motif * share * random.between(0.75, 1.1);
      if (
        placed.some(
          (other) =>
            Math.hypot(other.spot[0] - spot[0], other.spot[1] - spot[1]) < (other.radius + radius) * 0.99,
        )
      )
        continue;
      placed.push({ spot, radius });
      if (placed.length > 620) break;
      const ink = random.whole(0, palette.inks.length - 1);
      byInk[ink] =
        at(byInk, ink) + polyline(chip(random, radius).map(([x, y]): Point => [x + spot[0], y + spot[1]]));
    }
  }
  return (
    rect([0, 0, width, height], palette.ground) +
    byInk.map((d, index) => path(d, at(palette.inks, index))).join("")
  );
}

function pebbleShape(random: Random, radius: number): Point[] {
  const lean = random.between(0, 6.3);
  const [wide, tall] = [random.between(1, 1.12), random.between(0.8, 0.98)];
  return Array.from({ length: 7 }, (_, index): Point => {
    const angle = (index / 7) * Math.PI * 2;
    const reach = radius * random.between(0.98, 1.14);
    const [x, y] = [Math.cos(angle) * reach * wide, Math.sin(angle) * reach * tall];
    return [x * Math.cos(lean) - y * Math.sin(lean), x * Math.sin(lean) + y * Math.cos(lean)];
  });
}

function paintPebbles({ canvas, width, height, palette, random, motif }: PaintJob): Markup {
  const stones: { spot: Point; radius: number }[] = [];
  for (const share of [0.62, 0.46, 0.34, 0.24, 0.15]) {
    for (let turn = 0; turn < (900 * 0.3) / share && stones.length < 190; turn += 1) {
      const spot: Point = [random.between(0, width), random.between(0, height)];
      const radius = motif * share;
      if (
        stones.every(
          (other) =>
            Math.hypot(other.spot[0] - spot[0], other.spot[1] - spot[1]) > (other.radius + radius) * 1.06,
        )
      )
        stones.push({ spot, radius });
    }
  }
  const drawn = stones.map(({ spot, radius }) => {
    const d = smoothLoop(pebbleShape(random, radius));
    const ink = random.pick(palette.inks);
    const shape = path(d, ink, { transform: place(spot) });
    if (radius < motif * 0.3 || random.chance(0.66)) return shape;
    const turn = random.whole(0, 35) * 5;
    const vein = g(
      { transform: `rotate(${String(turn)})` },
      ...[-0.3, 0.05].map((y) =>
        rect([-radius * 1.3, radius * y, radius * 2.6, radius * 0.17], palette.ground, { opacity: 0.85 }),
      ),
    );
    return shape + g({ transform: place(spot) }, canvas.clip(d, vein));
  });
  return rect([0, 0, width, height], palette.ground) + drawn.join("");
}

function brush({ canvas, palette, random, motif }: PaintJob): string {
  const [length, width] = [motif * random.between(0.86, 1), motif * random.between(0.24, 0.32)];
  const edge = (side: number): Point[] =>
    Array.from({ length: 6 }, (_, index): Point => {
      const share = index / 5;
      const belly = Math.sin(Math.PI * (0.16 + share * 0.72)) ** 0.7;
      return [(share - 0.5) * length, side * (width / 2) * belly * random.between(0.88, 1.08)];
    });
  const body = smoothLoop([...edge(-1), ...edge(1).reverse()], 0.1);
  const hairs = [-0.2, 0.16].map((y) => {
    const from = random.between(-0.1, 0.15);
    const points: Point[] = [
      [length * from, width * y],
      [length * (from + 0.16), width * y * 1.15],
      [length * (from + 0.3), width * y * 0.9],
    ];
    return smoothLine(points, 0.1);
  });
  const scratches = line(hairs.join(""), palette.ground, { width: width * 0.045, "stroke-linecap": "round" });
  return canvas.define(g({ id: "@" }, el("path", { d: body }), scratches));
}

function paintBrush(job: PaintJob): Markup {
  const { width, height, palette, random, motif } = job;
  const kinds = Array.from({ length: 5 }, () => brush(job));
  const lean = random.pick([-62, -56, 58, 64]);
  const parts: Markup[] = [rect([0, 0, width, height], palette.ground)];
  const [stepX, stepY] = [motif * 0.46, motif * 1.02];
  for (let row = 0; row * stepY < height + stepY; row += 1) {
    for (let column = -1; column * stepX < width + stepX; column += 1) {
      if (random.chance(0.05)) continue;
      const run = Math.sin(column * 0.5 + row * 1.9) + Math.sin(row * 0.8 + column * 0.13);
      const ink = random.chance(0.07)
        ? palette.inks.length - 1
        : run > 0.5
          ? 1
          : run < -0.7
            ? Math.min(2, palette.inks.length - 1)
            : 0;
      const spot: Point = [
        column * stepX + (row % 2) * stepX * 0.5 + random.between(-1, 1) * motif * 0.03,
        row * stepY + random.between(-1, 1) * motif * 0.05,
      ];
      parts.push(
        use(random.pick(kinds), place(spot, lean + random.between(-5, 5), random.between(0.92, 1.06)), {
          fill: at(palette.inks, ink),
        }),
      );
    }
  }
  return parts.join("");
}

function paintSeedhead({ canvas, width, height, palette, random, motif }: PaintJob): Markup {
  const petal = canvas.define(ellipse([0, 0], [motif * 0.62, motif * 0.34], { id: "@" }));
  const middle: Point = [width / 2, height * 0.48];
  const reach = Math.min(width, height) * 0.46;
  const count = 300;
  const twist = random.between(0, 360);
  const parts = [rect([0, 0, width, height], palette.ground)];
  for (let index = count; index > 1; index -= 1) {
    const [share, angle] = [Math.sqrt(index / count), index * 137.508 + twist];
    const radians = (angle * Math.PI) / 180;
    const spot: Point = [
      middle[0] + Math.cos(radians) * share * reach,
      middle[1] + Math.sin(radians) * share * reach,
    ];
    const ink = share > 0.86 ? (index % 5 === 0 ? 2 : 1) : index % 13 < 4 ? 1 : index % 8 === 0 ? 3 : 0;
    parts.push(use(petal, place(spot, angle % 360, 0.5 + share * 0.8), { fill: at(palette.inks, ink) }));
  }
  return parts.join("");
}

export const LEAVES: Rule = {
  number: 19,
  name: "Leaf scatter",
  phrase: "scattered leaf sprigs and small berries",
  paint: paintLeaves,
};
export const TERRAZZO: Rule = {
  number: 5,
  name: "Terrazzo",
  phrase: "stone chips of four sizes, thrown so that none touch",
  paint: paintTerrazzo,
};
export const PEBBLES: Rule = {
  number: 34,
  name: "Pebbles",
  phrase: "packed pebbles, some with a vein",
  paint: paintPebbles,
};
export const BRUSH: Rule = {
  number: 26,
  name: "Brush marks",
  phrase: "short slanting brush marks in rows",
  paint: paintBrush,
};
export const SEEDHEAD: Rule = {
  number: 38,
  name: "Seed head",
  phrase: "petals set at the golden angle, like a seed head",
  paint: paintSeedhead,
};
