import type { Bug } from "./bug.ts";
import { BUGS } from "./bugs.ts";

/** How often `text` stands in `code`. */
export const occurrences = (code: string, text: string): number => code.split(text).length - 1;

/** The source with the bug in it; throws when the place is not there or not the only one. */
export function plant(code: string, bug: Bug): string {
  const found = occurrences(code, bug.find);
  if (found !== 1)
    throw new Error(`The place of the planted bug ${bug.name} was found ${found} times in ${bug.file}.`);
  return code.replace(bug.find, () => bug.replace);
}

/** The bug of this name; throws for an unknown one, so that a typing error does not look like a survivor. */
export function bugCalled(name: string): Bug {
  const bug = BUGS.find((each) => each.name === name);
  if (!bug) throw new Error(`There is no planted bug called ${name}.`);
  return bug;
}

/** The Vite plugin that plants the bug named by TOOTH while its file is loaded; none without TOOTH. */
export function toothPlugin(): {
  name: string;
  enforce: "pre";
  transform(code: string, id: string): string | undefined;
}[] {
  const name = process.env["TOOTH"];
  if (name === undefined || name === "") return [];
  const bug = bugCalled(name);
  return [
    {
      name: `planted bug: ${name}`,
      enforce: "pre",
      transform: (code, id) =>
        id.split("?", 1)[0]?.endsWith(`/${bug.file}`) === true ? plant(code, bug) : undefined,
    },
  ];
}
