/** Sources by path, as `import.meta.glob` gives them. */
export type Sources = Readonly<Record<string, string>>;

const CALL = /\bfailpoint\(\s*["'`]([^"'`]+)["'`]\s*\)/g;

/** Every failpoint's name in the sources, sorted. Templates are written out; one that nobody knows how to is an error. */
export function failpointNames(sources: Sources): readonly string[] {
  const names = Object.values(sources).flatMap((text) =>
    [...text.matchAll(CALL)].flatMap((match) => written(match[1] ?? "", sources)),
  );
  return [...new Set(names)].toSorted();
}

/** `order.before-${name}` stands for every call that an order can make. */
function written(name: string, sources: Sources): readonly string[] {
  if (!name.includes("${")) return [name];
  if (!/^order\.(?:before|after)-\$\{name\}$/.test(name))
    throw new Error(`Say here what ${name} stands for.`);
  const prefix = name.slice(0, name.indexOf("${"));
  return orderCalls(sources).map((call) => prefix + call);
}

/** The names of an order's calls, read from the types that list them. */
function orderCalls(sources: Sources): readonly string[] {
  const steps = sourceOf(sources, "src/orders/domain/steps.ts");
  const step = between(steps, "export type Step =", ";\n\n");
  const [ofPart = "", ...others] = step.split(/\n {2}\| (?=\{)/).slice(1);
  const part = kindsIn(ofPart);
  const polls = kindsIn(between(steps, "export type Poll =", ";\n\n")).map((kind) => `poll-${kind}`);
  return [...part, ...part.map((kind) => `edit-${kind}`), ...others.flatMap(kindsIn), ...polls, "cart"];
}

const kindsIn = (text: string): readonly string[] =>
  [...(/(?<=kind: )[^;}]+/.exec(text)?.[0].matchAll(/"([\w-]+)"/g) ?? [])].map((match) => match[1] ?? "");

function sourceOf(sources: Sources, end: string): string {
  const found = Object.entries(sources).find(([path]) => path.endsWith(end))?.[1];
  if (found === undefined) throw new Error(`${end} is not among the sources.`);
  return found;
}

function between(text: string, from: string, to: string): string {
  const start = text.indexOf(from);
  if (start < 0) throw new Error(`"${from}" is not in the source.`);
  return text.slice(start + from.length, text.indexOf(to, start));
}
