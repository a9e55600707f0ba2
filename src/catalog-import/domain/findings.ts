import { truncate } from "#kernel";
import { MAX_REPORTED_CHARACTERS } from "./limits.ts";

/** `rejected`: the product of this line is not imported. `warning`: it is, with what the reason says. */
export type Severity = "rejected" | "warning";

/** One row of an import's report: where it is, what stands there, and what to mend. */
export type Finding = {
  /** Line of the file where the row begins, from 1 (the header). */
  readonly line: number;
  /** Name of the column as the file writes it; empty when the row as a whole is meant. */
  readonly column: string;
  /** The cell, cut to 120 characters. */
  readonly value: string;
  readonly reason: string;
  readonly severity: Severity;
};

/** Makes a finding; column and value are cut to what a report shows. */
export const finding = (
  severity: Severity,
  at: { readonly line: number; readonly column: string; readonly value?: string },
  reason: string,
): Finding => ({
  line: at.line,
  column: truncate(at.column, MAX_REPORTED_CHARACTERS),
  value: truncate(at.value ?? "", MAX_REPORTED_CHARACTERS),
  reason,
  severity,
});

/** The order of a report: by line, then as found. */
export const byLine = (left: Finding, right: Finding): number => left.line - right.line;
