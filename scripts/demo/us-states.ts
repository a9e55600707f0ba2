/**
 * General sales tax of the US states in parts per million, and whether delivery that stands on the invoice by itself is
 * taxed. State rates only, without counties and cities, which a tax service knows.
 *
 * Written from general knowledge of the published base rates as of 2025, not copied from an official table, and good
 * enough for a demo. Whoever sells there takes the rates from each state's revenue department or from a tax service.
 */
export const US_STATES: readonly {
  readonly region: string;
  readonly ratePpm: number;
  readonly taxesDelivery: boolean;
}[] = [
  ["AL", 40_000, false],
  ["AK", 0, false],
  ["AZ", 56_000, false],
  ["AR", 65_000, true],
  ["CA", 72_500, false],
  ["CO", 29_000, false],
  ["CT", 63_500, true],
  ["DE", 0, false],
  ["DC", 60_000, true],
  ["FL", 60_000, false],
  ["GA", 40_000, true],
  ["HI", 40_000, true],
  ["ID", 60_000, false],
  ["IL", 62_500, false],
  ["IN", 70_000, true],
  ["IA", 60_000, false],
  ["KS", 65_000, true],
  ["KY", 60_000, true],
  ["LA", 50_000, false],
  ["ME", 55_000, false],
  ["MD", 60_000, false],
  ["MA", 62_500, false],
  ["MI", 60_000, true],
  ["MN", 68_750, true],
  ["MS", 70_000, true],
  ["MO", 42_250, false],
  ["MT", 0, false],
  ["NE", 55_000, true],
  ["NV", 68_500, false],
  ["NH", 0, false],
  ["NJ", 66_250, true],
  ["NM", 48_750, true],
  ["NY", 40_000, true],
  ["NC", 47_500, true],
  ["ND", 50_000, true],
  ["OH", 57_500, true],
  ["OK", 45_000, false],
  ["OR", 0, false],
  ["PA", 60_000, true],
  ["RI", 70_000, true],
  ["SC", 60_000, true],
  ["SD", 42_000, true],
  ["TN", 70_000, true],
  ["TX", 62_500, true],
  ["UT", 48_500, false],
  ["VT", 60_000, true],
  ["VA", 43_000, false],
  ["WA", 65_000, true],
  ["WV", 60_000, true],
  ["WI", 50_000, true],
  ["WY", 40_000, false],
].map(([region, ratePpm, taxesDelivery]) => ({
  region: String(region),
  ratePpm: Number(ratePpm),
  taxesDelivery: taxesDelivery === true,
}));
