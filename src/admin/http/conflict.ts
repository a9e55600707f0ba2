import type { Difference } from "../pages/difference-table.tsx";
import type { Values } from "./form-rows.ts";

/** Fields of a form that are about the form itself. */
const ABOUT_THE_FORM = ["version", "do"];

/** Browsers send line ends as CR LF. */
const tidy = (text = ""): string => text.replaceAll("\r\n", "\n").trim();

/** Where what was typed differs from what somebody else has saved meanwhile, field by field. */
export const differencesOf = (mine: Values, theirs: Values): readonly Difference[] =>
  [...new Set([...Object.keys(mine), ...Object.keys(theirs)])]
    .filter((field) => !ABOUT_THE_FORM.includes(field))
    .map((field) => ({ field, mine: tidy(mine[field]), theirs: tidy(theirs[field]) }))
    .filter((difference) => difference.mine !== difference.theirs);

/**
 * A form that was overtaken: what was typed stays, beside what is there now, and saving it again replaces that. `theirs`
 * is the form as it would be made of what is stored, with its version.
 */
export const overtaken = (mine: Values, theirs: Values) => ({
  values: { ...mine, version: theirs["version"] ?? "0" },
  differences: differencesOf(mine, theirs),
  status: 409 as const,
});
