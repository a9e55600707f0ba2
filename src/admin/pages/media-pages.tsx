import type { MediaFile } from "#catalog";
import { ErrorSummary, Field, Notice, Picture, pictureUrl, type SummaryError } from "#web";
import { AdminPage } from "./admin-page.tsx";

export type MediaForm = { readonly alt: string; readonly focalX: string; readonly focalY: string };

/** Longest side of the picture that is pressed, in pixels; it fits on the narrowest phone. */
const PRESSED_PIXELS = 272;
const MAX_ALT_CHARACTERS = 1_000;
const BYTES_PER_KB = 1_024;

/** The picture that is pressed stands at this size exactly, so that the place can be counted in its pixels. */
export function pressedSize({ width, height }: Pick<MediaFile, "width" | "height">): {
  readonly width: number;
  readonly height: number;
} {
  const scale = Math.min(1, PRESSED_PIXELS / Math.max(width, height));
  return { width: Math.max(1, Math.round(width * scale)), height: Math.max(1, Math.round(height * scale)) };
}

export type MediaListModel = {
  readonly files: readonly MediaFile[];
  readonly nextHref: string | undefined;
  readonly firstHref: string | undefined;
  readonly errors: readonly SummaryError[];
};

/** Uploaded pictures, newest first, and the form for another. */
export const MediaListPage = ({ files, nextHref, firstHref, errors }: MediaListModel) => (
  <AdminPage title={`${errors.length > 0 ? "Error: " : ""}Pictures`} section="/admin/media">
    <ErrorSummary errors={errors} />
    <h1>Pictures</h1>
    <form class="desk-form" action="/admin/media" method="post" enctype="multipart/form-data" novalidate>
      <div class="field">
        <label for="file">Picture</label>
        <p class="hint" id="file-hint">
          JPEG, PNG, WebP, AVIF or SVG, at most 10 MB. Smaller sizes are made by themselves.
        </p>
        {errors[0] && <p class="field-error">{errors[0].message}</p>}
        <input
          id="file"
          name="file"
          type="file"
          accept="image/jpeg,image/png,image/webp,image/avif,image/svg+xml"
          aria-describedby="file-hint"
        />
      </div>
      <Field name="alt" label="What it shows" maxLength={MAX_ALT_CHARACTERS} />
      <p>
        <button class="button" type="submit">
          Upload
        </button>
      </p>
    </form>
    {files.length === 0 ? (
      <p class="hint">Nothing is uploaded yet.</p>
    ) : (
      <ul class="media-grid">
        {files.map((file) => (
          <li>
            <a href={`/admin/media/${file.name}`}>
              <Picture
                picture={file}
                sizes="10rem"
                class="media-thumb"
                alt={file.alt === "" ? file.name : ""}
              />
              <span class="hint">{file.alt === "" ? "No words yet" : file.alt}</span>
            </a>
          </li>
        ))}
      </ul>
    )}
    <p class="links-row">
      {firstHref && <a href={firstHref}>To the newest</a>}
      {nextHref && <a href={nextHref}>Older pictures</a>}
    </p>
  </AdminPage>
);

export type MediaFileModel = {
  readonly file: MediaFile;
  readonly form: MediaForm;
  readonly errors: readonly SummaryError[];
  readonly isSaved: boolean;
};

/** One picture: its words, what must stay in view, and how it looks when it is cut. */
export const MediaFilePage = ({ file, form, errors, isSaved }: MediaFileModel) => (
  <AdminPage title={`${errors.length > 0 ? "Error: " : ""}Picture`} section="/admin/media">
    <ErrorSummary errors={errors} />
    <h1>Picture</h1>
    {isSaved && (
      <Notice tone="good" role="status">
        <p>Saved. Products and collections that show it follow within seconds.</p>
      </Notice>
    )}
    <p class="hint">
      <bdi>{file.url}</bdi>, {file.width} × {file.height} pixels, {Math.ceil(file.bytes / BYTES_PER_KB)} KB
    </p>
    <div class="desk-columns">
      <div class="desk-stack">
        <WordsForm form={form} errors={errors} />
      </div>
      <aside aria-label="What must stay in view">
        <h2>What must stay in view</h2>
        <PressForm file={file} alt={form.alt} />
        <ul class="media-cuts">
          {["4 to 5", "1 to 1", "5 to 4"].map((cut) => (
            <li>
              <Picture
                picture={file}
                alt={`Cut ${cut}`}
                sizes="10rem"
                class={`media-cut media-cut-${cut.replaceAll(" ", "-")}`}
              />
            </li>
          ))}
        </ul>
      </aside>
    </div>
  </AdminPage>
);

const WordsForm = ({ form, errors }: Pick<MediaFileModel, "form" | "errors">) => {
  const errorOf = (field: string) => errors.find((error) => error.field === field)?.message;
  return (
    <form class="desk-form" method="post" novalidate>
      <Field
        name="alt"
        label="What it shows"
        hint="For people who do not see it. Empty when it only decorates."
        value={form.alt}
        rows={3}
        maxLength={MAX_ALT_CHARACTERS}
        error={errorOf("alt")}
      />
      <div class="field-row">
        {(["focalX", "focalY"] as const).map((name) => (
          <Field
            name={name}
            label={name === "focalX" ? "From the start, in %" : "From the top, in %"}
            value={form[name]}
            inputmode="numeric"
            width="short"
            maxLength={3}
            error={errorOf(name)}
          />
        ))}
      </div>
      <p>
        <button class="button" type="submit">
          Save
        </button>
      </p>
    </form>
  );
};

/** A picture that is pressed sends the place: the browser's own image button, so that it needs no script. */
const PressForm = ({ file, alt }: { readonly file: MediaFile; readonly alt: string }) => (
  <form method="post">
    <input type="hidden" name="alt" value={alt} />
    <p class="hint">Press the place in the picture, or enter numbers in the form.</p>
    <input
      class="media-press"
      type="image"
      name="point"
      src={pictureUrl(file.url, 400, "webp")}
      alt="Press what must stay in view"
      {...pressedSize(file)}
    />
  </form>
);
