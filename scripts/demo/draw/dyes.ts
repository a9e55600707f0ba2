/** A colour in OKLCH with the word that the alternative text uses for it. */
export type Dye = { readonly l: number; readonly c: number; readonly h: number; readonly name: string };

const dye = (name: string, [l, c, h]: readonly [number, number, number]): Dye => ({ name, l, c, h });

/** The dye cupboard: every colour of the shop's goods and rooms. */
export const DYES = {
  chalk: dye("chalk", [0.965, 0.008, 90]),
  bone: dye("bone", [0.945, 0.018, 88]),
  oat: dye("oat", [0.9, 0.03, 84]),
  sand: dye("sand", [0.835, 0.048, 80]),
  straw: dye("straw", [0.87, 0.085, 92]),
  ochre: dye("ochre", [0.74, 0.125, 77]),
  marigold: dye("marigold", [0.79, 0.145, 72]),
  apricot: dye("apricot", [0.8, 0.1, 62]),
  clay: dye("clay", [0.71, 0.09, 47]),
  terracotta: dye("terracotta", [0.62, 0.13, 42]),
  rust: dye("rust", [0.53, 0.135, 38]),
  blush: dye("blush", [0.875, 0.042, 42]),
  rose: dye("rose", [0.76, 0.085, 22]),
  madder: dye("madder", [0.52, 0.165, 27]),
  plum: dye("plum", [0.38, 0.09, 355]),
  aubergine: dye("aubergine", [0.285, 0.055, 340]),
  lilac: dye("lilac", [0.78, 0.06, 305]),
  indigo: dye("indigo", [0.38, 0.115, 268]),
  ink: dye("ink blue", [0.265, 0.05, 262]),
  denim: dye("denim", [0.52, 0.09, 256]),
  sky: dye("sky blue", [0.81, 0.055, 238]),
  mist: dye("mist", [0.905, 0.018, 225]),
  slate: dye("slate", [0.5, 0.028, 245]),
  duck: dye("duck egg", [0.875, 0.035, 195]),
  teal: dye("teal", [0.46, 0.075, 205]),
  verdigris: dye("verdigris", [0.61, 0.085, 176]),
  sage: dye("sage", [0.745, 0.048, 145]),
  celery: dye("celery", [0.86, 0.075, 118]),
  moss: dye("moss", [0.5, 0.085, 128]),
  olive: dye("olive", [0.56, 0.085, 108]),
  pine: dye("pine", [0.345, 0.055, 163]),
  umber: dye("umber", [0.36, 0.045, 55]),
  graphite: dye("graphite", [0.3, 0.012, 260]),
  oak: dye("oak", [0.755, 0.075, 72]),
  ash: dye("ash wood", [0.86, 0.045, 80]),
  walnut: dye("walnut", [0.46, 0.065, 55]),
  brass: dye("brass", [0.76, 0.1, 85]),
  steel: dye("steel", [0.8, 0.008, 240]),
} as const satisfies Record<string, Dye>;
export type DyeName = keyof typeof DYES;

/** The same dye, lighter (positive) or darker by steps of OKLCH lightness; chroma follows a little. */
export const tint = (base: Dye, lightness: number, chroma = 1): Dye => ({
  ...base,
  l: Math.min(0.99, Math.max(0.08, base.l + lightness)),
  c: base.c * chroma,
});

/** A colour between two dyes; `share` of the second. */
export function blend(first: Dye, second: Dye, share: number): Dye {
  const [a1, b1] = toAb(first);
  const [a2, b2] = toAb(second);
  const a = a1 + (a2 - a1) * share;
  const b = b1 + (b2 - b1) * share;
  const l = first.l + (second.l - first.l) * share;
  return { name: first.name, l, c: Math.hypot(a, b), h: (Math.atan2(b, a) * 180) / Math.PI };
}

const toAb = ({ c, h }: Dye): [number, number] => [
  c * Math.cos((h * Math.PI) / 180),
  c * Math.sin((h * Math.PI) / 180),
];

/** sRGB hex of a dye; chroma gives way until the colour fits the gamut. */
export function css(color: Dye): string {
  for (let chroma = color.c; ; chroma -= 0.004) {
    const rgb = linearRgb({ ...color, c: Math.max(0, chroma) });
    if (chroma <= 0 || rgb.every((part) => part >= -0.0005 && part <= 1.0005)) return toHex(rgb);
  }
}

function linearRgb(color: Dye): number[] {
  const [a, b] = toAb(color);
  const long = (color.l + 0.3963377774 * a + 0.2158037573 * b) ** 3;
  const middle = (color.l - 0.1055613458 * a - 0.0638541728 * b) ** 3;
  const short = (color.l - 0.0894841775 * a - 1.291485548 * b) ** 3;
  return [
    4.0767416621 * long - 3.3077115913 * middle + 0.2309699292 * short,
    -1.2684380046 * long + 2.6097574011 * middle - 0.3413193965 * short,
    -0.0041960863 * long - 0.7034186147 * middle + 1.707614701 * short,
  ];
}

function toHex(linear: readonly number[]): string {
  const parts = linear.map((part) => {
    const clamped = Math.min(1, Math.max(0, part));
    const encoded = clamped <= 0.0031308 ? 12.92 * clamped : 1.055 * clamped ** (1 / 2.4) - 0.055;
    return Math.round(encoded * 255)
      .toString(16)
      .padStart(2, "0");
  });
  return `#${parts.join("")}`;
}
