import { ok, refuse, slugify, type Result } from "#kernel";
import {
  BLOCK_KINDS,
  type ContentError,
  type ContentRefusal,
  type HomeBlock,
  type TextPageInput,
} from "../contract.ts";
import {
  MAX_BLOCK_TEXT_CHARACTERS,
  MAX_BODY_CHARACTERS,
  MAX_DESCRIPTION_CHARACTERS,
  MAX_HANDLE_CHARACTERS,
  MAX_HOME_BLOCKS,
  MAX_HREF_CHARACTERS,
  MAX_TITLE_CHARACTERS,
} from "./limits.ts";

const HANDLE = /^[a-z0-9](?:[a-z0-9-]*[a-z0-9])?$/;

/** A path of this shop (never `//host`), or an https address. */
const isAddress = (text: string): boolean =>
  text.length <= MAX_HREF_CHARACTERS &&
  (/^\/(?:[^/\\\s]\S*)?$/.test(text) || /^https:\/\/[^\s@]+$/.test(text));

type Section = TextSections["sections"][number];
export type TextSections = {
  readonly bodyHtml: string;
  readonly sections: readonly { readonly id: string; readonly title: string }[];
};

/** Gives each h2 of clean HTML an id made of its words, and lists them; the same words get a number behind. */
export function nameSections(cleanHtml: string): TextSections {
  const sections: Section[] = [];
  const bodyHtml = cleanHtml.replace(/<h2(?:\s[^>]*)?>(.*?)<\/h2>/gs, (_whole, inner: string) => {
    const title = inner.replace(/<[^>]*>/g, "").trim();
    const base = slugify(title.replace(/&[a-z0-9#]+;/g, " ")) || "section";
    const same = sections.filter(({ id }) => id === base || id.startsWith(`${base}--`)).length;
    const id = same === 0 ? base : `${base}--${same + 1}`;
    sections.push({ id, title });
    return `<h2 id="${id}">${inner}</h2>`;
  });
  return { bodyHtml, sections };
}

const isBetween = (text: string, least: number, most: number): boolean =>
  text.length >= least && text.length <= most;

/** Checks a page of text; what comes back is trimmed. */
export function readTextPage(input: TextPageInput): Result<TextPageInput, ContentRefusal> {
  const page = {
    handle: input.handle.trim(),
    title: input.title.trim(),
    description: input.description.trim(),
    bodyHtml: input.bodyHtml,
  };
  const rules: readonly (readonly [field: string, isRight: boolean, message: string])[] = [
    [
      "handle",
      HANDLE.test(page.handle) && page.handle.length <= MAX_HANDLE_CHARACTERS,
      "Enter small letters, digits and hyphens.",
    ],
    ["title", isBetween(page.title, 1, MAX_TITLE_CHARACTERS), "Enter a title of at most 120 characters."],
    [
      "description",
      isBetween(page.description, 0, MAX_DESCRIPTION_CHARACTERS),
      "Shorten it to 300 characters.",
    ],
    [
      "bodyHtml",
      isBetween(page.bodyHtml, 1, MAX_BODY_CHARACTERS),
      "Enter a text of at most 24,000 characters.",
    ],
  ];
  const errors = rules.flatMap(([field, isRight, message]) => (isRight ? [] : [{ field, message }]));
  return errors.length === 0 ? ok(page) : refuse({ code: "invalid_content", errors });
}

function blockErrors(block: HomeBlock, index: number): readonly ContentError[] {
  const at = (name: string): string => `${name}-${index}`;
  const needsTitle = block.kind !== "seed";
  const rules: readonly (readonly [field: string, isRight: boolean, message: string])[] = [
    [
      at("title"),
      isBetween(block.title, needsTitle ? 1 : 0, MAX_TITLE_CHARACTERS),
      "Enter a title of at most 120 characters.",
    ],
    [at("text"), block.text.length <= MAX_BLOCK_TEXT_CHARACTERS, "Shorten it to 1,000 characters."],
    [at("href"), block.href === "" || isAddress(block.href), "Enter a path like /collections/prints."],
    [
      at("label"),
      block.href === "" || isBetween(block.label, 1, MAX_TITLE_CHARACTERS),
      "Say what the link opens.",
    ],
    [
      at("collection"),
      block.kind === "collection"
        ? HANDLE.test(block.collection)
        : block.collection === "" || HANDLE.test(block.collection),
      "Enter the handle of a collection.",
    ],
    [
      at("pictureUrl"),
      block.pictureUrl === "" || /^\/media\/[a-z0-9-]+\.[a-z]+$/.test(block.pictureUrl),
      "Enter the path of an uploaded picture, like /media/heron-room.svg.",
    ],
  ];
  return rules.flatMap(([field, isRight, message]) => (isRight ? [] : [{ field, message }]));
}

/** Checks the blocks of the home page. There is one hero at most, and it stands first, because it holds the page's h1. */
export function readHomeBlocks(blocks: readonly HomeBlock[]): Result<readonly HomeBlock[], ContentRefusal> {
  const trimmed = blocks.map((block) => ({
    ...block,
    title: block.title.trim(),
    text: block.text.trim(),
    href: block.href.trim(),
    label: block.label.trim(),
    collection: block.collection.trim(),
    pictureUrl: block.pictureUrl.trim(),
    pictureAlt: block.pictureAlt.trim().slice(0, MAX_BLOCK_TEXT_CHARACTERS),
  }));
  const errors: ContentError[] = trimmed.flatMap(blockErrors);
  if (trimmed.length > MAX_HOME_BLOCKS) errors.push({ field: "kind-0", message: "Use at most 12 blocks." });
  const heroes = trimmed.filter(({ kind }) => kind === "hero").length;
  if (heroes !== 1 || trimmed[0]?.kind !== "hero")
    errors.push({ field: "kind-0", message: "Begin with one hero: it holds the page's heading." });
  if (trimmed.some(({ kind }) => !BLOCK_KINDS.includes(kind)))
    errors.push({ field: "kind-0", message: "Choose one of the kinds." });
  return errors.length === 0 ? ok(trimmed) : refuse({ code: "invalid_content", errors });
}
