import { readFile, writeFile } from "node:fs/promises";
import { resolve } from "node:path";
import { capture, tool } from "./lib/run.ts";
import { Mendable, runTask } from "./lib/fail.ts";
import { ROOT } from "./lib/workers.ts";

// Draws the README's map from the imports that are really there; `--check` only compares.

const README = resolve(ROOT, "README.md");
const BEGIN = "<!-- map: drawn by scripts/draw-map.ts, do not edit -->";
const END = "<!-- end of map -->";

type Edges = ReadonlyMap<string, ReadonlySet<string>>;

/** Rooms that nearly everything uses would hide the rest. */
const EVERYWHERE = new Set(["kernel", "platform", "web"]);

type CruiseResult = {
  readonly modules: readonly {
    readonly source: string;
    readonly dependencies: readonly { readonly resolved: string }[];
  }[];
};

async function readEdges(): Promise<Edges> {
  const result = await capture(tool("depcruise"), [
    ...[
      "--config",
      ".dependency-cruiser.mjs",
      "--no-progress",
      "--output-type",
      "json",
      "src",
      "durable-objects",
      "workers",
    ],
  ]);
  if (!result.output.startsWith("{")) throw new Mendable(result.output);
  const { modules } = JSON.parse(result.output) as CruiseResult;
  const edges = new Map<string, Set<string>>();
  for (const { source, dependencies } of modules) {
    const from = roomOf(source);
    if (from === undefined) continue;
    const targets = edges.get(from) ?? new Set();
    edges.set(from, targets);
    for (const { resolved } of dependencies) {
      const to = roomOf(resolved);
      if (to !== undefined && to !== from) targets.add(to);
    }
  }
  return edges;
}

function roomOf(path: string): string | undefined {
  const [, kind, name] = /^(src|workers|durable-objects)\/([^/]+)\//.exec(path) ?? [];
  if (kind === undefined || name === undefined || EVERYWHERE.has(name)) return undefined;
  if (kind === "workers") return `worker ${name}`;
  return kind === "durable-objects" ? `object ${name}` : name;
}

/** Leaves out an arrow that a longer way already shows, so that the map can be read. */
function reduced(edges: Edges): readonly (readonly [string, string])[] {
  const reaches = (from: string, to: string, seen: Set<string>): boolean =>
    [...(edges.get(from) ?? [])].some((next) => {
      if (next === to) return true;
      if (seen.has(next)) return false;
      seen.add(next);
      return reaches(next, to, seen);
    });
  return [...edges].flatMap(([from, targets]) =>
    [...targets]
      .filter((to) => ![...targets].some((other) => other !== to && reaches(other, to, new Set([other]))))
      .map((to) => [from, to] as const),
  );
}

const idOf = (room: string): string => room.replaceAll(/[^a-z]/g, "_");

function draw(edges: Edges): string {
  const rooms = [
    ...new Set([...edges.keys(), ...[...edges.values()].flatMap((targets) => [...targets])]),
  ].sort();
  const arrows = [...reduced(edges)].map(([from, to]) => `  ${idOf(from)} --> ${idOf(to)}`).sort();
  const boxes = rooms.map((room) => `  ${idOf(room)}${boxOf(room)}`);
  return [BEGIN, "", "```mermaid", "flowchart TD", ...boxes, ...arrows, "```", "", END].join("\n");
}

function boxOf(room: string): string {
  if (room.startsWith("worker ")) return `{{"${room.slice("worker ".length)} Worker"}}`;
  return room.startsWith("object ") ? `[("${room.slice("object ".length)} object")]` : `["${room}"]`;
}

async function drawMap(): Promise<number> {
  const readme = await readFile(README, "utf8");
  const begin = readme.indexOf(BEGIN);
  const end = readme.indexOf(END);
  if (begin < 0 || end < begin) throw new Mendable("README.md has no place for the map.");
  const drawn = readme.slice(0, begin) + draw(await readEdges()) + readme.slice(end + END.length);
  if (drawn === readme) return 0;
  if (process.argv.includes("--check")) {
    throw new Mendable("README.md shows an old map. Run: npm run map");
  }
  await writeFile(README, drawn);
  console.log("README.md shows the new map.");
  return 0;
}

await runTask(drawMap);
