import type { Finding, FindingGroup, ImportJob, ImportState, ImportSummary } from "#catalog-import";
import { Choice, DataTable, Empty, ErrorSummary, Notice, Pager, formatInstant, plural } from "#web";
import { AdminPage, Word } from "./admin-page.tsx";
import { Findings } from "./import-findings.tsx";
import { ImportViews } from "./import-views.tsx";

const STATE_WORDS: Readonly<
  Record<ImportState, { readonly word: string; readonly tone: "good" | "wait" | "bad" | "quiet" }>
> = {
  queued: { word: "Queued", tone: "wait" },
  validating: { word: "Checking", tone: "wait" },
  applying: { word: "Writing", tone: "wait" },
  finished: { word: "Finished", tone: "good" },
  rejected: { word: "Rejected", tone: "bad" },
  failed: { word: "Failed", tone: "bad" },
  cancelled: { word: "Cancelled", tone: "quiet" },
};

export type ImportListModel = {
  readonly rows: readonly ImportSummary[];
  readonly errors: readonly { readonly field: string; readonly message: string }[];
  readonly policy: string;
  /** How the file is read: `shopify`, `jsonl`, or `map:` and the name of a mapping. */
  readonly reading: string;
  readonly mappings: readonly string[];
  /** One upload, one import: a form sent twice starts nothing twice. */
  readonly uploadKey: string;
  readonly nextHref?: string | undefined;
  readonly timeZone: string;
};

/** What happens to a file with wrong rows. */
export const IMPORT_POLICY_OPTIONS = [
  {
    value: "reject-failed-rows",
    label: "Import what is right",
    hint: "Products with a wrong row are left out and reported.",
  },
  { value: "reject-all", label: "All or nothing", hint: "One wrong row, and nothing is written." },
] as const;

/** Upload a Shopify product file, and the imports so far. */
export const ImportListPage = ({ rows, errors, nextHref, timeZone, ...form }: ImportListModel) => (
  <AdminPage title={errors.length > 0 ? "Error: imports" : "Imports"} section="/admin/imports">
    <ErrorSummary errors={errors} />
    <div class="desk-head">
      <h1>Imports</h1>
    </div>
    <ImportViews here="/admin/imports" />
    <div class="desk-stack">
      <UploadForm errors={errors} {...form} />
      <section>
        <h2>So far</h2>
        {rows.length === 0 ? (
          <Empty title="No import yet">
            Files that you import are listed here with what became of each row.
          </Empty>
        ) : (
          <>
            <DataTable
              caption="Imports, newest first"
              isCaptionHidden
              columns={[
                { label: "File" },
                { label: "State" },
                { label: "Rows", isNumeric: true },
                { label: "Refused", isNumeric: true },
                { label: "Started", isWhole: true },
              ]}
              rows={rows.map((row) => [
                <a href={`/admin/imports/${row.importId}`}>
                  <bdi>{row.fileName}</bdi>
                </a>,
                <Word tone={STATE_WORDS[row.state].tone}>{STATE_WORDS[row.state].word}</Word>,
                row.rows.total,
                row.rows.rejected,
                formatInstant(row.createdAtMs, timeZone),
              ])}
            />
            {nextHref && <Pager shown={`${rows.length} on this page`} moreHref={nextHref} />}
          </>
        )}
      </section>
    </div>
  </AdminPage>
);

const UploadForm = ({
  errors,
  policy,
  reading,
  mappings,
  uploadKey,
}: Omit<ImportListModel, "rows" | "nextHref" | "timeZone">) => (
  <section>
    <h2>Import products</h2>
    <form class="desk-form" method="post" action="/admin/imports" enctype="multipart/form-data" novalidate>
      <input type="hidden" name="key" value={uploadKey} />
      <div class={errors.length > 0 ? "field field-wrong" : "field"}>
        <label for="file">Product file</label>
        <p class="hint" id="file-hint">
          CSV in UTF-8 or JSONL, gzipped or not, at most 20 MB.
        </p>
        {errors.map((error) => (
          <p class="field-error" id="file-error">
            {error.message}
          </p>
        ))}
        <input
          id="file"
          name="file"
          type="file"
          accept=".csv,.gz,.jsonl,.txt,.tsv,text/csv,application/gzip"
          aria-describedby={errors.length > 0 ? "file-hint file-error" : "file-hint"}
        />
      </div>
      <div class="field">
        <label for="reading">What the file is</label>
        <select id="reading" name="reading">
          <option value="shopify" selected={reading === "shopify"}>
            A Shopify product export
          </option>
          <option value="jsonl" selected={reading === "jsonl"}>
            JSONL: one product on each line
          </option>
          <option value="guess" selected={reading === "guess"}>
            Another table: choose its columns first
          </option>
          {mappings.map((name) => (
            <option value={`map:${name}`} selected={reading === `map:${name}`}>
              A table through the mapping {name}
            </option>
          ))}
        </select>
      </div>
      <Choice name="policy" legend="When a row is wrong" value={policy} options={IMPORT_POLICY_OPTIONS} />
      <p class="form-actions">
        <button class="button" type="submit" name="do" value="import">
          Import
        </button>
        <button class="button button-quiet" type="submit" name="do" value="look">
          Look at the first rows
        </button>
      </p>
    </form>
  </section>
);

