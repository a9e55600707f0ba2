/**
 * The payment page's own style sheet, served as a file so that the policy needs no inline styles. Plain on purpose: it
 * must not look like the shop. Contrast of every text pair is at least 4.5 in both themes, of borders at least 3.
 */
export const STYLES = `
:root {
  color-scheme: light dark;
  --paper: oklch(.975 .006 250); --surface: oklch(1 0 0); --line: oklch(.86 .012 250); --edge: oklch(.58 .02 250);
  --ink: oklch(.24 .02 255); --soft: oklch(.45 .02 255); --blue: oklch(.45 .14 255); --on-blue: oklch(1 0 0);
  --red: oklch(.49 .17 27); --red-wash: oklch(.962 .018 27); --band: oklch(.93 .075 95); --on-band: oklch(.28 .05 80);
  --focus: oklch(.52 .19 258);
}
@media (prefers-color-scheme: dark) {
  :root {
    --paper: oklch(.19 .012 255); --surface: oklch(.235 .014 255); --line: oklch(.36 .016 255); --edge: oklch(.62 .02 255);
    --ink: oklch(.95 .006 250); --soft: oklch(.78 .014 250); --blue: oklch(.8 .09 250); --on-blue: oklch(.19 .012 255);
    --red: oklch(.79 .12 27); --red-wash: oklch(.27 .05 27); --band: oklch(.35 .06 90); --on-band: oklch(.95 .04 95);
    --focus: oklch(.79 .11 245);
  }
}
*, ::before, ::after { box-sizing: border-box; }
body { margin: 0; background: var(--paper); color: var(--ink); font: 1rem/1.5 system-ui, sans-serif; overflow-wrap: anywhere; }
h1, h2, p, dl, dd, ul { margin: 0; }
h1 { font-size: 1.75rem; line-height: 1.2; }
h2 { font-size: 1.125rem; line-height: 1.3; }
a { color: var(--blue); }
:focus-visible { outline: 3px solid var(--focus); outline-offset: 2px; }
.band { background: var(--band); color: var(--on-band); padding: .75rem 1rem; text-align: center; font-weight: 600; }
main { max-inline-size: 64rem; margin-inline: auto; padding: 2rem 1rem 4rem; display: grid; gap: 2rem; }
.narrow { max-inline-size: 34rem; }
.stack { display: grid; gap: 1.25rem; align-content: start; }
.tight { display: grid; gap: .375rem; }
dl { display: grid; grid-template-columns: max-content 1fr; gap: .375rem 1.5rem; }
dt, .hint { color: var(--soft); }
dd { text-align: end; }
.card { background: var(--surface); border: 1px solid var(--line); border-radius: 6px; padding: 1.25rem; }
label { font-weight: 600; }
.hint { font-size: .9375rem; font-weight: 400; }
input { font: inherit; inline-size: 100%; min-block-size: 2.75rem; padding: .5rem .75rem; color: var(--ink);
  background: var(--surface); border: 1px solid var(--edge); border-radius: 4px; }
input[aria-invalid="true"] { border: 2px solid var(--red); }
.pair { display: grid; grid-template-columns: 1fr 1fr; gap: 1rem; align-items: end; }
button { font: inherit; font-weight: 600; min-block-size: 2.75rem; padding: .625rem 1rem; border-radius: 4px; cursor: pointer;
  border: 1px solid var(--edge); background: var(--surface); color: var(--ink); }
button.main { inline-size: 100%; background: var(--blue); border-color: var(--blue); color: var(--on-blue); }
.error { color: var(--red); font-weight: 600; }
.summary { border: 2px solid var(--red); background: var(--red-wash); border-radius: 6px; padding: 1rem 1.25rem; }
.summary ul { padding-inline-start: 1.25rem; }
.summary a { color: var(--red); font-weight: 600; }
.cards { list-style: none; padding: 0; display: grid; gap: .75rem; }
.cards li { display: grid; gap: .25rem; }
.cards button { text-align: start; display: flex; flex-wrap: wrap; justify-content: space-between; column-gap: 1rem; }
.digits { font-variant-numeric: tabular-nums; font-weight: 400; white-space: nowrap; }
@media (min-width: 60em) { .two { grid-template-columns: minmax(0, 34rem) minmax(0, 1fr); gap: 3rem; } }
@media (forced-colors: active) { input[aria-invalid="true"] { outline: 2px solid; } }
`;
