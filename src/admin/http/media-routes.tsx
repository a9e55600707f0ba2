import { Hono, type Context } from "hono";
import { addMedia, describeMedia, type MediaFile } from "#catalog";
import { answerProblem, formDataOf, htmlPage, readBytes, readForm, type FormFields, type WebEnv } from "#web";
import { MediaFilePage, MediaListPage, pressedSize, type MediaForm } from "../pages/media-pages.tsx";
import { NotHerePage } from "../pages/not-here-page.tsx";
import { cursored, paged, type PortsOf } from "./support.ts";

/** Bytes of an upload: the picture's own limit and room for the form around it. */
const MAX_UPLOAD_BYTES = 10_600_000;
const MAX_ALT_CHARACTERS = 1_000;
const PER_CENT = /^(?:\d{1,2}|100)$/;

/** The library of pictures: upload, what each shows, what must stay in view. Works without script. */
export function createMediaPages(ports: PortsOf): Hono<WebEnv> {
  const app = new Hono<WebEnv>();
  app.get("/media", (c) => showList(c, ports));
  app.post("/media", (c) => upload(c, ports));
  app.get("/media/:name", async (c) => {
    const file = await ports(c).media.library.find(c.req.param("name"));
    return file === undefined ? notHere(c) : showFile(c, file);
  });
  app.post("/media/:name", async (c) => {
    const file = await ports(c).media.library.find(c.req.param("name"));
    if (file === undefined) return notHere(c);
    const form = await readForm(c);
    return form.ok ? save(c, ports, { file, fields: form.value }) : answerProblem(c, form.refusal.problem);
  });
  return app;
}

const notHere = (c: Context<WebEnv>) =>
  htmlPage(c, <NotHerePage what="picture" backHref="/admin/media" />, 404);

async function showList(c: Context<WebEnv>, ports: PortsOf, error?: string): Promise<Response> {
  const { rows, nextHref, firstHref } = paged(c, await ports(c).media.library.list(cursored(c)));
  const errors = error === undefined ? [] : [{ field: "file", message: error }];
  const page = <MediaListPage files={rows} nextHref={nextHref} firstHref={firstHref} errors={errors} />;
  return htmlPage(c, page, error === undefined ? 200 : 422);
}

async function upload(c: Context<WebEnv>, ports: PortsOf): Promise<Response> {
  const body = await readBytes(c, MAX_UPLOAD_BYTES);
  if (!body.ok) return showList(c, ports, "Choose a picture of at most 10 MB.");
  const form = await formDataOf(c, body.value);
  const file = form?.get("file");
  const alt = form?.get("alt");
  if (!(file instanceof File) || file.size === 0) return showList(c, ports, "Choose a picture.");
  const bytes = new Uint8Array(await file.arrayBuffer());
  const added = await addMedia(ports(c).media, bytes, typeof alt === "string" ? alt : "");
  if (added.ok) return c.redirect(`/admin/media/${added.value.name}`, 303);
  return showList(
    c,
    ports,
    added.refusal.code === "media_refused" ? added.refusal.detail : "Choose a picture.",
  );
}

type Shown = { readonly form?: MediaForm; readonly errors?: readonly { field: string; message: string }[] };

function showFile(c: Context<WebEnv>, file: MediaFile, { form, errors = [] }: Shown = {}) {
  const shown = form ?? { alt: file.alt, focalX: String(file.focalX), focalY: String(file.focalY) };
  const isSaved = c.req.query("saved") !== undefined && errors.length === 0;
  const page = <MediaFilePage file={file} form={shown} errors={errors} isSaved={isSaved} />;
  return htmlPage(c, page, errors.length > 0 ? 422 : 200);
}

type Sent = { readonly file: MediaFile; readonly fields: FormFields };

async function save(c: Context<WebEnv>, ports: PortsOf, { file, fields }: Sent): Promise<Response> {
  const form = formOf(fields, file);
  const errors = [
    ...(form.alt.length > MAX_ALT_CHARACTERS
      ? [{ field: "alt", message: `Shorten the text to ${MAX_ALT_CHARACTERS} characters.` }]
      : []),
    ...(["focalX", "focalY"] as const).flatMap((field) =>
      PER_CENT.test(form[field]) ? [] : [{ field, message: "Enter a whole number from 0 to 100." }],
    ),
  ];
  if (errors.length > 0) return showFile(c, file, { form, errors });
  const words = { alt: form.alt, focalX: Number(form.focalX), focalY: Number(form.focalY) };
  const described = await describeMedia(ports(c).media, file.name, words);
  return described.ok ? c.redirect(`/admin/media/${file.name}?saved=yes`, 303) : notHere(c);
}

/**
 * The picture itself is a button of the form: a browser sends the place that was pressed as `point.x` and `point.y`, in
 * pixels of the picture as it is shown.
 */
function formOf(fields: FormFields, file: MediaFile): MediaForm {
  const typed = {
    alt: fields["alt"] ?? "",
    focalX: (fields["focalX"] ?? "").trim(),
    focalY: (fields["focalY"] ?? "").trim(),
  };
  const [x, y] = [fields["point.x"], fields["point.y"]];
  if (x === undefined || y === undefined) return typed;
  const { width, height } = pressedSize(file);
  const perCent = (value: string, whole: number): string =>
    String(Math.min(100, Math.max(0, Math.round((Number(value) / whole) * 100) || 0)));
  return { ...typed, focalX: perCent(x, width), focalY: perCent(y, height) };
}
