import type { SearchReport, SearchReportRow, SynonymGroup, SynonymInput } from "#search";
import { DataTable, Empty, Field, plural } from "#web";
import { AdminPage } from "./admin-page.tsx";

export type SearchDeskModel = {
  readonly report: SearchReport;
  readonly groups: readonly SynonymGroup[];
  /** A group that was refused, as it was typed, and why. */
  readonly typed?: { readonly terms: string; readonly kind: SynonymInput["kind"] };
  readonly error?: string;
};

/** What shoppers look for and do not find, and the synonyms that help. */
export const SearchDeskPage = ({ report, groups, typed, error }: SearchDeskModel) => (
  <AdminPage title="Search" section="/admin/search">
    <div class="desk-head">
      <h1>Search</h1>
      <p class="hint">
        Last {report.days} days: {plural(report.searches, { one: "search", other: "searches" })},{" "}
        {rate(report.misses, report.searches)} without a result, {rate(report.clicks, report.searches)} led to
        a product. Counted without knowing who searched.
      </p>
    </div>
    <div class="apart">
      <Queries title="Without a result" rows={report.missed} empty="Every search found something." />
      <Queries title="Most asked" rows={report.top} empty="Nobody has searched yet." />
      <Synonyms groups={groups} typed={typed} error={error} />
    </div>
  </AdminPage>
);

type SynonymsProps = Pick<SearchDeskModel, "groups"> & {
  readonly typed: SearchDeskModel["typed"];
  readonly error: string | undefined;
};

const Synonyms = ({ groups, typed, error }: SynonymsProps) => (
  <section class="stack" id="synonyms" aria-labelledby="synonyms-title">
    <h2 id="synonyms-title">Synonyms</h2>
    {groups.length === 0 ? (
      <p class="hint">None yet. Words without a result, above, are a good beginning.</p>
    ) : (
      <DataTable
        caption="Synonyms by their first term"
        isCaptionHidden
        columns={[{ label: "Terms" }, { label: "Works" }, { label: "Remove" }]}
        rows={groups.map((group) => [
          <bdi>{group.terms.join(", ")}</bdi>,
          group.kind === "same" ? "both ways" : "from the first to the others",
          <form method="post" action="/admin/search/synonyms/remove">
            <input type="hidden" name="id" value={group.synonymId} />
            <button class="button-link" type="submit">
              Remove<span class="visually-hidden"> {group.terms[0]}</span>
            </button>
          </form>,
        ])}
      />
    )}
    <form class="form" method="post" action="/admin/search/synonyms">
      <Field
        name="terms"
        label="Terms, divided by commas"
        hint="Such as: tea towel, dishcloth. One to three words each."
        value={typed?.terms ?? ""}
        {...(error === undefined ? {} : { error })}
      />
      <Field
        name="kind"
        label="Works"
        value={typed?.kind ?? "same"}
        options={[
          { value: "same", label: "Both ways: every term finds the others" },
          { value: "one_way", label: "One way: the first term finds the others" },
        ]}
      />
      <div class="form-actions">
        <button class="button" type="submit">
          Add synonyms
        </button>
      </div>
    </form>
  </section>
);

const rate = (part: number, whole: number): string =>
  whole === 0 ? "none" : `${Math.round((100 * part) / whole)} %`;

const Queries = ({
  title,
  rows,
  empty,
}: {
  readonly title: string;
  readonly rows: readonly SearchReportRow[];
  readonly empty: string;
}) => (
  <section class="stack">
    <h2>{title}</h2>
    {rows.length === 0 ? (
      <Empty title={empty}>Searches appear here within seconds.</Empty>
    ) : (
      <DataTable
        caption={title}
        isCaptionHidden
        columns={[
          { label: "Query" },
          { label: "Searches", isNumeric: true },
          { label: "Without a result", isNumeric: true },
          { label: "Led to a product", isNumeric: true },
        ]}
        rows={rows.map(({ query, searches, misses, clicks }) => [
          <a href={`/search?q=${encodeURIComponent(query)}`}>
            <bdi>{query}</bdi>
          </a>,
          String(searches),
          String(misses),
          rate(clicks, searches),
        ])}
      />
    )}
  </section>
);
