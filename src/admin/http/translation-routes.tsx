import { Hono, type Context } from "hono";
import { TRANSLATED_ENTITIES, type TranslatedThing } from "#catalog";
import { isLocale } from "#kernel";
import { answerProblem, htmlPage, readForm, type WebEnv } from "#web";
import { NotHerePage } from "../pages/not-here-page.tsx";
import { TranslationPage } from "../pages/translation-page.tsx";
import { readVersion } from "./form-figures.ts";
import type { FormMistake } from "./read-product-form.ts";
import { queryText, queryWord, type PortsOf } from "./support.ts";

const MAX_TRANSLATION_BYTES = 1024 * 1024;
const PREFIX = "text.";

type Shown = {
  readonly thing: TranslatedThing;
  readonly locale: string;
  /** What was typed; else what is stored. */
  readonly typed?: Readonly<Record<string, string>>;
  readonly mistakes?: readonly FormMistake[];
  readonly status?: 200 | 409 | 422;
};

/** The texts of a product, collection or type, beside their translation into one language. */
export function createTranslationPages(ports: PortsOf): Hono<WebEnv> {
  const app = new Hono<WebEnv>();
  app.get("/translations/:entity/:key", (c) => {
    const thing = thingOf(c.req.param());
    return thing ? show(c, ports, { thing, locale: queryText(c, "locale") ?? "" }) : notHere(c);
  });
  app.post("/translations/:entity/:key", async (c) => {
    const thing = thingOf(c.req.param());
    if (!thing) return notHere(c);
    const form = await readForm(c, MAX_TRANSLATION_BYTES);
    if (!form.ok) return answerProblem(c, form.refusal.problem);
    const locale = (form.value["locale"] ?? "").trim();
    const typed = Object.fromEntries(
      Object.entries(form.value).flatMap(([name, text]) =>
        name.startsWith(PREFIX) ? [[name.slice(PREFIX.length), text]] : [],
      ),
    );
    const expectedVersion = readVersion(form.value);
    const saved = await ports(c).model.saveTranslation(
      { ...thing, locale, fields: typed },
      { expectedVersion },
    );
    if (saved.ok) return c.redirect(`${pathOf(thing)}?locale=${locale}&done=saved`, 303);
    if (saved.refusal.code === "version_conflict") {
      const message =
        "Somebody else saved this language first. What you typed is still here; save again to keep it.";
      return show(c, ports, { thing, locale, typed, mistakes: [{ field: "locale", message }], status: 409 });
    }
    if (saved.refusal.code !== "invalid_product") return notHere(c);
    const mistakes = saved.refusal.errors.map(({ pointer, detail }) => ({
      field: pointer.startsWith("/fields/")
        ? PREFIX + pointer.slice("/fields/".length).replaceAll("~1", "/").replaceAll("~0", "~")
        : "locale",
      message: detail,
    }));
    return show(c, ports, { thing, locale, typed, mistakes, status: 422 });
  });
  return app;
}

const pathOf = ({ entity, key }: TranslatedThing): string =>
  `/admin/translations/${entity}/${encodeURIComponent(key)}`;

function thingOf({
  entity,
  key,
}: {
  readonly entity: string;
  readonly key: string;
}): TranslatedThing | undefined {
  const known = TRANSLATED_ENTITIES.find((each) => each === entity);
  return known && { entity: known, key };
}

const notHere = (c: Context<WebEnv>) =>
  htmlPage(c, <NotHerePage what="text" backHref="/admin/products" />, 404);

async function show(
  c: Context<WebEnv>,
  ports: PortsOf,
  { thing, locale, typed, mistakes = [], status = 200 }: Shown,
): Promise<Response> {
  const sheet = await ports(c).model.translations(thing);
  if (!sheet.ok) return notHere(c);
  const stored = sheet.value.translations.find((translation) => translation.locale === locale);
  const page = (
    <TranslationPage
      sheet={sheet.value}
      path={pathOf(thing)}
      locale={isLocale(locale) ? locale : ""}
      version={stored?.version ?? 0}
      texts={typed ?? stored?.fields ?? {}}
      mistakes={mistakes}
      isSaved={queryWord(c, "done", ["saved"]) !== undefined && status === 200}
    />
  );
  return htmlPage(c, page, status);
}
