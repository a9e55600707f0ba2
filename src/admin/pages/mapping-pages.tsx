import type { Preview, SavedMapping } from "#catalog-import";
import { epochMs } from "#kernel";
import { Choice, DataTable, Empty, ErrorSummary, Field, formatInstant, Notice } from "#web";
import { AdminPage } from "./admin-page.tsx";
import { errorOf, type EditorForm } from "./editor-field.tsx";
import { IMPORT_POLICY_OPTIONS } from "./import-pages.tsx";
import { ImportViews } from "./import-views.tsx";
import { MappingFields } from "./mapping-fields.tsx";
import { ROWS_WORDS } from "./mapping-words.ts";
import { PreviewTable } from "./preview-table.tsx";

/** Different texts of a column that are shown beside its field, and the characters of each. */
const EXAMPLES = 2;
const EXAMPLE_CHARACTERS = 40;

export type MappingsModel = {
  readonly rows: readonly SavedMapping[];
  readonly timeZone: string;
  readonly notice: string | undefined;
};

/** The saved mappings. */
export const MappingsPage = ({ rows, timeZone, notice }: MappingsModel) => (
  <AdminPage title="Column mappings" section="/admin/imports">
    <div class="desk-head">
      <h1>Column mappings</h1>
    </div>
    <ImportViews here="/admin/imports/mappings" />
    {notice && (
      <Notice tone="good" role="status">
        <p>{notice}</p>
      </Notice>
    )}
    {rows.length === 0 ? (
      <Empty title="No mapping yet" action={{ href: "/admin/imports", label: "Choose a table" }}>
        A mapping says which column of somebody else’s table is the title, which the price, and so on. To make
        one, upload the table and look at its first rows.
      </Empty>
    ) : (
      <>
        <p class="hint">
          To change a mapping, upload a table, choose the mapping, and look at the first rows. Imports that
          have begun keep the mapping as it was.
        </p>
        <DataTable
          caption="Column mappings"
          isCaptionHidden
          columns={[
            { label: "Name" },
            { label: "Rows" },
            { label: "Currency" },
            { label: "Fields", isNumeric: true },
            { label: "Changed", isWhole: true },
            { label: "Forget" },
          ]}
          rows={rows.map(({ name, mapping, updatedAtMs }) => [
            <a href={`/admin/imports?reading=${encodeURIComponent(`map:${name}`)}`}>{name}</a>,
            ROWS_WORDS[mapping.rows],
            mapping.currency,
            mapping.rules.length,
            formatInstant(epochMs(updatedAtMs), timeZone),
            <form method="post" action={`/admin/imports/mappings/${name}/remove`}>
              <button class="button button-quiet" type="submit" aria-label={`Forget the mapping ${name}`}>
                Forget it
              </button>
            </form>,
          ])}
        />
      </>
    )}
  </AdminPage>
);

export type TryModel = {
  readonly fileName: string;
  readonly fileHash: string;
  /** How the file is read: `shopify` has no mapping to choose. */
  readonly isMapped: boolean;
  readonly preview: Preview;
  readonly form: EditorForm;
  readonly notice: string | undefined;
  readonly shopCurrency: string;
};

/** A file before it is imported: what its columns are, and what its first rows would become. */
export const TryPage = (model: TryModel) => {
  const { fileName, fileHash, form, notice, isMapped, preview } = model;
  const mistakes = form.mistakes ?? [];
  const title = `Look at ${fileName}`;
  return (
    <AdminPage title={mistakes.length > 0 ? `Error: ${title}` : title} section="/admin/imports">
      <ErrorSummary errors={mistakes} />
      <div class="desk-head">
        <h1>
          Look at <bdi>{fileName}</bdi>
        </h1>
        <a href="/admin/imports">Another file</a>
      </div>
      {notice && (
        <Notice tone="good" role="status">
          <p>{notice}</p>
        </Notice>
      )}
      <form class="editor" method="post" action={`/admin/imports/try/${fileHash}`} novalidate>
        <input type="hidden" name="fileName" value={fileName} />
        <input type="hidden" name="reading" value={isMapped ? "mapped" : "shopify"} />
        <input type="hidden" name="key" value={form.values["key"] ?? ""} />
        <PreviewTable preview={preview} />
        {isMapped && (
          <>
            <MappingFields
              form={form}
              header={preview.header}
              examples={examplesOf(preview)}
              troubles={troublesOf(preview)}
              shopCurrency={model.shopCurrency}
            />
            <input type="hidden" name="version" value={form.values["version"] ?? "0"} />
            <input type="hidden" name="openedName" value={form.values["openedName"] ?? ""} />
          </>
        )}
        <Begin form={form} isMapped={isMapped} />
      </form>
    </AdminPage>
  );
};

/** What happens to wrong rows, the mapping's name, and what to do now. */
const Begin = ({ form, isMapped }: Pick<TryModel, "form" | "isMapped">) => (
  <>
    <Choice
      name="policy"
      legend="When a row is wrong"
      value={form.values["policy"]}
      options={IMPORT_POLICY_OPTIONS}
    />
    <div class="editor-save">
      {isMapped && (
        <Field
          name="name"
          label="Name of the mapping"
          value={form.values["name"]}
          error={errorOf(form, "name")}
          hint="Small letters, digits and hyphens."
          maxLength={64}
          width="medium"
        />
      )}
      <button class="button" type="submit" name="do" value="import">
        {isMapped ? "Save and import the whole file" : "Import the whole file"}
      </button>
      {isMapped && (
        <>
          <button class="button button-quiet" type="submit" name="do" value="look">
            Look again
          </button>
          <button class="button button-quiet" type="submit" name="do" value="save">
            Only save
          </button>
        </>
      )}
    </div>
  </>
);

/** The first few different texts of each column. */
function examplesOf({ header, sample }: Preview): Readonly<Record<string, readonly string[]>> {
  return Object.fromEntries(
    header.map((name, at): [string, readonly string[]] => [
      name,
      [...new Set(sample.map(({ cells }) => (cells[at] ?? "").trim()).filter((text) => text !== ""))]
        .slice(0, EXAMPLES)
        .map((text) => (text.length > EXAMPLE_CHARACTERS ? `${text.slice(0, EXAMPLE_CHARACTERS)}…` : text)),
    ]),
  );
}

/** What is wrong with the cells of each column in the first rows, in one sentence. */
function troublesOf({ findings }: Preview): Readonly<Record<string, string>> {
  const byColumn = Map.groupBy(
    findings.filter(({ column }) => column !== ""),
    ({ column }) => column,
  );
  return Object.fromEntries(
    [...byColumn].map(([column, found]): [string, string] => {
      const [first] = found;
      const more = found.length > 1 ? ` (and ${found.length - 1} more)` : "";
      return [column, `Line ${first?.line ?? 1}: ${first?.reason ?? ""}${more}`];
    }),
  );
}
