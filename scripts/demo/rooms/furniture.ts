import { tint, type Dye } from "../draw/dyes.ts";
import {
  circle,
  ellipse,
  g,
  line,
  path,
  place,
  rect,
  type Canvas,
  type Markup,
  type Point,
} from "../draw/svg.ts";
import { castShadow, footShadow, rounded, SHADE } from "./light.ts";

/** Furniture seen straight on, in millimetres, true to size. `spot` is where its middle touches the floor. */
export type Piece = {
  readonly canvas: Canvas;
  readonly spot: Point;
  readonly wood: Dye;
  readonly cloth: Dye;
};

const stick = (d: string, wood: Dye, width: number): Markup =>
  line(d, wood, { width: width, "stroke-linecap": "round", "stroke-linejoin": "round" }) +
  line(d, tint(wood, 0.045), {
    width: width * 0.3,
    "stroke-linecap": "round",
    transform: `translate(${String(-width * 0.18)} 0)`,
  });

/** A low armchair from the side, seat at 400 mm. `onSeat` lies behind the near arm, drawn from the chair's own foot. */
export function loungeChair({ spot, wood, cloth }: Piece, onSeat: Markup = ""): Markup {
  const back =
    "M-236 -415C-262 -420 -285 -440 -292 -468L-358 -800C-364 -838 -340 -868 -302 -872C-264 -876 -238 -852 -230 -820L-160 -470z";
  const seat =
    "M-230 -452C-236 -488 -214 -512 -180 -514L290 -538C330 -540 350 -516 350 -484C350 -446 330 -424 292 -420L-176 -398C-208 -398 -226 -420 -230 -452z";
  return g(
    { transform: place(spot) },
    footShadow([0, 0], 760),
    stick("M-285 -8L-170 -400M290 -8L250 -430", tint(wood, -0.08), 30),
    path(back, cloth),
    path(
      "M-292 -468L-358 -800C-364 -838 -340 -868 -302 -872C-330 -850 -336 -830 -330 -800L-256 -440z",
      tint(cloth, -0.05),
    ),
    path(seat, tint(cloth, 0.02)),
    path(
      "M-230 -452C-226 -420 -208 -398 -176 -398L292 -420C330 -424 350 -446 350 -484C340 -458 320 -448 290 -446L-180 -424C-208 -424 -224 -436 -230 -452z",
      tint(cloth, -0.07),
    ),
    onSeat,
    stick("M-310 -610C-120 -640 120 -626 330 -590M306 -594L330 -8M-262 -614L-330 -8", wood, 34),
  );
}

/** A plain wooden chair from the front, seat at 450 mm. */
export function woodenChair({ spot, wood, cloth }: Piece): Markup {
  const spindles = [-92, -46, 0, 46, 92].map((x) => `M${String(x)} -470L${String(x * 1.12)} -770`).join("");
  return g(
    { transform: place(spot) },
    footShadow([0, 0], 470),
    stick("M-176 -6L-168 -440M176 -6L168 -440", tint(wood, -0.09), 26),
    stick("M-188 -450L-204 -800M188 -450L204 -800", wood, 30),
    stick(spindles, tint(wood, -0.03), 15),
    path("M-222 -850C-110 -884 110 -884 222 -850L220 -764C110 -796 -110 -796 -220 -764z", wood),
    path("M-222 -850C-110 -884 110 -884 222 -850L222 -838C110 -870 -110 -870 -222 -838z", tint(wood, 0.06)),
    stick("M-214 -6L-196 -430M214 -6L196 -430M-206 -190H206", wood, 30),
    rect([-226, -462, 452, 46], wood, { rx: 20 }),
    rect([-214, -492, 428, 40], cloth, { rx: 20 }),
    rect([-214, -470, 428, 18], tint(cloth, -0.06), { rx: 9 }),
  );
}

/** A round stool, seat at 450 mm. */
export const stool = ({ spot, wood, cloth }: Piece): Markup =>
  g(
    { transform: place(spot) },
    footShadow([0, 0], 400),
    stick("M0 -10L0 -420", tint(wood, -0.1), 28),
    stick("M-160 -6L-120 -420M160 -6L120 -420", wood, 30),
    stick("M-142 -170H142", wood, 18),
    rect([-185, -456, 370, 44], cloth, { rx: 14 }),
    rect([-185, -430, 370, 18], tint(cloth, -0.07), { rx: 9 }),
  );

/** A narrow table for a hall, top at 800 mm; `width` in millimetres. */
export function consoleTable({ spot, wood }: Piece, width: number): Markup {
  const half = width / 2;
  const legs = `M${String(-half + 50)} -6L${String(-half + 74)} -700M${String(half - 50)} -6L${String(half - 74)} -700`;
  return g(
    { transform: place(spot) },
    castShadow(`M${String(-half)} -800h${String(width)}v150h${String(-width)}z`, [46, 60], 0.14),
    footShadow([0, 0], width * 0.98, 0.12),
    stick(legs, wood, 40),
    rect([-half + 40, -772, width - 80, 128], tint(wood, -0.035)),
    rect([-half + 40, -772, width - 80, 20], SHADE, { opacity: 0.16 }),
    rect([-half + 78, -742, half - 96, 84], tint(wood, -0.005)),
    rect([18, -742, half - 96, 84], tint(wood, -0.005)),
    circle([-half / 2, -700], 13, { fill: tint(wood, -0.2) }),
    circle([half / 2, -700], 13, { fill: tint(wood, -0.2) }),
    rect([-half, -802, width, 34], wood, { rx: 5 }),
    rect([-half, -802, width, 11], tint(wood, 0.05), { rx: 5 }),
  );
}

