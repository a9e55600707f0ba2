import { DYES, tint, type Dye } from "../draw/dyes.ts";
import {
  circle,
  ellipse,
  g,
  line,
  path,
  place,
  rect,
  use,
  type Canvas,
  type Markup,
  type Point,
} from "../draw/svg.ts";
import { leafPath } from "../rules/scatter.ts";
import { castShadow, footShadow, rounded, SHADE } from "./light.ts";

/** Small things seen straight on, in millimetres. `spot` is where the middle of the foot stands. */
export type Thing = { readonly canvas: Canvas; readonly spot: Point; readonly dye: Dye };

const VASES = {
  bottle: {
    d: "M-26 0C-74 -6 -86 -60 -78 -110C-70 -156 -24 -176 -20 -214V-262H20V-214C24 -176 70 -156 78 -110C86 -60 74 -6 26 0z",
    width: 172,
    height: 262,
  },
  globe: {
    d: "M-44 0C-120 -24 -134 -128 -74 -178C-60 -190 -50 -196 -48 -212H48C50 -196 60 -190 74 -178C134 -128 120 -24 44 0z",
    width: 244,
    height: 212,
  },
  cone: { d: "M-62 0L-40 -230C-40 -238 40 -238 40 -230L62 0z", width: 124, height: 236 },
  jug: {
    d: "M-58 0C-92 -40 -86 -130 -50 -170L-56 -232C-30 -224 30 -224 66 -244L48 -170C88 -130 92 -40 58 0z",
    width: 178,
    height: 240,
  },
} as const;
export type VaseShape = keyof typeof VASES;

/** A pot of one of four shapes, without flowers. */
export function vase({ canvas, spot, dye }: Thing, shape: VaseShape): Markup {
  const { d, width, height } = VASES[shape];
  return g(
    { transform: place(spot) },
    castShadow(d, [34, 14], 0.16),
    footShadow([0, 0], width * 0.8),
    rounded(canvas, d, { box: [-width / 2, -height, width, height], dye }),
  );
}

/** Stems with leaves that stand in something whose mouth is at `spot`; `reach` is their height. */
export function twigs(
  { canvas, spot, dye }: Thing,
  reach: number,
  leans: readonly number[] = [-24, -6, 14, 30],
): Markup {
  const leaf = canvas.define(path(leafPath(reach * 0.2, reach * 0.052), dye, { id: "@" }));
  const pale = canvas.define(path(leafPath(reach * 0.2, reach * 0.052), tint(dye, 0.07), { id: "@" }));
  const stems = leans.map((lean, stem) => {
    const length = reach * (1 - Math.abs(lean) / 110) * (stem % 2 === 0 ? 1 : 0.86);
    const parts = [
      line(
        `M0 10Q${String(lean * 0.6)} ${String(-length * 0.55)} ${String(lean * 2)} ${String(-length)}`,
        tint(dye, -0.08),
        Math.max(4, reach * 0.014),
      ),
    ];
    for (let index = 1; index <= 5; index += 1) {
      const share = index / 5.2;
      const x = 2 * (1 - share) * share * lean * 0.6 + share * share * lean * 2;
      const y = -2 * (1 - share) * share * length * 0.55 - share * share * length;
      parts.push(
        use(leaf, place([x, y], -140 + lean * 0.5, 1.05 - share * 0.35)),
        use(pale, place([x, y - reach * 0.03], -36 + lean * 0.5, 1.05 - share * 0.35)),
      );
    }
    parts.push(use(leaf, place([lean * 2, -length + 4], -90 + lean, 0.7)));
    return parts.join("");
  });
  return g({ transform: place(spot) }, ...stems);
}

/** A rubber plant in a floor pot, about 1,100 mm tall. */
export function floorPlant({ canvas, spot, dye }: Thing, leafDye: Dye, scale = 1): Markup {
  const leaf = canvas.define(
    g(
      { id: "@" },
      path(leafPath(300, 92), leafDye),
      path("M0 0C60 -92 210 -74 300 0z", tint(leafDye, 0.05)),
      line("M0 0H286", tint(leafDye, 0.12), 5),
    ),
  );
  const leaves: readonly (readonly [Point, number, number])[] = [
    [[-6, -330], -162, 0.8],
    [[10, -360], -24, 0.86],
    [[-14, -480], -150, 0.95],
    [[20, -520], -34, 1],
    [[-8, -640], -136, 1],
    [[24, -690], -48, 0.95],
    [[4, -790], -122, 0.85],
    [[18, -830], -70, 0.8],
    [[0, -560], -100, 0.7],
  ];
  const pot = "M-150 -300H150L118 0H-118z";
  return g(
    { transform: place(spot, 0, scale) },
    castShadow(pot, [50, 20], 0.14),
    footShadow([0, 0], 300),
    line("M0 -280C-10 -480 20 -640 10 -880M6 -280C30 -420 30 -520 26 -700", tint(leafDye, -0.1), 15),
    ...leaves.map(([at, turn, size]) => use(leaf, place(at, turn, size))),
    rounded(canvas, pot, { box: [-150, -300, 300, 300], dye }),
    rect([-158, -312, 316, 42], tint(dye, -0.03), { rx: 8 }),
  );
}

