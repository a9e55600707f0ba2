import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";

type Rgb = readonly [number, number, number];

/** OKLCH to linear sRGB (Ottosson's matrices), clipped to what a screen shows. */
function linearRgb(lightness: number, chroma: number, hue: number): Rgb {
  const a = chroma * Math.cos((hue * Math.PI) / 180);
  const b = chroma * Math.sin((hue * Math.PI) / 180);
  const [l, m, s] = [
    (lightness + 0.3963377774 * a + 0.2158037573 * b) ** 3,
    (lightness - 0.1055613458 * a - 0.0638541728 * b) ** 3,
    (lightness - 0.0894841775 * a - 1.291485548 * b) ** 3,
  ];
  const clip = (value: number): number => Math.min(1, Math.max(0, value));
  return [
    clip(4.0767416621 * l - 3.3077115913 * m + 0.2309699292 * s),
    clip(-1.2684380046 * l + 2.6097574011 * m - 0.3413193965 * s),
    clip(-0.0041960863 * l - 0.7034186147 * m + 1.707614701 * s),
  ];
}

const luminance = ([red, green, blue]: Rgb): number => 0.2126 * red + 0.7152 * green + 0.0722 * blue;

function contrast(left: Rgb, right: Rgb): number {
  const [high, low] = [luminance(left), luminance(right)].sort((a, b) => b - a);
  return ((high ?? 0) + 0.05) / ((low ?? 0) + 0.05);
}

function readTokens(css: string): Map<string, Rgb> {
  const found = css.matchAll(/--([a-z-]+): oklch\(([\d.]+) ([\d.]+) ([\d.]+)\);/g);
  return new Map(
    [...found].map(([, name = "", l, c, h]) => [name, linearRgb(Number(l), Number(c), Number(h))]),
  );
}

const css = readFileSync(join(import.meta.dirname, "tokens.css"), "utf8");
const [light = "", dark = ""] = css.split("@media (prefers-color-scheme: dark)");
// White and black have no hue, so their tokens are written without decimals; both are read by the same pattern.
const themes = { light: readTokens(light), dark: readTokens(dark) };

const GROUNDS = ["paper", "surface", "sunk"];
const PAIRS: readonly (readonly [text: string, grounds: readonly string[], least: number])[] = [
  ["ink", [...GROUNDS, "wash-indigo", "wash-madder", "wash-verdigris", "wash-ochre"], 4.5],
  ["soft", GROUNDS, 4.5],
  ["indigo", [...GROUNDS, "wash-indigo"], 4.5],
  ["madder", [...GROUNDS, "wash-madder"], 4.5],
  ["verdigris", [...GROUNDS, "wash-verdigris"], 4.5],
  ["ochre", [...GROUNDS, "wash-ochre"], 4.5],
  ["paper", ["ink", "indigo"], 4.5],
  ["edge", GROUNDS, 3],
  ["focus", GROUNDS, 3],
];

describe.each(Object.entries(themes))("in the %s theme", (_, tokens) => {
  const colour = (name: string): Rgb => {
    const value = tokens.get(name);
    if (!value) throw new Error(`no token ${name}`);
    return value;
  };
  it.each(PAIRS.flatMap(([text, grounds, least]) => grounds.map((ground) => [text, ground, least] as const)))(
    "%s on %s has a contrast of at least %s",
    (text, ground, least) => {
      expect(contrast(colour(text), colour(ground))).toBeGreaterThanOrEqual(least);
    },
  );
});
