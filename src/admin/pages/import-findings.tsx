import type { Finding, ImportJob } from "#catalog-import";
import { DataTable, Pager, plural } from "#web";
import { Word } from "./admin-page.tsx";

/** How often each reason stands on this page of the report, the most frequent first. */
const Reasons = ({ findings }: { readonly findings: readonly Finding[] }) => {
  const groups = [
    ...Map.groupBy(findings, ({ severity, reason }) => `${severity} ${alike(reason)}`).values(),
  ];
  return (
    <ul>
      {groups
        .toSorted((left, right) => right.length - left.length)
        .map((group) => (
          <li>
            {plural(group.length, { one: "row", other: "rows" })}
            {group[0]?.severity === "rejected" ? ", refused: " : ", warned: "}
            {alike(group[0]?.reason ?? "")}
          </li>
        ))}
    </ul>
  );
};

/** Reasons that differ in a number only are one reason. */
const alike = (reason: string): string => reason.replaceAll(/\d[\d.,]*/g, "…");

/** What was refused or doubted: by reason, then row by row. */
export const Findings = ({
  job,
  findings,
  moreHref,
}: {
  readonly job: ImportJob;
  readonly findings: readonly Finding[];
  readonly moreHref: string | undefined;
}) => (
  <section>
    <h2>Rows to look at</h2>
    {findings.length > 1 && <Reasons findings={findings} />}
    {findings.length === 0 ? (
      <p class="hint">No row was refused or doubted.</p>
    ) : (
      <>
        <p>
          {plural(job.counts.warnings, { one: "warning", other: "warnings" })}.{" "}
          <a href={`/admin/api/imports/${job.importId}/report.csv`}>All as CSV</a>
        </p>
        <DataTable
          caption="Rows that were refused or doubted"
          isCaptionHidden
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
            <Word tone={finding.severity === "rejected" ? "bad" : "wait"}>
              {finding.severity === "rejected" ? "Refused" : "Warning"}
            </Word>,
          ])}
        />
        {moreHref && <Pager shown={`${findings.length} rows`} moreHref={moreHref} />}
      </>
    )}
  </section>
);
