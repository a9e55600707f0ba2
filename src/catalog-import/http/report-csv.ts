import type { Finding } from "../contract.ts";

const COLUMNS = ["line", "column", "value", "reason", "severity"] as const;

/** The head of a report as CSV, with a byte order mark, because spreadsheets take other text for their own encoding. */
export const reportCsvHead = `\uFEFF${COLUMNS.join(",")}\r\n`;

/** One finding as a line of CSV (RFC 4180). */
export const reportCsvLine = (finding: Finding): string =>
  `${COLUMNS.map((column) => cell(String(finding[column]))).join(",")}\r\n`;

/** A spreadsheet runs what begins like a formula, and the value comes from a stranger's file: an apostrophe stops it. */
const cell = (text: string): string =>
  `"${(/^[=+\-@\t\r]/.test(text) ? `'${text}` : text).replaceAll('"', '""')}"`;
