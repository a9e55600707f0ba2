import sanitizeHtml from "sanitize-html";
import type { HtmlSanitiser } from "../app/ports.ts";

/** Words and their structure; no script, style, form, frame or outside picture gets through. */
const OPTIONS: sanitizeHtml.IOptions = {
  allowedTags: [
    ..."p div br hr h2 h3 h4 h5 h6 ul ol li dl dt dd blockquote pre code".split(" "),
    ..."strong b em i u s sub sup small abbr a span".split(" "),
    ..."table caption thead tbody tfoot tr th td figure figcaption".split(" "),
  ],
  allowedAttributes: {
    a: ["href", "title"],
    abbr: ["title"],
    th: ["scope", "colspan", "rowspan"],
    td: ["colspan", "rowspan"],
    "*": ["lang", "dir"],
  },
  allowedSchemes: ["https", "http", "mailto", "tel"],
  allowProtocolRelative: false,
  // A page has one h1, and it is not in the description.
  transformTags: { h1: "h2" },
};

/** Cleans descriptions when they are written, so that pages may show them as they are. */
export const sanitiseHtml: HtmlSanitiser = (html) => (html === "" ? "" : sanitizeHtml(html, OPTIONS).trim());
