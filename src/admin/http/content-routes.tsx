import { Hono, type Context } from "hono";
import {
  BLOCK_KINDS,
  MAX_HOME_BLOCKS,
  type ContentError,
  type ContentRefusal,
  type HomeBlock,
  type InLanguage,
  type TextPageInput,
} from "#content";
import { answerProblem, htmlPage, readForm, type FormFields, type WebEnv } from "#web";
import {
  ContentListPage,
  EMPTY_BLOCK,
  HomeBlocksPage,
  TextPageEditor,
  type BlockForm,
} from "../pages/content-pages.tsx";
import { readVersion } from "./form-figures.ts";
import type { PortsOf } from "./support.ts";

/** Empty places for further blocks below those that there are. */
const SPARE_BLOCKS = 2;

/** What staff write: the home page's blocks and pages of text. Works without script. */
export function createContentPages(ports: PortsOf): Hono<WebEnv> {
  const app = new Hono<WebEnv>();
  app.get("/content", async (c) => htmlPage(c, <ContentListPage pages={await ports(c).content.pages()} />));
  app.get("/content/home", async (c) => {
    const at = languageOf(c.req.query("locale"));
    const home = await ports(c).content.home(at);
    return showHome(c, ports, { ...at, blocks: home?.blocks ?? [], version: home?.version ?? 0 });
  });
  app.post("/content/home", async (c) => {
    const form = await readForm(c);
    if (!form.ok) return answerProblem(c, form.refusal.problem);
    const at = languageOf(form.value["locale"]);
    const blocks = blocksOf(form.value);
    const version = readVersion(form.value);
    const saved = await ports(c).content.saveHome(blocks, version, at);
    if (saved.ok) return c.redirect(savedAt("/admin/content/home", at), 303);
    return showHome(c, ports, { ...at, blocks, version, errors: errorsOf(saved.refusal, "kind-0") });
  });
  app.get("/content/pages/:handle", async (c) => {
    const { content } = ports(c);
    const at = languageOf(c.req.query("locale"));
    const handle = c.req.param("handle");
    const page = await content.page(handle, at);
    // In another language a page has the address that it has.
    const input = page ?? { ...EMPTY_PAGE, handle: at.locale === undefined ? "" : handle };
    return showPage(c, ports, { ...at, page: input, version: page?.version ?? 0 });
  });
  app.post("/content/pages", async (c) => {
    const form = await readForm(c);
    if (!form.ok) return answerProblem(c, form.refusal.problem);
    const at = languageOf(form.value["locale"]);
    const input = pageOf(form.value);
    const version = readVersion(form.value);
    const saved = await ports(c).content.savePage(input, version, at);
    if (saved.ok) return c.redirect(savedAt(`/admin/content/pages/${input.handle.trim()}`, at), 303);
    return showPage(c, ports, { ...at, page: input, version, errors: errorsOf(saved.refusal, "handle") });
  });
  return app;
}

const EMPTY_PAGE = { handle: "", title: "", description: "", bodyHtml: "" };

/** The language that is named; none is the shop's own. */
const languageOf = (text = ""): InLanguage => (text.trim() === "" ? {} : { locale: text.trim() });

const savedAt = (path: string, { locale }: InLanguage): string =>
  `${path}?${new URLSearchParams({ saved: "yes", ...(locale === undefined ? {} : { locale }) }).toString()}`;

type Shown = InLanguage & { readonly version: number; readonly errors?: readonly ContentError[] };

async function showPage(
  c: Context<WebEnv>,
  ports: PortsOf,
  { page, errors = [], ...shown }: Shown & { readonly page: TextPageInput },
): Promise<Response> {
  const languages = page.handle === "" ? [] : await ports(c).content.languages(page.handle);
  const isSaved = c.req.query("saved") !== undefined && errors.length === 0;
  const editor = <TextPageEditor {...shown} {...{ page, languages, errors, isSaved }} />;
  return htmlPage(c, editor, errors.length > 0 ? 422 : 200);
}

async function showHome(
  c: Context<WebEnv>,
  ports: PortsOf,
  { blocks, errors = [], ...shown }: Shown & { readonly blocks: readonly HomeBlock[] },
): Promise<Response> {
  const spare = Math.min(SPARE_BLOCKS, Math.max(0, MAX_HOME_BLOCKS - blocks.length));
  const places: readonly BlockForm[] = [...blocks, ...Array.from({ length: spare }, () => EMPTY_BLOCK)];
  const languages = await ports(c).content.languages();
  const isSaved = c.req.query("saved") !== undefined && errors.length === 0;
  const page = <HomeBlocksPage {...shown} {...{ blocks: places, languages, errors, isSaved }} />;
  return htmlPage(c, page, errors.length > 0 ? 422 : 200);
}

/** The blocks of the form, by the numbers that stand before them; a block without a kind is left out. */
function blocksOf(fields: FormFields): readonly HomeBlock[] {
  const places = Array.from({ length: MAX_HOME_BLOCKS }, (_, index) => {
    const read = (name: string): string => fields[`${name}-${index}`] ?? "";
    const kind = BLOCK_KINDS.find((known) => known === read("kind"));
    const place = /^\d{1,3}$/.test(read("place").trim()) ? Number(read("place")) : index + 1;
    return kind === undefined
      ? undefined
      : {
          place,
          block: {
            kind,
            title: read("title"),
            text: read("text").replace(/\r\n/g, "\n"),
            href: read("href"),
            label: read("label"),
            collection: read("collection"),
            pictureUrl: read("pictureUrl"),
            pictureAlt: read("pictureAlt"),
          },
        };
  });
  return places
    .flatMap((entry) => (entry === undefined ? [] : [entry]))
    .sort((left, right) => left.place - right.place)
    .map(({ block }) => block);
}

const pageOf = (fields: FormFields): TextPageInput => ({
  handle: fields["handle"] ?? "",
  title: fields["title"] ?? "",
  description: fields["description"] ?? "",
  bodyHtml: fields["bodyHtml"] ?? "",
});

const errorsOf = (refusal: ContentRefusal, field: string): readonly ContentError[] =>
  refusal.code === "invalid_content"
    ? refusal.errors
    : [{ field, message: "Somebody else changed it meanwhile, or it exists already. Open it again." }];
