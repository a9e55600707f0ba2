import { at } from "../draw/random.ts";
import { el, g, rect, use, type Markup } from "../draw/svg.ts";
import { OVERLAP, type PaintJob, type Rule } from "./rule.ts";

function stripeWidths({ random, motif }: PaintJob): number[] {
  const widths = [0.34, 0.05, 0.04, 0.05, 0.16, 0.03, 0.05, 0.03, 0.25].map((share) => share * motif);
  return random.chance(0.5) ? widths : [...widths].reverse();
}

function paintStripes(job: PaintJob): Markup {
  const { width, height, palette, random, motif } = job;
  const widths = stripeWidths(job);
  const parts: Markup[] = [rect([0, 0, width, height], palette.ground)];
  const offset = random.between(0, 0.4) * motif;
  const bands = (along: number, draw: (from: number, size: number, ink: number) => Markup): Markup[] => {
    const drawn: Markup[] = [];
    for (let base = -offset; base < along; base += motif) {
      let from = base;
      widths.forEach((size, index) => {
        if (index % 2 === 0 && index !== 2 && index !== 6) drawn.push("");
        else
          drawn.push(draw(from, size, index === 1 || index === 3 ? 0 : index === 5 || index === 7 ? 1 : 2));
        from += size;
      });
    }
    return drawn;
  };
  parts.push(...bands(width, (from, size, ink) => rect([from, 0, size, height], at(palette.inks, ink))));
  for (let from = motif * 0.72; from < width; from += motif)
    parts.push(rect([from, 0, motif * 0.16, height], at(palette.inks, 0), { opacity: 0.92 }));
  parts.push(
    ...bands(height, (from, size, ink) =>
      rect([0, from, width, size], at(palette.inks, ink), { opacity: 0.55 }),
    ),
  );
  return parts.join("");
}

/** Two threads of each colour by two, in a two-and-two twill: the check appears by itself, as on a loom. */
const isDarkCheck = (x: number, y: number): boolean => ((x + y) % 4 < 2 ? x % 8 < 4 : y % 8 < 4);

function runs(
  isDark: (x: number, y: number) => boolean,
  [columns, rows]: readonly [number, number],
  unit: number,
): string {
  let d = "";
  for (let y = 0; y < rows; y += 1) {
    for (let x = 0; x < columns; x += 1) {
      if (!isDark(x, y)) continue;
      let end = x;
      while (end < columns && isDark(end, y)) end += 1;
      const [w, h] = [(end - x) * unit + OVERLAP * 0.5, unit + OVERLAP * 0.5];
      d += `M${round(x * unit)} ${round(y * unit)}h${round(w)}v${round(h)}h${round(-w)}z`;
      x = end;
    }
  }
  return d;
}
const round = (value: number): string => String(Math.round(value * 10) / 10);

function paintCheck({ canvas, width, height, palette, random, motif }: PaintJob): Markup {
  const tooth = canvas.define(el("path", { id: "@", d: runs(isDarkCheck, [8, 8], motif / 8) }));
  const parts: Markup[] = [rect([0, 0, width, height], palette.ground)];
  const every = random.whole(4, 5);
  for (let row = 0; row * motif < height; row += 1) {
    for (let column = 0; column * motif < width; column += 1) {
      const isOver = column % every === every - 2 || row % every === every - 2;
      parts.push(
        use(
          tooth,
          `translate(${round(column * motif)} ${round(row * motif)})`,
          isOver ? { fill: at(palette.inks, 1) } : {},
        ),
      );
    }
  }
  return g({ fill: at(palette.inks, 0) }, ...parts);
}

function paintBasket({ canvas, width, height, palette, random, motif }: PaintJob): Markup {
  const strand = motif / 3;
  const gap = strand * 0.09;
  const strands = [0, 1, 2].map((index) =>
    el("rect", {
      x: gap / 2,
      y: index * strand + gap / 2,
      width: motif - gap,
      height: strand - gap,
      rx: strand * 0.22,
    }),
  );
  const plain = canvas.define(g({ id: "@" }, ...strands));
  const parts: Markup[] = [rect([0, 0, width, height], palette.ground)];
  for (let row = 0; row * motif < height; row += 1) {
    for (let column = 0; column * motif < width; column += 1) {
      const isUpright = (row + column) % 2 === 1;
      const ink = isUpright
        ? at(palette.inks, column % 5 === 2 ? 2 : 0)
        : at(palette.inks, row % 4 === 1 ? 2 : 1);
      const fill = random.chance(0.06) ? at(palette.inks, -1) : ink;
      const spot = `translate(${round(column * motif + (isUpright ? motif : 0))} ${round(row * motif)})${isUpright ? "rotate(90)" : ""}`;
      parts.push(use(plain, spot, { fill }));
    }
  }
  return parts.join("");
}

export const WOVEN_STRIPES: Rule = {
  number: 3,
  name: "Woven stripes",
  phrase: "woven stripes crossing at right angles",
  paint: paintStripes,
};
export const HOUND_CHECK: Rule = {
  number: 23,
  name: "Toothed check",
  phrase: "a toothed check, as a two-and-two twill makes it",
  paint: paintCheck,
};
export const BASKET: Rule = {
  number: 41,
  name: "Basket weave",
  phrase: "a basket weave of three strands by three",
  paint: paintBasket,
};
