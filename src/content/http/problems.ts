import { unreachable, type Problem } from "#kernel";
import type { ProblemTypeEntry } from "#web";
import type { ContentRefusal } from "../contract.ts";

/** Every refusal of the texts as a problem document. */
export function contentProblem(refusal: ContentRefusal | { readonly code: "page_unknown" }): Problem {
  switch (refusal.code) {
    case "invalid_content":
      return {
        type: "/problems/content/invalid-content",
        title: "Some fields need another value",
        status: 422,
        detail: "Nothing was changed.",
        errors: refusal.errors.map(({ field, message }) => ({ pointer: pointerOf(field), detail: message })),
      };
    case "version_conflict":
      return {
        type: "/problems/content/version-conflict",
        title: "Somebody else saved first",
        status: 412,
        detail: "Read it again, repeat your change on what you find, and send its ETag as If-Match.",
      };
    case "page_unknown":
      return {
        type: "/problems/content/page-unknown",
        title: "No such text",
        status: 404,
        detail: "Nothing is written under this handle in this language.",
      };
    default:
      return unreachable(refusal, "contentProblem");
  }
}

/** `title-2` of the home page is the title of its third block; the language stands in the query. */
function pointerOf(field: string): string {
  if (field === "locale") return "/query/locale";
  const [, name, index] = /^(\w+)-(\d+)$/.exec(field) ?? [];
  return name === undefined || index === undefined ? `/${field}` : `/blocks/${index}/${name}`;
}

/** What these problems mean, for the pages behind their addresses. */
export const CONTENT_PROBLEM_TYPES: readonly ProblemTypeEntry[] = [
  {
    type: "/problems/content/invalid-content",
    title: "Some fields need another value",
    status: 422,
    meaning:
      "A text is missing or too long, an address leads nowhere safe, or the blocks do not begin with a hero.",
    remedy: "Mend the fields that errors names and send the whole document again.",
  },
  {
    type: "/problems/content/version-conflict",
    title: "Somebody else saved first",
    status: 412,
    meaning: "The document was changed after the version that If-Match names, or during this request.",
    remedy: "Read it again and repeat the change with its new ETag.",
  },
  {
    type: "/problems/content/page-unknown",
    title: "No such text",
    status: 404,
    meaning: "Nothing is written under this handle in this language; the shop may show another language.",
    remedy: "Look at the address, or write the page with PUT.",
  },
];
