import type { Context, Hono } from "hono";
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
import type { CatalogModelDesk } from "../app/model-ports.ts";
import { MAX_LOCALE_CHARACTERS } from "../domain/limits.ts";
import { catalogProblem } from "./problems.ts";

const TAGS = ["Catalogue"];
/** The bounds of one word and of the list come after these, with sentences of their own. */
const MAX_WORD_CHARACTERS = 1_000;
const MAX_WORDS = 10_000;
const words = z
  .array(
    z.strictObject({
      word: z
        .string()
        .max(MAX_WORD_CHARACTERS)
        .describe("In the shop's own language, such as Colour or Oak; capitals do not matter."),
      text: z.string().max(MAX_WORD_CHARACTERS).describe("What it is called; empty leaves it out."),
    }),
  )
  .max(MAX_WORDS);
const wordsInput = z.strictObject({ words }).meta({ id: "SharedWordsInput" });
const wordsAnswer = z
  .object({
    locale: z.string(),
    words,
    version: z.int(),
    locales: z.array(z.string()).describe("Every language that has such words."),
    suggestions: z.array(z.string()).describe("Words of the latest products that have none yet."),
  })
  .meta({ id: "SharedWords" });
const localeParam = z.object({
  locale: z
    .string()
    .max(MAX_LOCALE_CHARACTERS)
    .refine(isLocale, "Use a language, such as de, or with a region, such as de-CH.")
    .describe("Such as de or de-CH."),
});

type WordRoutesOptions = { readonly desk: (c: Context) => Pick<CatalogModelDesk, "words" | "saveWords"> };

/** What options, values, kinds and filters are called in a language, once for the whole shop. */
export function addSharedWords(app: Hono<WebEnv>, { desk }: WordRoutesOptions): void {
  app.get(
    "/words/:locale",
    describeRoute({
      summary: "What options, values, kinds and filters are called in a language",
      description: "For the whole shop; a product's own translation goes before it. The ETag is the version.",
      tags: TAGS,
      responses: { 200: jsonAnswer("The words", wordsAnswer), ...problemAnswers(401, 422) },
    }),
    validate("param", localeParam),
    async (c) => {
      const found = await desk(c).words(c.req.valid("param").locale);
      const list = Object.entries(found.words).map(([word, text]) => ({ word, text }));
      return answerJson(c, { ...found, words: list }, versionEtag(found.version));
    },
  );
  app.put(
    "/words/:locale",
    describeRoute({
      summary: "Replace these words of one language",
      description:
        "The whole list as one; an empty text leaves a word out. Filters and choosers follow at once, the titles of cart lines within minutes in a large shop.",
      tags: TAGS,
      responses: {
        200: jsonAnswer("Saved", z.object({ version: z.int() })),
        ...problemAnswers(400, 401, 412, 413, 415, 422),
      },
    }),
    validate("param", localeParam),
    validate("json", wordsInput),
    async (c) => {
      const list = c.req.valid("json").words;
      const input = {
        ...c.req.valid("param"),
        words: Object.fromEntries(list.map(({ word, text }) => [word, text])),
      };
      const saved = await desk(c).saveWords(input, expectedOf(c));
      if (!saved.ok) return answerProblem(c, catalogProblem(saved.refusal));
      return answerJson(c, saved.value, versionEtag(saved.value.version));
    },
  );
}
