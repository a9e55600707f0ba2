import type { FindingGroup } from "../contract.ts";
import type { Finding } from "./findings.ts";
import { MAX_FINDING_GROUPS } from "./limits.ts";

/** Reasons that differ in their numbers only are one reason. */
const alike = (reason: string): string => reason.replaceAll(/\d[\d.,]*/g, "…");

/** Findings by kind: what rejects before what warns, then the most frequent first. */
export function groupFindings(findings: Iterable<Finding>): readonly FindingGroup[] {
  const groups = new Map<string, FindingGroup>();
  for (const { severity, column, reason, line } of findings) {
    const key = `${severity}\n${column}\n${alike(reason)}`;
    const known = groups.get(key);
    groups.set(
      key,
      known
        ? { ...known, count: known.count + 1, firstLine: Math.min(known.firstLine, line) }
        : { severity, column, reason: alike(reason), count: 1, firstLine: line },
    );
  }
  return [...groups.values()].sort(byWeight).slice(0, MAX_FINDING_GROUPS);
}

const byWeight = (left: FindingGroup, right: FindingGroup): number =>
  Number(left.severity === "warning") - Number(right.severity === "warning") ||
  right.count - left.count ||
  left.firstLine - right.firstLine;
