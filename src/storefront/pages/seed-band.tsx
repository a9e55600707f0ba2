import { useSpeech } from "#web";

/** Side of one cell of the drawn panels, in units of their view box. */
const CELL = 30;
const COLUMNS = 6;
const ROWS = 4;

/** A quarter circle in the corner that `turn` names, as path data; cells overlap by half a unit, so that no seam shows. */
function quarter(column: number, row: number, turn: number): string {
  const x = column * CELL;
  const y = row * CELL;
  const end = CELL + 0.5;
  const corners = [
    `M${x} ${y}h${end}a${end} ${end} 0 0 1-${end} ${end}z`,
    `M${x + end} ${y}v${end}a${end} ${end} 0 0 1-${end}-${end}z`,
    `M${x + end} ${y + end}h-${end}a${end} ${end} 0 0 1 ${end}-${end}z`,
    `M${x} ${y + end}v-${end}a${end} ${end} 0 0 1 ${end} ${end}z`,
  ];
  return corners[turn % corners.length] ?? "";
}

/** A small multiplicative generator: the same seed draws the same sheet. */
function turns(seed: number): number[] {
  let state = seed;
  return Array.from({ length: COLUMNS * ROWS }, () => {
    state = (state * 48_271) % 2_147_483_647;
    return state % 8;
  });
}

const cells = (pick: (turn: number) => boolean, seed: number): string =>
  turns(seed)
    .map((turn, index) => (pick(turn) ? quarter(index % COLUMNS, Math.floor(index / COLUMNS), turn) : ""))
    .join("");

const GRID =
  Array.from({ length: COLUMNS + 1 }, (_, index) => `M${index * CELL} 0v${ROWS * CELL}`).join("") +
  Array.from({ length: ROWS + 1 }, (_, index) => `M0 ${index * CELL}h${COLUMNS * CELL}`).join("");
const SEED = 7_919;
const BOX = `-6 -6 ${COLUMNS * CELL + 12} ${ROWS * CELL + 12}`;

const PANELS = [
  {
    key: "rule",
    body: <path class="seed-line" d={[0, 1, 2, 3].map((turn) => quarter(turn + 1, 1, turn)).join("")} />,
  },
  {
    key: "seed",
    body: <path class="seed-line" d={cells(() => true, SEED)} />,
  },
  {
    key: "sheet",
    body: (
      <>
        <path class="seed-ink" d={cells((turn) => turn < 4, SEED)} />
        <path class="seed-second" d={cells((turn) => turn >= 4 && turn < 6, SEED)} />
        <path class="seed-third" d={cells((turn) => turn >= 6, SEED)} />
      </>
    ),
  },
] as const;

/** How a pattern comes to be, in three drawn steps. */
export const SeedBand = () => {
  const { say } = useSpeech();
  return (
    <section class="section band" aria-labelledby="seed">
      <h2 id="seed">{say("seed.title")}</h2>
      <ol class="seed">
        {PANELS.map((panel) => (
          <li>
            <svg viewBox={BOX} aria-hidden="true" focusable="false">
              <path class="seed-grid" d={GRID} />
              {panel.body}
            </svg>
            <h3>{say(`seed.${panel.key}`)}</h3>
            <p>
              {panel.key === "seed"
                ? say("seed.seed_text", { seed: String(SEED) })
                : say(`seed.${panel.key}_text`)}
            </p>
          </li>
        ))}
      </ol>
    </section>
  );
};
