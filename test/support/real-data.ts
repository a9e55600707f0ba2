import { resolve } from "node:path";

/**
 * Exports and tables of real shops, where somebody keeps them beside the checkout (or where KERBSIDE_DATA says): their rights
 * do not let them lie inside the project, so what reads them is skipped elsewhere.
 */
export const REAL_DATA = resolve(
  import.meta.dirname,
  "../..",
  process.env["KERBSIDE_DATA"] ?? "../shared/data",
);
