import type { ImportView, ReportRow } from "./import-client.ts";

/** 0: everything is in the shop. 1: rows were rejected, or the import was cancelled. 2: it could not be done at all. */
export type ExitCode = 0 | 1 | 2;

/** Rejected rows that are shown; the rest is in the report. */
export const SHOWN_ROWS = 20;

/** What a finished import is to a script that called us. */
export function exitCodeOf(job: ImportView): ExitCode {
  if (job.state === "failed") return 2;
  return job.state === "finished" && job.rows.rejected === 0 ? 0 : 1;
}

const OUTCOMES: Readonly<Record<ImportView["state"], string>> = {
  queued: "is waiting",
  validating: "is being checked",
  applying: "is being written",
  finished: "is imported",
  rejected: "was rejected: nothing was written",
  failed: "could not be imported",
  cancelled: "was cancelled: what was written stays",
};

/** The end of an import in a few lines. */
export function summaryLines(job: ImportView): string[] {
  const { rows, products } = job;
  return [
    `${job.fileName} ${OUTCOMES[job.state]}.`,
    `  products  ${products.total} = ${products.created} created + ${products.changed} changed + ${products.same} same + ${products.rejected} rejected${products.waiting > 0 ? ` + ${products.waiting} left alone` : ""}`,
    `  rows      ${rows.total} = ${rows.created} created + ${rows.changed} changed + ${rows.same} same + ${rows.rejected} rejected${rows.waiting > 0 ? ` + ${rows.waiting} left alone` : ""}; ${rows.warned} taken with a warning`,
    ...(job.problem === undefined ? [] : [`  ${job.problem}`]),
  ];
}

/** The first rejected rows, or the first warnings when nothing was rejected. */
export function reportLines(report: readonly ReportRow[], job: ImportView, reportUrl: string): string[] {
  const rejected = report.filter((row) => row.severity === "rejected");
  const rows = rejected.length > 0 || job.rows.rejected > 0 ? rejected : report;
  if (rows.length === 0) return job.rows.rejected > 0 ? ["", `All: ${reportUrl}`] : [];
  const heading = rows === rejected ? "Rejected rows" : "Warnings";
  return ["", `${heading}:`, ...rows.slice(0, SHOWN_ROWS).map(reportLine), `All: ${reportUrl}`];
}

const reportLine = ({ line, column, value, reason }: ReportRow): string =>
  `  line ${line}${column === "" ? "" : `, ${column}`}${value === "" ? "" : ` "${printable(value)}"`}: ${printable(reason)}`;

/** A terminal obeys control characters, and the values come from a stranger's file. */
const printable = (text: string): string => text.replace(/\p{Control}/gu, " ");
