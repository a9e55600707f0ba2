/** On every public answer that shows what staff have written: the home page, pages of text, the sitemap that lists them. */
export const CONTENT_TAG = "content";
