import { at } from "../draw/random.ts";
import { circle, el, g, path, quantise, rect, use, type Markup } from "../draw/svg.ts";
import { OVERLAP, type PaintJob, type Rule } from "./rule.ts";

/** A quarter disc whose straight sides reach a hair over its cell, so that no line of ground shows there. */
const quarter = (r: number): string =>
  `M${quantise(-OVERLAP)} ${quantise(-OVERLAP)}H${quantise(r)}V0A${quantise(r)} ${quantise(r)} 0 0 1 0 ${quantise(r)}H${quantise(-OVERLAP)}z`;

/** A shape without its own fill: the place that uses it says which ink. */
const bare = (d: string): Markup => el("path", { id: "@", d });

function paintQuarters({ canvas, width, height, palette, random, motif }: PaintJob): Markup {
  const disc = canvas.define(bare(quarter(motif)));
  const small = canvas.define(bare(quarter(motif / 2)));
  const [main, second] = [at(palette.inks, 0), at(palette.inks, 1)];
  const grounds: Markup[] = [rect([0, 0, width, height], palette.ground)];
  const discs: Markup[] = [];
  const smalls: Markup[] = [];
  for (let row = 0; row * motif < height; row += 1) {
    for (let column = 0; column * motif < width; column += 1) {
      const turn = String(random.whole(0, 3) * 90);
      const half = quantise(motif / 2);
      const spot = `translate(${quantise(column * motif)} ${quantise(row * motif)})rotate(${turn} ${half} ${half})`;
      const roll = random.next();
      const isFilled = roll >= 0.07 && roll < 0.34;
      const ink = random.chance(0.68) ? main : at(palette.inks, random.whole(1, palette.inks.length - 1));
      const other = ink === main ? second : main;
      grounds.push(
        rect(
          [column * motif, row * motif, motif + OVERLAP, motif + OVERLAP],
          isFilled ? ink : palette.ground,
        ),
      );
      if (roll < 0.07) continue;
      discs.push(use(disc, spot, { fill: isFilled ? (random.chance(0.5) ? palette.ground : other) : ink }));
      const fill = isFilled ? ink : random.chance(0.5) ? palette.ground : other;
      if (random.chance(0.3)) smalls.push(use(small, spot, { fill }));
    }
  }
  return [...grounds, ...discs, ...smalls].join("");
}

function paintPetals({ canvas, width, height, palette, random, motif }: PaintJob): Markup {
  const half = motif / 2;
  const r = quantise(half);
  const petal = `M0 0A${r} ${r} 0 0 1 ${r} ${r}A${r} ${r} 0 0 1 0 0z`;
  const petals = [0, 90, 180, 270].map((turn) =>
    el("path", { d: petal, transform: `rotate(${String(turn)})` }),
  );
  const flower = canvas.define(g({ id: "@" }, ...petals));
  const eye = canvas.define(circle([0, 0], motif * 0.075, { id: "@" }));
  const parts: Markup[] = [rect([0, 0, width, height], palette.ground)];
  for (let row = 0; row * motif <= height + motif; row += 1) {
    for (let column = 0; column * motif <= width + motif; column += 1) {
      const ink = random.chance(0.8) ? at(palette.inks, (row + column) % 2) : random.pick(palette.inks);
      const spot = `translate(${String(column * motif)} ${String(row * motif)})`;
      parts.push(
        use(flower, spot, { fill: ink }),
        use(eye, `translate(${String(column * motif + half)} ${String(row * motif)})`, {
          fill: at(palette.inks, -1),
        }),
      );
    }
  }
  return parts.join("");
}

function paintTriangles({ width, height, palette, random, motif }: PaintJob): Markup {
  const parts: Markup[] = [rect([0, 0, width, height], palette.ground)];
  const size = motif + OVERLAP;
  const corners = [`h${String(size)}l-${String(size)} ${String(size)}z`, `h${String(size)}v${String(size)}z`];
  const byInk = palette.inks.map(() => "");
  for (let row = 0; row * motif < height; row += 1) {
    for (let column = 0; column * motif < width; column += 1) {
      if (random.chance(0.04)) continue;
      const ink = Math.min(palette.inks.length - 1, Math.floor(random.next() ** 1.5 * palette.inks.length));
      const isEven = (Math.floor(row / 2) + Math.floor(column / 2)) % 2 === 0;
      byInk[ink] =
        `${at(byInk, ink)}M${String(column * motif)} ${String(row * motif)}${at(corners, isEven ? 0 : 1)}`;
    }
  }
  return (
    parts.join("") + byInk.map((d, index) => (d === "" ? "" : path(d, at(palette.inks, index)))).join("")
  );
}

export const QUARTER_CIRCLES: Rule = {
  number: 12,
  name: "Quarter circles",
  phrase: "quarter circles, each turned one of four ways",
  paint: paintQuarters,
};
export const PETALS: Rule = {
  number: 44,
  name: "Petals",
  phrase: "four-petalled flowers where circles cross",
  paint: paintPetals,
};
export const TRIANGLES: Rule = {
  number: 46,
  name: "Half squares",
  phrase: "squares halved on the diagonal into triangles",
  paint: paintTriangles,
};
