import { Hono, type Context } from "hono";
import { describeRoute } from "hono-openapi";
import * as z from "zod";
import { isLocale } from "#kernel";
import {
  answerJson,
  answerProblem,
  expectedOf,
  jsonAnswer,
  problemAnswers,
  validate,
  versionEtag,
  type WebEnv,
} from "#web";
import type { ContentStore } from "../app/ports.ts";
import { BLOCK_KINDS } from "../contract.ts";
import { contentProblem } from "./problems.ts";

export type ContentAdminOptions = {
  /** Reached per request, because bindings belong to it. */
  readonly store: (c: Context) => ContentStore;
};

const TAGS = ["Texts"];
const MAX_LOCALE_CHARACTERS = 20;
/** The rules of each field come after it, with words of their own. */
const MAX_TEXT_CHARACTERS = 30_000;
const MAX_BLOCKS = 100;

const text = z.string().max(MAX_TEXT_CHARACTERS);
const inLocale = z.object({
  locale: z
    .string()
    .max(MAX_LOCALE_CHARACTERS)
    .refine(isLocale, "Use a language, such as de, or with a region, such as de-CH.")
    .optional()
    .describe("Such as de; without it, the shop's own language."),
});
const handleParam = z.object({ handle: z.string().min(1).max(200) });
const pageInput = z
  .strictObject({
    title: text,
    description: text.describe("One line for search engines."),
    bodyHtml: text.describe("Paragraphs, h2 headings, lists, links, tables; cleaned when it is saved."),
  })
  .meta({ id: "TextPageInput" });
const languages = z.array(z.string()).describe("Those that it is written in beside the shop's own.");
const pageAnswer = pageInput
  .extend({ handle: z.string(), version: z.int(), languages })
  .meta({ id: "TextPage" });
const block = z
  .strictObject({
    kind: z.enum(BLOCK_KINDS),
    title: text,
    text,
    href: text,
    label: text,
    collection: text,
    pictureUrl: text,
    pictureAlt: text,
  })
  .meta({ id: "HomeBlock" });
const blocks = z.array(block).max(MAX_BLOCKS);
const homeAnswer = z.object({ blocks, version: z.int(), languages }).meta({ id: "HomeBlocks" });
const saved = z.object({ version: z.int() });

/** The pages of text and the blocks of the home page, by language. Mounted under /admin/api. */
export function createContentAdminApi(options: ContentAdminOptions): Hono<WebEnv> {
  const app = new Hono<WebEnv>();
  addPages(app, options);
  addHome(app, options);
  return app;
}

function addPages(app: Hono<WebEnv>, { store }: ContentAdminOptions): void {
  app.get(
    "/content/pages/:handle",
    describeRoute({
      summary: "A page of text in one language",
      description: "The ETag is the version, for If-Match.",
      tags: TAGS,
      responses: { 200: jsonAnswer("The page", pageAnswer), ...problemAnswers(401, 404, 422) },
    }),
    validate("param", handleParam),
    validate("query", inLocale),
    async (c) => {
      const { handle } = c.req.valid("param");
      const found = await store(c).page(handle, c.req.valid("query"));
      if (!found) return answerProblem(c, contentProblem({ code: "page_unknown" }));
      const { title, description, bodyHtml, version } = found;
      const body = { handle, title, description, bodyHtml, version };
      return answerJson(c, { ...body, languages: await store(c).languages(handle) }, versionEtag(version));
    },
  );
  app.put(
    "/content/pages/:handle",
    describeRoute({
      summary: "Write a page of text in one language",
      description: "A language without a page of its own shows the closest one, at last the shop's own.",
      tags: TAGS,
      responses: { 200: jsonAnswer("Saved", saved), ...problemAnswers(400, 401, 412, 413, 415, 422) },
    }),
    validate("param", handleParam),
    validate("query", inLocale),
    validate("json", pageInput),
    async (c) => {
      const { handle } = c.req.valid("param");
      const at = c.req.valid("query");
      const version = await versionFor(c, async () => (await store(c).page(handle, at))?.version);
      const done = await store(c).savePage({ handle, ...c.req.valid("json") }, version, at);
      return done.ok ? answerSaved(c, version + 1) : answerProblem(c, contentProblem(done.refusal));
    },
  );
}

function addHome(app: Hono<WebEnv>, { store }: ContentAdminOptions): void {
  app.get(
    "/content/home",
    describeRoute({
      summary: "The blocks of the home page in one language",
      description: "None while nobody has written them: the shop's own stand. The ETag is the version.",
      tags: TAGS,
      responses: { 200: jsonAnswer("The blocks", homeAnswer), ...problemAnswers(401, 422) },
    }),
    validate("query", inLocale),
    async (c) => {
      const found = await store(c).home(c.req.valid("query"));
      const { blocks: shown = [], version = 0 } = found ?? {};
      const body = { blocks: shown, version, languages: await store(c).languages() };
      return answerJson(c, body, versionEtag(version));
    },
  );
  app.put(
    "/content/home",
    describeRoute({
      summary: "Write the blocks of the home page in one language",
      description: "The whole list as one; it begins with one hero.",
      tags: TAGS,
      responses: { 200: jsonAnswer("Saved", saved), ...problemAnswers(400, 401, 412, 413, 415, 422) },
    }),
    validate("query", inLocale),
    validate("json", z.strictObject({ blocks })),
    async (c) => {
      const at = c.req.valid("query");
      const version = await versionFor(c, async () => (await store(c).home(at))?.version);
      const done = await store(c).saveHome(c.req.valid("json").blocks, version, at);
      return done.ok ? answerSaved(c, version + 1) : answerProblem(c, contentProblem(done.refusal));
    },
  );
}

/** The version that If-Match names; else what stands is replaced. */
const versionFor = async (c: Context, read: () => Promise<number | undefined>): Promise<number> =>
  expectedOf(c).expectedVersion ?? (await read()) ?? 0;

const answerSaved = (c: Context, version: number): Response =>
  answerJson(c, { version }, versionEtag(version));
