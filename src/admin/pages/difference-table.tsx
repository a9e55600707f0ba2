import { DataTable, Notice } from "#web";

export type Difference = { readonly field: string; readonly mine: string; readonly theirs: string };

const WORDS: Readonly<Record<string, string>> = {
  title: "Title",
  handle: "Handle",
  descriptionHtml: "Description",
  seoTitle: "Title for search engines",
  seoDescription: "Description for search engines",
  publishAt: "Shown from",
  unpublishAt: "Shown until",
  typeKey: "Product type",
  productType: "Filed under",
};

/** `variant.0.price` is "Variant 1, price". */
function wordsOf(field: string): string {
  const known = WORDS[field];
  if (known !== undefined) return known;
  const [name = "", second = "", part] = field.split(".");
  const first = name.charAt(0).toUpperCase() + name.slice(1);
  if (/^\d+$/.test(second)) return `${first} ${Number(second) + 1}${part === undefined ? "" : `, ${part}`}`;
  return second === "" ? first : `${first}: ${second}`;
}

/** What was typed here beside what somebody else saved meanwhile, field by field. */
export const DifferenceTable = ({ differences }: { readonly differences: readonly Difference[] }) => (
  <section class="editor-part" aria-labelledby="part-conflict">
    <Notice tone="wait">
      <h2 id="part-conflict">Somebody else saved first</h2>
      <p>
        Nothing was saved, and everything that you typed is still in the form below. Take over what you want
        to keep of theirs, then save.
      </p>
    </Notice>
    <DataTable
      caption="Where the two differ"
      columns={[{ label: "Field" }, { label: "Yours" }, { label: "Theirs, as it is now" }]}
      rows={differences.map(({ field, mine, theirs }) => [
        <a href={`#${field}`}>{wordsOf(field)}</a>,
        <bdi>{mine || "(empty)"}</bdi>,
        <bdi>{theirs || "(empty)"}</bdi>,
      ])}
    />
  </section>
);
