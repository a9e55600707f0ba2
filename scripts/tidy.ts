import { readFile } from "node:fs/promises";
import { basename, extname } from "node:path";
import { runTask } from "./lib/fail.ts";
import { capture } from "./lib/run.ts";

// House rules that need only a look at the text. Each has a name, the files it looks at, and what it must not find.

type TextRule = {
  readonly says: string;
  readonly looksAt: (path: string) => boolean;
  readonly refuses: RegExp;
};

const isCode = (path: string): boolean => /\.(ts|tsx|mjs)$/.test(path) && !path.endsWith(".d.ts");
const isOurs = (path: string): boolean => !path.startsWith("scripts/tidy.ts");

const TEXT_RULES: readonly TextRule[] = [
  {
    says: "switching a lint rule off needs its reason: `-- because …`",
    looksAt: isCode,
    refuses: /eslint-disable(?!.* -- \S).*$/m,
  },
  {
    says: "an open end is an issue, not a comment in the code",
    looksAt: isCode,
    refuses: /\b(TODO|FIXME|XXX)\b/,
  },
  {
    says: "a test that is switched off tests nothing",
    looksAt: isCode,
    refuses: /\b(it|test|describe)\.(only|todo)\(/,
  },
  {
    says: "logical properties (inline-start, inline-end), so that pages can run from right to left",
    looksAt: (path) => path.endsWith(".css"),
    refuses: /^\s*(margin|padding|border|inset)?-?(left|right)\s*:/m,
  },
  {
    says: "every table is STRICT",
    looksAt: (path) => /^migrations\/.*\.sql$/.test(path),
    refuses:
      /CREATE TABLE(?:(?!\n\)|;)[\s\S])*\n\)(?!\s*(?:STRICT|WITHOUT ROWID,\s*STRICT|STRICT,\s*WITHOUT ROWID))\s*;/i,
  },
  { says: "no path of one machine", looksAt: () => true, refuses: /\/(home|Users|work)\/[a-z]+\// },
];

const KEBAB_CASE = /^[.a-z0-9]+(-[a-z0-9]+)*(\.[a-z0-9-]+)*$/;

async function tidy(): Promise<number> {
  const listed = await capture("git", ["ls-files", "--cached", "--others", "--exclude-standard"]);
  const paths = listed.output.split("\n").filter((path) => path !== "" && isOurs(path));
  const findings = [...namesNotInKebabCase(paths), ...modulesWithoutReadme(paths)];
  for (const path of paths) findings.push(...(await lookAt(path)));
  for (const finding of findings) console.error(finding);
  return findings.length === 0 ? 0 : 1;
}

async function lookAt(path: string): Promise<readonly string[]> {
  const rules = TEXT_RULES.filter((rule) => rule.looksAt(path));
  if (!TEXT_FILES.has(extname(path)) || rules.length === 0) return [];
  const text = await readFile(path, "utf8").catch(() => "");
  return rules.flatMap((rule) => {
    const match = rule.refuses.exec(text);
    return match ? [`${path}:${text.slice(0, match.index).split("\n").length}: ${rule.says}`] : [];
  });
}

const TEXT_FILES = new Set([".ts", ".tsx", ".mjs", ".css", ".sql", ".md", ".toml", ".json", ".svg", ".html"]);

const namesNotInKebabCase = (paths: readonly string[]): readonly string[] =>
  paths
    .filter((path) => /^(src|durable-objects|workers|scripts|bench|test)\//.test(path) && isCode(path))
    .filter((path) => !KEBAB_CASE.test(basename(path)))
    .map((path) => `${path}: file names are in kebab-case`);

function modulesWithoutReadme(paths: readonly string[]): readonly string[] {
  const modules = new Set(paths.flatMap((path) => /^src\/([^/]+)\/index\.ts$/.exec(path)?.[1] ?? []));
  return [...modules]
    .filter((module) => !paths.includes(`src/${module}/README.md`))
    .map((module) => `src/${module}: every module says in its README.md what it owns and guards`);
}

await runTask(tidy);
