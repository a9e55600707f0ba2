import { after, type EpochMs } from "#kernel";
import type { Aggregate, BreakClass, Finding } from "./breaks.ts";
import { PROJECTION_GRACE_MS } from "./limits.ts";

/** What waits in an object's outbox. */
export type Waiting = { readonly waiting: number; readonly oldestAt?: EpochMs };

/** A copy as it is or as it should be: its version, and its parts as canonical text. */
export type Image = { readonly version: number; readonly parts: Readonly<Record<string, string>> };

/** JSON with sorted keys and without undefined members: equal values give equal text. */
export function canonical(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonical).join(",")}]`;
  if (typeof value === "object" && value !== null) {
    const members = Object.entries(value)
      .filter(([, member]) => member !== undefined)
      .sort(([left], [right]) => (left < right ? -1 : 1));
    return `{${members.map(([name, member]) => `${JSON.stringify(name)}:${canonical(member)}`).join(",")}}`;
  }
  return JSON.stringify(value) ?? "null";
}

/**
 * How a copy differs from what its object says: `missing`, `behind`, `ahead` (the object was set back) or `wrong` in
 * named parts; `undefined` when it is level.
 */
export function differenceOf(
  expected: Image,
  found: Image | undefined,
): { readonly expected: string; readonly found: string } | undefined {
  const wanted = `version ${expected.version}`;
  if (!found) return { expected: wanted, found: "missing" };
  if (found.version < expected.version)
    return { expected: wanted, found: `behind: version ${found.version}` };
  if (found.version > expected.version) return { expected: wanted, found: `ahead: version ${found.version}` };
  const wrong = Object.keys({ ...expected.parts, ...found.parts })
    .filter((name) => expected.parts[name] !== found.parts[name])
    .sort();
  return wrong.length === 0 ? undefined : { expected: wanted, found: `wrong: ${wrong.join(", ")}` };
}

type Copied = {
  readonly aggregate: Aggregate;
  readonly class: BreakClass;
  readonly expected: Image;
  readonly found: Image | undefined;
  readonly outbox: Waiting;
  readonly now: EpochMs;
};

/** A copy that is not level (P5), unless the object has told of a change a moment ago. */
export function compareImage({ aggregate, class: name, outbox, now, ...images }: Copied): Finding[] {
  const difference = differenceOf(images.expected, images.found);
  if (!difference) return [];
  const isOnItsWay = outbox.oldestAt !== undefined && outbox.oldestAt > after(now, -PROJECTION_GRACE_MS);
  return isOnItsWay ? [] : [{ class: name, aggregate, subject: "", ...difference }];
}

/** Makes an image of plain rows. */
export const imageOf = (version: number, parts: Readonly<Record<string, unknown>>): Image => ({
  version,
  parts: Object.fromEntries(Object.entries(parts).map(([name, part]) => [name, canonical(part)])),
});
