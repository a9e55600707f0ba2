import type { Finding, Preview } from "#catalog-import";
import { DataTable, formatMinor, Notice, plural } from "#web";
import { Word } from "./admin-page.tsx";

type Draft = Preview["products"][number]["draft"];

/** What the first rows of a file would become, each with what is wrong with it; nothing is written. */
export const PreviewTable = ({ preview }: { readonly preview: Preview }) => {
  const { sample, findings, products, currency } = preview;
  const lines = new Set(sample.map(({ line }) => line));
  const ofFile = findings.filter(({ line }) => !lines.has(line));
  const refused = sample.filter(({ line }) => fateOf(at(findings, line)) === "refused").length;
  return (
    <section class="editor-part">
      <h2>The first {plural(sample.length, { one: "row", other: "rows" })}</h2>
      {ofFile.length > 0 && (
        <Notice
          tone={ofFile.some(({ severity }) => severity === "rejected") ? "error" : "wait"}
          title="About the file as a whole"
        >
          <ul>
            {ofFile.map(({ column, reason }) => (
              <li>{column === "" ? reason : `${column}: ${reason}`}</li>
            ))}
          </ul>
        </Notice>
      )}
      <p>
        Of them {sample.length - refused} would be taken and {refused} refused. Nothing is written yet.
      </p>
      <DataTable
        caption="What the first rows would become"
        isCaptionHidden
        columns={[
          { label: "Line", isNumeric: true },
          { label: "Becomes" },
          { label: "SKU", isWhole: true },
          { label: "Price", isNumeric: true },
          { label: "Fate" },
          { label: "What to mend" },
        ]}
        rows={sample.map(({ line }) => {
          const found = at(findings, line);
          const fate = fateOf(found);
          const become = becomesOf(products, line);
          return [
            line,
            fate === "refused" ? "–" : <bdi>{become?.title ?? "Part of the product above"}</bdi>,
            fate === "refused" ? "" : (become?.sku ?? ""),
            fate === "refused" || !become ? "" : formatMinor(become.priceMinor, currency),
            <Word tone={FATES[fate].tone}>{FATES[fate].word}</Word>,
            <Reasons found={found} />,
          ];
        })}
      />
    </section>
  );
};

const Reasons = ({ found }: { readonly found: readonly Finding[] }) => (
  <>
    {found.map(({ column, value, reason }, index) => (
      <>
        {index > 0 && <br />}
        {column !== "" && <b>{column}: </b>}
        {value !== "" && (
          <>
            <bdi>“{value}”</bdi>{" "}
          </>
        )}
        {reason}
      </>
    ))}
  </>
);

const FATES = {
  refused: { word: "Refused", tone: "bad" },
  warned: { word: "Taken, with a warning", tone: "wait" },
  taken: { word: "Taken", tone: "good" },
} as const;

const at = (findings: readonly Finding[], line: number): readonly Finding[] =>
  findings.filter((finding) => finding.line === line);

const fateOf = (found: readonly Finding[]): keyof typeof FATES =>
  found.some(({ severity }) => severity === "rejected") ? "refused" : found.length > 0 ? "warned" : "taken";

/** The product that begins on a line, or the variant of one that the line tells. */
function becomesOf(
  products: Preview["products"],
  line: number,
): { readonly title: string; readonly sku: string; readonly priceMinor: number } | undefined {
  for (const { draft } of products) {
    const variant = draft.variants.find((one) => one.line === line);
    if (variant) return { title: titleOf(draft, variant.optionValues), ...variant };
  }
  return undefined;
}

const titleOf = ({ title }: Draft, values: readonly string[]): string =>
  values.length === 0 ? title : `${title}: ${values.join(", ")}`;