export type ImportPageModel = {
  readonly job: ImportJob;
  /** What was found, by reason over the whole file. */
  readonly groups: readonly FindingGroup[];
  readonly findings: readonly Finding[];
  readonly moreHref?: string | undefined;
  readonly timeZone: string;
};

const SOURCE_WORDS = {
  shopify: "as a Shopify export",
  jsonl: "as JSONL",
  mapped: "through the mapping",
} as const;
const STEP_WORDS = {
  read: "Reading the file",
  check: "Checking products",
  write: "Writing products",
} as const;
const isOpen = (state: ImportState): boolean =>
  state === "queued" || state === "validating" || state === "applying";

/** The report of one import: state, counts that add up to the file, and every row that was refused or doubted. */
export const ImportPage = ({ job, groups, findings, moreHref, timeZone }: ImportPageModel) => (
  <AdminPage title={`Import of ${job.fileName}`} section="/admin/imports">
    <div class="desk-head">
      <h1>
        Import of <bdi>{job.fileName}</bdi>
      </h1>
      <Word tone={STATE_WORDS[job.state].tone}>{STATE_WORDS[job.state].word}</Word>
    </div>
    <div class="desk-stack">
      {job.problem && (
        <Notice tone="error" title="Nothing more was written">
          <p>{job.problem}</p>
        </Notice>
      )}
      {isOpen(job.state) && (
        <section>
          <p>
            <label for="progress">
              {STEP_WORDS[job.progress.step]}: {job.progress.done} of {job.progress.total}
            </label>
          </p>
          <progress
            id="progress"
            class="desk-bar"
            max={Math.max(1, job.progress.total)}
            value={job.progress.done}
          />
          <p>
            <a href={`/admin/imports/${job.importId}`}>Check again</a>
          </p>
        </section>
      )}
      <Counts job={job} />
      <Findings job={job} groups={groups} findings={findings} moreHref={moreHref} />
      <p class="hint">
        Started {formatInstant(job.createdAtMs, timeZone)}
        {job.finishedAtMs !== undefined && `, ended ${formatInstant(job.finishedAtMs, timeZone)}`}. Read{" "}
        {SOURCE_WORDS[job.source.kind]}
        {job.source.kind === "mapped" && ` ${job.source.name}, version ${job.source.version}`}. When a row is
        wrong: {job.policy === "reject-all" ? "nothing is written" : "its product is left out"}.
      </p>
      <div class="desk-filters">
        {isOpen(job.state) && (
          <form method="post" action={`/admin/imports/${job.importId}/cancel`}>
            <button class="button button-quiet" type="submit">
              Cancel this import
            </button>
          </form>
        )}
        {job.state === "failed" && (
          <form method="post" action={`/admin/imports/${job.importId}/resume`}>
            <button class="button" type="submit">
              Go on
            </button>
          </form>
        )}
      </div>
    </div>
  </AdminPage>
);

const Counts = ({ job }: { readonly job: ImportJob }) => {
  const { rows, products } = job.counts;
  return (
    <section>
      <h2>Counts</h2>
      <DataTable
        caption="What became of the file"
        isCaptionHidden
        columns={[
          { label: "Of the file" },
          { label: "Total", isNumeric: true },
          { label: "Created", isNumeric: true },
          { label: "Changed", isNumeric: true },
          { label: "Same", isNumeric: true },
          { label: "Refused", isNumeric: true },
          { label: "Waiting", isNumeric: true },
        ]}
        rows={[
          [
            "Products",
            products.total,
            products.created,
            products.changed,
            products.same,
            products.rejected,
            products.waiting,
          ],
          ["Rows", rows.total, rows.created, rows.changed, rows.same, rows.rejected, rows.waiting],
        ]}
      />
      <p class="hint">
        A row shares the fate of its product.
        {rows.warned > 0 && ` ${plural(rows.warned, { one: "row", other: "rows" })} taken with a warning.`}
      </p>
    </section>
  );
};
