import { base32, type EpochMs } from "#kernel";
import { sha256 } from "#platform";
import {
  classesOf,
  keyOf,
  PARTIAL_CLASSES,
  type AggregateKind,
  type BreakClass,
  type CheckName,
  type Finding,
} from "../domain/breaks.ts";
import type { Waiting } from "../domain/image.ts";
import type { BreakTable, Named, OpenBreak } from "./ports.ts";

/** The id that a difference has for ever. */
export const breakIdOf = async (finding: Omit<Finding, "expected" | "found">): Promise<string> =>
  `brk_${base32(await sha256(keyOf(finding)))}`;

export const nameFindings = (findings: readonly Finding[]): Promise<Named[]> =>
  Promise.all(findings.map(async (finding) => ({ ...finding, breakId: await breakIdOf(finding) })));

/** One aggregate that was looked at. `subjects`: the parts of it, for classes that name parts and were not all seen. */
export type Looked = { readonly id: string; readonly subjects?: readonly string[] };

/** What a comparison of some aggregates came to. */
export type CheckReport = {
  readonly looked: readonly Looked[];
  readonly findings: readonly Finding[];
  /** Objects that did not answer: nothing is said about them. */
  readonly unreachable: number;
  /** What waits in the outboxes that were read. */
  readonly waiting: Waiting;
};

export const NOTHING_CHECKED: CheckReport = {
  looked: [],
  findings: [],
  unreachable: 0,
  waiting: { waiting: 0 },
};

export type Recorded = { readonly opened: readonly string[]; readonly resolved: readonly string[] };

/**
 * Writes what a comparison found, and resolves what it no longer finds of the aggregates that it looked at. Repeating
 * writes the same rows again.
 */
export async function recordCheck(
  report: Pick<CheckReport, "looked" | "findings">,
  about: { readonly check: CheckName; readonly kind: AggregateKind },
  ports: { readonly breaks: BreakTable; readonly now: EpochMs },
): Promise<Recorded> {
  const named = await nameFindings(report.findings);
  const ids = [...report.looked.map((entry) => entry.id), ...named.map((entry) => entry.aggregate.id)];
  const unresolved = ids.length === 0 ? [] : await ports.breaks.unresolvedOf(about.kind, ids);
  if (named.length > 0) await ports.breaks.see(named, ports.now);
  const known = new Set(unresolved.map((entry) => entry.breakId));
  const opened = named.map((entry) => entry.breakId).filter((id) => !known.has(id));
  const found = new Set(named.map((entry) => entry.breakId));
  const looked = new Map(report.looked.map((entry) => [entry.id, entry]));
  const classes = classesOf(about.check);
  const gone = unresolved.filter(
    (entry) => classes.includes(entry.class) && !found.has(entry.breakId) && wasLookedAt(entry, looked),
  );
  const resolved = gone.map((entry) => entry.breakId);
  if (resolved.length > 0) await ports.breaks.resolve(resolved, ports.now);
  return { opened, resolved };
}

const isPartial = (name: BreakClass): boolean => PARTIAL_CLASSES.includes(name);

function wasLookedAt(entry: OpenBreak, looked: ReadonlyMap<string, Looked>): boolean {
  const at = looked.get(entry.aggregate.id);
  if (!at) return false;
  return at.subjects === undefined || !isPartial(entry.class) || at.subjects.includes(entry.subject);
}
