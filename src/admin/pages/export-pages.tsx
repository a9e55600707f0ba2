import {
  percentOf,
  type ExportFormat,
  type ExportJob,
  type ExportState,
  type ExportSummary,
  type FeedState,
} from "#channels";
import { DataTable, Empty, ErrorSummary, Field, formatInstant, Notice, Pager } from "#web";
import { AdminPage, Word } from "./admin-page.tsx";
import { ImportViews } from "./import-views.tsx";

const SECTION = "/admin/imports";

const STATE_WORDS: Readonly<
  Record<ExportState, { readonly word: string; readonly tone: "good" | "wait" | "bad" | "quiet" }>
> = {
  queued: { word: "Queued", tone: "wait" },
  running: { word: "Being written", tone: "wait" },
  finished: { word: "Ready", tone: "good" },
  failed: { word: "Failed", tone: "bad" },
  cancelled: { word: "Cancelled", tone: "quiet" },
};
const FORMAT_WORDS: Readonly<Record<ExportFormat, string>> = {
  jsonl: "JSONL: everything, to be imported again",
  "shopify-csv": "CSV as Shopify writes it",
  google: "What shoppers of a market see, for Google",
};

const marketName = ({ view }: FeedState): string => `${view.market.name}, ${view.locale}`;
/** The default market's paths have no first part. */
const marketKey = (prefix: string): string => (prefix === "" ? "default" : prefix);
const feedPath = (prefix: string): string => `${prefix === "" ? "" : `/${prefix}`}/feeds/google.tsv`;
const sizeOf = (bytes: number): string =>
  bytes < 1_000_000 ? `${Math.ceil(bytes / 1_000)} KB` : `${(bytes / 1_000_000).toFixed(1)} MB`;

export type ExportListModel = {
  readonly rows: readonly ExportSummary[];
  readonly feeds: readonly FeedState[];
  /** One form, one export. */
  readonly startKey: string;
  readonly errors: readonly { readonly field: string; readonly message: string }[];
  readonly notice: string | undefined;
  readonly nextHref: string | undefined;
  readonly timeZone: string;
};

/** Exports of the catalogue, and the shopping feeds. */
export const ExportListPage = ({
  rows,
  feeds,
  errors,
  notice,
  nextHref,
  timeZone,
  startKey,
}: ExportListModel) => (
  <AdminPage title={errors.length > 0 ? "Error: exports" : "Exports"} section={SECTION}>
    <ErrorSummary errors={errors} />
    <div class="desk-head">
      <h1>Exports and feeds</h1>
    </div>
    <ImportViews here="/admin/exports" />
    {notice && (
      <Notice tone="good" role="status">
        <p>{notice}</p>
      </Notice>
    )}
    <div class="desk-stack">
      <StartForm feeds={feeds} errors={errors} startKey={startKey} />
      <Exports rows={rows} nextHref={nextHref} timeZone={timeZone} />
      <Feeds feeds={feeds} timeZone={timeZone} />
    </div>
  </AdminPage>
);

const StartForm = ({ feeds, errors, startKey }: Pick<ExportListModel, "feeds" | "errors" | "startKey">) => (
  <section>
    <h2>Export the catalogue</h2>
    <form class="desk-form" method="post" action="/admin/exports" novalidate>
      <input type="hidden" name="key" value={startKey} />
      <Field
        name="format"
        label="As"
        value="jsonl"
        options={Object.entries(FORMAT_WORDS).map(([value, label]) => ({ value, label }))}
        error={errors.find(({ field }) => field === "format")?.message}
      />
      <Field
        name="market"
        label="Market"
        hint="For Google only; the other files are of the whole shop."
        value="default"
        options={feeds.map((feed) => ({ value: marketKey(feed.prefix), label: marketName(feed) }))}
        error={errors.find(({ field }) => field === "market")?.message}
      />
      <p>
        <button class="button" type="submit">
          Start the export
        </button>
      </p>
    </form>
  </section>
);

