import { Hono, type Context } from "hono";
import {
  BLOCK_KINDS,
  MAX_HOME_BLOCKS,
  type ContentError,
  type ContentRefusal,
  type HomeBlock,
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
    const home = await ports(c).content.home();
    return showHome(c, { blocks: home?.blocks ?? [], version: home?.version ?? 0 });
  });
  app.post("/content/home", async (c) => {
    const form = await readForm(c);
    if (!form.ok) return answerProblem(c, form.refusal.problem);
    const blocks = blocksOf(form.value);
    const version = readVersion(form.value);
    const saved = await ports(c).content.saveHome(blocks, version);
    if (saved.ok) return c.redirect("/admin/content/home?saved=yes", 303);
    return showHome(c, { blocks, version }, errorsOf(saved.refusal, "kind-0"));
  });
  app.get("/content/pages/:handle", async (c) => {
    const page = await ports(c).content.page(c.req.param("handle"));
    const isSaved = c.req.query("saved") !== undefined;
    const input = page ?? { handle: "", title: "", description: "", bodyHtml: "" };
    return htmlPage(
      c,
      <TextPageEditor page={input} version={page?.version ?? 0} errors={[]} isSaved={isSaved} />,
    );
  });
  app.post("/content/pages", async (c) => {
    const form = await readForm(c);
    if (!form.ok) return answerProblem(c, form.refusal.problem);
    const input = pageOf(form.value);
    const version = readVersion(form.value);
    const saved = await ports(c).content.savePage(input, version);
    if (saved.ok) return c.redirect(`/admin/content/pages/${input.handle.trim()}?saved=yes`, 303);
    const errors = errorsOf(saved.refusal, "handle");
    return htmlPage(
      c,
      <TextPageEditor page={input} version={version} errors={errors} isSaved={false} />,
      422,
    );
  });
  return app;
}

type Shown = { readonly blocks: readonly HomeBlock[]; readonly version: number };

function showHome(c: Context<WebEnv>, { blocks, version }: Shown, errors: readonly ContentError[] = []) {
  const spare = Math.min(SPARE_BLOCKS, Math.max(0, MAX_HOME_BLOCKS - blocks.length));
  const places: readonly BlockForm[] = [...blocks, ...Array.from({ length: spare }, () => EMPTY_BLOCK)];
  const isSaved = c.req.query("saved") !== undefined && errors.length === 0;
  const page = <HomeBlocksPage blocks={places} version={version} errors={errors} isSaved={isSaved} />;
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
