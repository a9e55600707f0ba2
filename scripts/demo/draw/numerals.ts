import { line, type Markup, type Paint, type Point } from "./svg.ts";

/** Strokes of the few signs that a measured drawing needs, on a field 6 wide and 10 high. */
const STROKES: Readonly<Record<string, string>> = {
  "0": "M3 0Q6 0 6 5T3 10T0 5T3 0",
  "1": "M1 2L3.4 0V10",
  "2": "M.3 2.6Q.5 0 3 0T5.7 2.7Q5.7 4.6 3.6 6.4L.2 10H6",
  "3": "M.4 0H5.5L2.8 3.8Q5.9 3.9 5.9 6.9T2.9 10Q.7 10 0 8",
  "4": "M4.5 10V0L0 7H6",
  "5": "M5.4 0H1L.5 4.4Q1.6 3.6 3 3.6Q5.9 3.7 5.9 6.8T2.9 10Q.8 10 0 8.2",
  "6": "M4.8 0Q.2 3 .1 6.8Q.2 10 3 10T5.9 6.9T3 3.9Q.6 3.9 .2 6.4",
  "7": "M.2 0H5.8L2 10",
  "8": "M3 4.6Q.5 4.5 .5 2.3T3 0T5.5 2.3T3 4.6Q0 4.7 0 7.3T3 10T6 7.3T3 4.6",
  "9": "M5.8 3.6Q5.4 6.1 3 6.1T.1 3.1T3 0T5.9 3.2Q5.8 7 1.2 10",
  ".": "M1 9.4V10",
  "×": "M.6 3.2L5.4 8M5.4 3.2L.6 8",
  m: "M0 10V4M0 6Q.6 4 2 4Q3.2 4 3.2 6V10M3.2 6Q3.7 4 4.9 4Q6.2 4 6.2 6V10",
  c: "M5.4 5.2Q4.6 4 3 4Q.3 4 .3 7T3 10Q4.6 10 5.5 8.7",
  " ": "",
};

/** Writes digits, a point, a cross, "c" and "m" as drawn strokes, middle at `spot`; pictures must not depend on fonts. */
export function numerals(
  text: string,
  {
    spot: [x, y],
    height,
    ink,
    turn = 0,
  }: { readonly spot: Point; readonly height: number; readonly ink: Paint; readonly turn?: number },
): Markup {
  const scale = height / 10;
  const advances = Array.from(text, (sign) => (sign === "." ? 3.4 : sign === " " ? 4 : 8.4));
  const width = advances.reduce((sum, advance) => sum + advance, 0) - 2.4;
  let at = -width / 2;
  const signs = Array.from(text, (sign, index) => {
    const d = STROKES[sign] ?? "";
    const spot = at;
    at += advances[index] ?? 0;
    return d === "" ? "" : line(d, ink, { width: 1.15, transform: `translate(${spot.toFixed(1)} -5)` });
  });
  return `<g transform="translate(${x.toFixed(1)} ${y.toFixed(1)})${turn === 0 ? "" : `rotate(${String(turn)})`}scale(${scale.toFixed(2)})" stroke-linecap="round" stroke-linejoin="round">${signs.join("")}</g>`;
}