const Exports = ({ rows, nextHref, timeZone }: Pick<ExportListModel, "rows" | "nextHref" | "timeZone">) => (
  <section>
    <h2>So far</h2>
    {rows.length === 0 ? (
      <Empty title="No export yet">Exports are listed here; their files are kept for a week.</Empty>
    ) : (
      <>
        <DataTable
          caption="Exports, newest first"
          isCaptionHidden
          columns={[
            { label: "File" },
            { label: "State" },
            { label: "Products", isNumeric: true },
            { label: "Size", isNumeric: true },
            { label: "Started", isWhole: true },
          ]}
          rows={rows.map((row) => [
            <a href={`/admin/exports/${row.exportId}`}>
              {FORMAT_WORDS[row.format]}
              {row.format === "google" && `: ${marketKey(row.prefix)}`}
            </a>,
            row.isExpired ? (
              <Word tone="quiet">Gone</Word>
            ) : (
              <Word tone={STATE_WORDS[row.state].tone}>{STATE_WORDS[row.state].word}</Word>
            ),
            row.products,
            sizeOf(row.bytes),
            formatInstant(row.createdAtMs, timeZone),
          ])}
        />
        {nextHref && <Pager shown={`${rows.length} on this page`} moreHref={nextHref} />}
      </>
    )}
  </section>
);

const Feeds = ({ feeds, timeZone }: Pick<ExportListModel, "feeds" | "timeZone">) => (
  <section>
    <h2>Shopping feeds</h2>
    <p class="hint">
      Give these addresses to Google Merchant Center. They are made anew by themselves within minutes after a
      change.
    </p>
    <DataTable
      caption="Shopping feeds"
      isCaptionHidden
      columns={[
        { label: "Market" },
        { label: "Address" },
        { label: "Products", isNumeric: true },
        { label: "Up to date" },
        { label: "Now" },
      ]}
      rows={feeds.map((feed) => [
        marketName(feed),
        feed.published ? (
          <a href={feedPath(feed.prefix)}>{feedPath(feed.prefix)}</a>
        ) : (
          `${feedPath(feed.prefix)}, not made yet`
        ),
        feed.published?.products ?? 0,
        feed.published ? formatInstant(feed.published.checkedAtMs, timeZone) : "–",
        <form method="post" action={`/admin/exports/feeds/${marketKey(feed.prefix)}`}>
          <button
            class="button button-quiet"
            type="submit"
            aria-label={`Make it anew: the feed of ${marketName(feed)}`}
          >
            Make it anew
          </button>
        </form>,
      ])}
    />
  </section>
);

export type ExportPageModel = { readonly job: ExportJob; readonly timeZone: string };

/** One export: how far it is, and its file. */
export const ExportPage = ({ job, timeZone }: ExportPageModel) => {
  const isOpen = job.state === "queued" || job.state === "running";
  const here = `/admin/exports/${job.jobId}`;
  return (
    <AdminPage title="Export" section={SECTION}>
      <div class="desk-head">
        <h1>{FORMAT_WORDS[job.format]}</h1>
        <Word tone={STATE_WORDS[job.state].tone}>{STATE_WORDS[job.state].word}</Word>
      </div>
      <div class="desk-stack">
        {job.problem && (
          <Notice tone="error" title="It did not get to its end">
            <p>{job.problem}</p>
          </Notice>
        )}
        {isOpen && (
          <section>
            <p>
              <label for="progress">{percentOf(job)} per cent written</label>
            </p>
            <progress id="progress" class="desk-bar" max={100} value={percentOf(job)} />
            <p>
              <a href={here}>Check again</a>
            </p>
          </section>
        )}
        {job.state === "finished" && !job.isExpired && (
          <p>
            <a class="button" href={`/admin/api/exports/${job.jobId}/file`}>
              Download {sizeOf(job.bytes)}
            </a>
          </p>
        )}
        {job.isExpired && <p>The file is gone. A new export makes a new one.</p>}
        <p class="hint">
          {job.products} products. Started {formatInstant(job.createdAtMs, timeZone)}
          {job.finishedAtMs !== undefined && `, ended ${formatInstant(job.finishedAtMs, timeZone)}`}
          {job.expiresAtMs !== undefined && `, kept until ${formatInstant(job.expiresAtMs, timeZone)}`}.
        </p>
        <div class="desk-filters">
          {isOpen && (
            <form method="post" action={`${here}/cancel`}>
              <button class="button button-quiet" type="submit">
                Cancel this export
              </button>
            </form>
          )}
          {job.state === "failed" && (
            <form method="post" action={`${here}/resume`}>
              <button class="button" type="submit">
                Go on
              </button>
            </form>
          )}
        </div>
      </div>
    </AdminPage>
  );
};
