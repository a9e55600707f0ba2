/**
 * Mail clients know neither our style sheet nor OKLCH, so the design tokens stand here as sRGB, inline; the dark values
 * come from one media query that clients without it ignore.
 */
export const LIGHT = {
  paper: "#fbfaf7",
  surface: "#ffffff",
  line: "#dbd9d3",
  ink: "#1f1a15",
  soft: "#5b544d",
} as const;

const DARK = {
  paper: "#161310",
  surface: "#211d1a",
  line: "#3a3631",
  ink: "#efece7",
  soft: "#b7b2aa",
} as const;

const BODY_FACE = "Figtree, 'Helvetica Neue', Helvetica, Arial, sans-serif";
const TITLE_FACE = "'Instrument Serif', Georgia, 'Times New Roman', serif";
const TEXT = `font-family:${BODY_FACE};font-size:16px;line-height:1.55;color:${LIGHT.ink};`;
const SMALL = `font-family:${BODY_FACE};font-size:14px;line-height:1.5;color:${LIGHT.soft};`;

type Direction = "ltr" | "rtl";

/** Space above, towards the end of the line, and below; mail clients do not know logical properties. */
const padding = (direction: Direction, [above, end, below]: readonly [number, number, number]): string =>
  direction === "ltr"
    ? `padding:${above}px ${end}px ${below}px 0;`
    : `padding:${above}px 0 ${below}px ${end}px;`;
const from = (direction: Direction): string => `text-align:${direction === "ltr" ? "left" : "right"};`;
const to = (direction: Direction): string => `text-align:${direction === "ltr" ? "right" : "left"};`;

const make = (direction: Direction) => ({
  body: `margin:0;padding:0;background:${LIGHT.paper};`,
  outer: `width:100%;background:${LIGHT.paper};border-collapse:collapse;`,
  column: "width:100%;max-width:600px;border-collapse:collapse;",
  masthead: "padding:32px 33px 20px;",
  wordmark: `font-family:${TITLE_FACE};font-size:22px;line-height:1.2;color:${LIGHT.ink};text-decoration:none;`,
  sheet: `background:${LIGHT.surface};border:1px solid ${LIGHT.line};padding:32px 32px 28px;`,
  heading: `margin:0 0 12px;font-family:${TITLE_FACE};font-weight:400;font-size:32px;line-height:1.12;color:${LIGHT.ink};`,
  lead: `margin:0 0 12px;${TEXT}`,
  meta: `margin:0 0 4px;${SMALL}`,
  buttonCell: `background:${LIGHT.ink};border-radius:2px;`,
  button: `display:inline-block;padding:13px 24px;border:1px solid ${LIGHT.ink};border-radius:2px;font-family:${BODY_FACE};font-size:16px;line-height:1.2;font-weight:600;color:${LIGHT.paper};text-decoration:none;`,
  table: "width:100%;border-collapse:collapse;",
  itemName: `${padding(direction, [12, 16, 12])}border-top:1px solid ${LIGHT.line};${from(direction)}vertical-align:top;font-weight:400;${TEXT}overflow-wrap:anywhere;`,
  itemPrice: `padding:12px 0;border-top:1px solid ${LIGHT.line};${to(direction)}vertical-align:top;white-space:nowrap;font-variant-numeric:tabular-nums;${TEXT}`,
  note: SMALL,
  sumName: `${padding(direction, [3, 16, 12])}${from(direction)}font-weight:400;${TEXT}`,
  sumPrice: `padding:3px 0 12px;${to(direction)}white-space:nowrap;font-variant-numeric:tabular-nums;${TEXT}`,
  totalName: `${padding(direction, [12, 16, 0])}border-top:1px solid ${LIGHT.line};${from(direction)}${TEXT}font-weight:600;`,
  totalPrice: `padding:12px 0 0;border-top:1px solid ${LIGHT.line};${to(direction)}white-space:nowrap;font-variant-numeric:tabular-nums;${TEXT}font-weight:600;`,
  half: `width:50%;${padding(direction, [0, 16, 0])}vertical-align:top;${from(direction)}`,
  label: `margin:0 0 4px;font-family:${BODY_FACE};font-size:14px;line-height:1.5;font-weight:600;color:${LIGHT.ink};`,
  firstSum: `padding-top:12px;padding-bottom:3px;border-top:1px solid ${LIGHT.line};`,
  detail: `margin:0;${TEXT}overflow-wrap:anywhere;`,
  footer: "padding:20px 33px 40px;",
  footnote: `margin:0;${SMALL}`,
  hidden: "display:none;max-height:0;overflow:hidden;",
});

/** Inline styles by part. */
export type Styles = ReturnType<typeof make>;
const STYLES = { ltr: make("ltr"), rtl: make("rtl") } as const;
export const stylesFor = (direction: Direction): Styles => STYLES[direction];

/** What inline styles cannot say: the dark theme, and one column on a phone. */
export const STYLE_SHEET = `:root{color-scheme:light dark}
@media (max-width:480px){.frame{padding-left:20px!important;padding-right:20px!important}.sheet{padding:24px 20px!important;border-left:0!important;border-right:0!important}.button-table{width:100%!important}.half{display:block!important;width:100%!important;padding:0 0 16px!important}.button-cell,.button{display:block!important;text-align:center!important}}
@media (prefers-color-scheme:dark){.paper{background:${DARK.paper}!important}.sheet{background:${DARK.surface}!important;border-color:${DARK.line}!important}.ink{color:${DARK.ink}!important}.soft{color:${DARK.soft}!important}.line{border-color:${DARK.line}!important}.button-cell{background:${DARK.ink}!important}.button{background:${DARK.ink}!important;border-color:${DARK.ink}!important;color:${DARK.paper}!important}}`;
