import { raw } from "hono/html";
import { jsonForScript } from "#web";

/** Data for search engines. It does not run, so the policy for scripts lets it pass; `<` is escaped. */
export const JsonLd = ({ data }: { readonly data: object }) => (
  <script type="application/ld+json">{raw(jsonForScript(data))}</script>
);

export type OpenGraphProps = {
  readonly title: string;
  readonly description: string;
  readonly url: string;
  readonly kind: "website" | "product";
  readonly image?: string | undefined;
};

/** What a link to this page shows where it is shared. */
export const OpenGraph = ({ title, description, url, kind, image }: OpenGraphProps) => (
  <>
    <meta property="og:title" content={title} />
    <meta property="og:description" content={description} />
    <meta property="og:type" content={kind} />
    <meta property="og:url" content={url} />
    {image && <meta property="og:image" content={image} />}
  </>
);

const MAX_DESCRIPTION_CHARACTERS = 160;

/** One line of plain text for search results, from a merchant's HTML; cut at a word. */
export function describeHtml(html: string): string {
  const text = html
    .replace(/<[^>]*>/g, " ")
    .replaceAll("&nbsp;", " ")
    .replaceAll("&amp;", "&")
    .replaceAll("&lt;", "<")
    .replaceAll("&gt;", ">")
    .replaceAll("&quot;", '"')
    .replaceAll("&#39;", "'")
    .replace(/\s+/g, " ")
    .trim();
  if (text.length <= MAX_DESCRIPTION_CHARACTERS) return text;
  return `${text.slice(0, MAX_DESCRIPTION_CHARACTERS).replace(/\s+\S*$/, "")}…`;
}
