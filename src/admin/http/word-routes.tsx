import { Hono, type Context } from "hono";
import type { SharedWords } from "#catalog";
import { isLocale } from "#kernel";
import { answerProblem, htmlPage, readForm, type WebEnv } from "#web";
import type { Difference } from "../pages/difference-table.tsx";
import { WordLanguagesPage, WordPage } from "../pages/word-page.tsx";
import { overtaken } from "./conflict.ts";
import { readVersion } from "./form-figures.ts";
import { countRows, readRows, writeRows, type Values } from "./form-rows.ts";
import type { FormMistake } from "./price-list-form.ts";
import { queryText, queryWord, type PortsOf } from "./support.ts";

const SPARE_ROWS = 5;
/** Two thousand words of both languages. */
const MAX_WORD_BYTES = 1024 * 1024;

type Shown = {
  readonly shared: SharedWords;
  readonly values: Values;
  readonly mistakes?: readonly FormMistake[];
  readonly differences?: readonly Difference[];
  readonly status?: 200 | 409 | 422;
};

/** What options, values, kinds and filters are called in other languages, for staff: a table for each language. */
export function createWordPages(ports: PortsOf): Hono<WebEnv> {
  const app = new Hono<WebEnv>();
  app.get("/words", async (c) => {
    const locale = queryText(c, "locale") ?? "";
    const shared = await ports(c).model.words(locale);
    if (!isLocale(locale)) return htmlPage(c, <WordLanguagesPage locales={shared.locales} />);
    return show(c, { shared, values: { ...formOf(shared), ...suggested(shared) } });
  });
  app.post("/words", async (c) => {
    const locale = queryText(c, "locale") ?? "";
    const form = await readForm(c, MAX_WORD_BYTES);
    if (!form.ok) return answerProblem(c, form.refusal.problem);
    const { model } = ports(c);
    const rows = readRows(form.value, "word", { parts: ["own", "text"], matters: ["own"] });
    const words = Object.fromEntries(rows.map(({ own, text }) => [own, text]));
    const saved = await model.saveWords({ locale, words }, { expectedVersion: readVersion(form.value) });
    if (saved.ok) return c.redirect(`/admin/words?locale=${locale}&done=saved`, 303);
    if (!isLocale(locale)) return c.redirect("/admin/words", 303);
    const shared = await model.words(locale);
    const values = { version: form.value["version"] ?? "0", ...writeRows("word", rows) };
    if (saved.refusal.code !== "invalid_product")
      return show(c, { shared, ...overtaken(values, formOf(shared)) });
    const mistakes = saved.refusal.errors.map(({ pointer, detail }) => {
      const own = pointer.replace("/words/", "").replaceAll("~1", "/").replaceAll("~0", "~");
      const row = rows.findIndex((one) => one.own === own);
      return { field: `word.${Math.max(0, row)}.text`, message: detail };
    });
    return show(c, { shared, values, mistakes, status: 422 });
  });
  return app;
}

const formOf = ({ words, version }: SharedWords): Values => ({
  version: String(version),
  ...writeRows(
    "word",
    Object.entries(words).map(([own, text]) => ({ own, text })),
  ),
});

/** Rows after those that are there, with the words that wait for a translation. */
const suggested = ({ words, suggestions }: SharedWords): Values =>
  Object.fromEntries(suggestions.map((own, index) => [`word.${Object.keys(words).length + index}.own`, own]));

const show = (
  c: Context<WebEnv>,
  { shared, values, mistakes = [], differences, status = 200 }: Shown,
): Response | Promise<Response> =>
  htmlPage(
    c,
    <WordPage
      shared={shared}
      form={{ values, mistakes }}
      count={countRows(values, "word") + SPARE_ROWS}
      differences={differences}
      isSaved={status === 200 && queryWord(c, "done", ["saved"]) !== undefined}
    />,
    status,
  );