/** Books that lie on each other; `widths` from the bottom up. */
export function bookPile(
  { spot }: Thing,
  books: readonly { readonly width: number; readonly dye: Dye }[],
): Markup {
  let y = 0;
  const drawn = books.map(({ width, dye }, index) => {
    const thick = 26 + ((index * 7 + width) % 14);
    y -= thick;
    const x = -width / 2 + (index % 2 === 0 ? -6 : 8);
    return (
      rect([x, y, width, thick + 0.5], dye, { rx: 3 }) +
      rect([x + width * 0.12, y, width * 0.07, thick], tint(dye, 0.12)) +
      rect([x, y + thick * 0.7, width, thick * 0.3], SHADE, { opacity: 0.1 })
    );
  });
  const widest = Math.max(...books.map(({ width }) => width));
  return g({ transform: place(spot) }, footShadow([0, 0], widest), ...drawn);
}

/** A cup, 80 mm wide. */
export const cup = ({ canvas, spot, dye }: Thing, scale = 1): Markup =>
  g(
    { transform: place(spot, 0, scale) },
    footShadow([0, 0], 86),
    line("M38 -62C70 -66 70 -22 34 -24", tint(dye, -0.05), 11),
    rounded(canvas, "M-42 -84H42L38 -14C36 -4 28 0 20 0H-20C-28 0 -36 -4 -38 -14z", {
      box: [-42, -84, 84, 84],
      dye,
    }),
    ellipse([0, -84], [42, 5], { fill: tint(dye, -0.16) }),
  );

/** A bowl with round fruit. */
export const fruitBowl = ({ canvas, spot, dye }: Thing, fruit: Dye): Markup =>
  g(
    { transform: place(spot) },
    footShadow([0, 0], 200),
    ...(
      [
        [-66, -112],
        [64, -114],
        [-22, -134],
        [26, -128],
        [0, -104],
      ] as const
    ).map(
      ([x, y], index) =>
        circle([x, y], 42, { fill: tint(fruit, index % 2 === 0 ? 0 : -0.04) }) +
        circle([x - 11, y - 12], 11, { fill: tint(fruit, 0.07) }),
    ),
    rounded(canvas, "M-158 -100H158C150 -40 104 -8 62 -4V0H-62V-4C-104 -8 -150 -40 -158 -100z", {
      box: [-158, -100, 316, 100],
      dye,
    }),
  );

/** A lamp for a table, 480 mm tall. */
export const tableLamp = ({ canvas, spot, dye }: Thing, shade: Dye): Markup =>
  g(
    { transform: place(spot) },
    castShadow("M-150 -300L-100 -480H100L150 -300z", [46, 20], 0.13),
    footShadow([0, 0], 150),
    rounded(canvas, "M-40 0C-96 -30 -100 -140 -26 -200L-14 -310H14L26 -200C100 -140 96 -30 40 0z", {
      box: [-92, -310, 184, 310],
      dye,
    }),
    rounded(canvas, "M-156 -296L-104 -486H104L156 -296z", { box: [-156, -486, 312, 190], dye: shade }),
    ellipse([0, -296], [156, 7], { fill: tint(shade, 0.05) }),
  );

/** A candlestick with a candle. */
export const candle = ({ spot, dye }: Thing, height: number): Markup =>
  g(
    { transform: place(spot) },
    footShadow([0, 0], 90),
    rect([-44, -14, 88, 14], dye, { rx: 6 }),
    rect([-7, -90, 14, 80], dye),
    rect([-22, -104, 44, 18], tint(dye, 0.05), { rx: 6 }),
    rect([-12, -104 - height, 24, height], DYES.bone),
    rect([4, -104 - height, 8, height], tint(DYES.bone, -0.06)),
    line(`M0 ${String(-104 - height)}v-16`, DYES.umber, 4),
  );
