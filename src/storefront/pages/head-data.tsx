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
  readonly siteName?: string;
  /** Absolute address of a picture that every reader can show; see `absolute`. */
  readonly image?: string | undefined;
  readonly imageAlt?: string | undefined;
  readonly price?: { readonly amount: string; readonly currency: string } | undefined;
};

/** Longest side of a picture for machines, in pixels: what readers of links and search engines ask for. */
const MACHINE_PICTURE_WIDTH = 1_200;
const OWN_PICTURE = /^(\/media\/[a-z0-9-]+)\.[a-z]+$/;

/**
 * The absolute address of a picture that every reader can show: our own as JPEG, because most show no SVG; one of another
 * host as it is.
 */
export function absolute(origin: string, url: string): string {
  const base = OWN_PICTURE.exec(url)?.[1];
  if (base !== undefined) return `${origin}${base}-${MACHINE_PICTURE_WIDTH}.jpg`;
  return url.startsWith("/") ? origin + url : url;
}

/** What a link to this page shows where it is shared. */
export const OpenGraph = (props: OpenGraphProps) => {
  const { title, description, url, kind, siteName, image, imageAlt, price } = props;
  return (
    <>
      <meta property="og:title" content={title} />
      <meta property="og:description" content={description} />
      <meta property="og:type" content={kind} />
      <meta property="og:url" content={url} />
      {siteName && <meta property="og:site_name" content={siteName} />}
      {image && (
        <>
          <meta property="og:image" content={image} />
          {imageAlt && <meta property="og:image:alt" content={imageAlt} />}
          <meta name="twitter:card" content="summary_large_image" />
        </>
      )}
      {price && (
        <>
          <meta property="product:price:amount" content={price.amount} />
          <meta property="product:price:currency" content={price.currency} />
        </>
      )}
    </>
  );
};

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