/** A long cupboard on short legs, top at 720 mm. */
export function sideboard({ spot, wood, cloth }: Piece, width: number): Markup {
  const half = width / 2;
  const slats = (from: number, to: number): string => {
    let d = "";
    for (let x = from; x < to; x += 22) d += `M${String(x)} -652V-212`;
    return d;
  };
  return g(
    { transform: place(spot) },
    castShadow(`M${String(-half)} -720h${String(width)}v560h${String(-width)}z`, [50, 40], 0.15),
    footShadow([0, 0], width, 0.16),
    stick(
      `M${String(-half + 110)} -6L${String(-half + 140)} -170M${String(half - 110)} -6L${String(half - 140)} -170`,
      tint(wood, -0.12),
      34,
    ),
    rect([-half, -720, width, 560], wood, { rx: 8 }),
    rect([-half + 26, -672, width - 52, 490], tint(wood, -0.06)),
    line(slats(-half + 46, -half / 3 - 10) + slats(half / 3 + 30, half - 30), tint(wood, 0.03), 11),
    rect([-half / 3, -660, (half * 2) / 3, 220], cloth),
    rect([-half / 3, -432, (half * 2) / 3, 238], tint(cloth, -0.02)),
    circle([0, -550], 12, { fill: tint(cloth, -0.25) }),
    circle([0, -314], 12, { fill: tint(cloth, -0.25) }),
    rect([-half, -720, width, 14], tint(wood, 0.055), { rx: 7 }),
    rect([-half + 26, -672, width - 52, 16], SHADE, { opacity: 0.18 }),
  );
}

/** A plank bench, seat at 440 mm. */
export const bench = ({ spot, wood }: Piece, width: number): Markup =>
  g(
    { transform: place(spot) },
    footShadow([0, 0], width, 0.16),
    stick(
      `M${String(-width / 2 + 60)} -6L${String(-width / 2 + 120)} -400M${String(width / 2 - 60)} -6L${String(width / 2 - 120)} -400`,
      tint(wood, -0.04),
      38,
    ),
    rect([-width / 2, -446, width, 50], wood, { rx: 10 }),
    rect([-width / 2, -446, width, 15], tint(wood, 0.05), { rx: 7 }),
    rect([-width / 2 + 30, -396, width - 60, 16], SHADE, { opacity: 0.2 }),
  );

/** A tall lamp with a drum shade, 1,500 mm. */
export const floorLamp = ({ canvas, spot, wood, cloth }: Piece): Markup =>
  g(
    { transform: place(spot) },
    footShadow([0, 0], 280),
    stick("M0 -16V-1200", wood, 16),
    rect([-120, -22, 240, 22], tint(wood, -0.05), { rx: 9 }),
    rounded(canvas, "M-180 -1180L-134 -1480H134L180 -1180z", { box: [-180, -1480, 360, 300], dye: cloth }),
    ellipse([0, -1180], [180, 10], { fill: tint(cloth, -0.1) }),
  );

/** A lamp that hangs from above the picture; `drop` is the length of its cord. */
export const pendantLamp = ({ canvas, spot, cloth }: Piece, drop: number): Markup =>
  g(
    { transform: place(spot) },
    line(`M0 0V${String(drop)}`, tint(cloth, -0.25), 8),
    ellipse([0, drop + 214], [120, 34], { fill: "#fff0c4", opacity: 0.9 }),
    rounded(
      canvas,
      `M-40 ${String(drop)}H40C52 ${String(drop + 56)} 210 ${String(drop + 96)} 222 ${String(drop + 216)}H-222C-210 ${String(drop + 96)} -52 ${String(drop + 56)} -40 ${String(drop)}z`,
      { box: [-222, drop, 444, 216], dye: cloth },
    ),
  );

/** A woven rug seen almost edge on. */
export const rug = ({ spot: [x, y], cloth }: Piece, width: number): Markup =>
  path(
    `M${String(x - width / 2 + 70)} ${String(y - 42)}H${String(x + width / 2 - 70)}L${String(x + width / 2)} ${String(y + 70)}H${String(x - width / 2)}z`,
    cloth,
  ) +
  line(
    `M${String(x - width / 2 + 52)} ${String(y - 14)}H${String(x + width / 2 - 52)}M${String(x - width / 2 + 20)} ${String(y + 40)}H${String(x + width / 2 - 20)}`,
    tint(cloth, 0.1),
    13,
  );
