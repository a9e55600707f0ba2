import type { Finding, FindingGroup, ImportJob } from "#catalog-import";
import { DataTable, Pager, plural } from "#web";
import { Word } from "./admin-page.tsx";

const kindOf = (severity: Finding["severity"]) => (
  <Word tone={severity === "rejected" ? "bad" : "wait"}>
    {severity === "rejected" ? "Refused" : "Warning"}
  </Word>
);

/** How often each reason stands in the whole file: what refuses first, then the most frequent. */
const Reasons = ({ groups }: { readonly groups: readonly FindingGroup[] }) => (
  <DataTable
    caption="By reason, over the whole file"
    columns={[
      { label: "Reason" },
      { label: "Column" },
      { label: "Kind" },
      { label: "Times", isNumeric: true },
      { label: "First line", isNumeric: true },
    ]}
    rows={groups.map(({ reason, column, severity, count, firstLine }) => [
      reason,
      column,
      kindOf(severity),
      count,
      firstLine,
    ])}
  />
);

/** What was refused or doubted: by reason over the whole file, then row by row. */
export const Findings = ({
  job,
  groups,
  findings,
  moreHref,
}: {
  readonly job: ImportJob;
  readonly groups: readonly FindingGroup[];
  readonly findings: readonly Finding[];
  readonly moreHref: string | undefined;
}) => (
  <section>
    <h2>Rows to look at</h2>
    {findings.length === 0 ? (
      <p class="hint">No row was refused or doubted.</p>
    ) : (
      <div class="desk-stack">
        <p class="desk-views">
          <a href={`/admin/api/imports/${job.importId}/report.csv`}>The whole report as CSV</a>
          {job.counts.rows.rejected > 0 && (
            <a href={`/admin/api/imports/${job.importId}/refused.csv`}>
              The {plural(job.counts.rows.rejected, { one: "refused row", other: "refused rows" })}, to
              correct and import
            </a>
          )}
        </p>
        <Reasons groups={groups} />
        <DataTable
          caption="Line by line"
          columns={[
            { label: "Line", isNumeric: true },
            { label: "Column" },
            { label: "Value" },
            { label: "Reason" },
            { label: "Kind" },
          ]}
          rows={findings.map((finding) => [
            finding.line,
            finding.column,
            <bdi>{finding.value}</bdi>,
            finding.reason,
            kindOf(finding.severity),
          ])}
        />
        {moreHref && <Pager shown={`${findings.length} on this page`} moreHref={moreHref} />}
      </div>
    )}
  </section>
);
