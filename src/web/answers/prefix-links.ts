/** Paths that there are in every market; all others (cart, files, API) there are once. */
const CATALOGUE_PATH = /^\/(?:$|\?|(?:products|collections|pages)\/|search(?:$|\?))/;

/** Whether a path, without a market in front, is one of those. */
export const isCataloguePath = (path: string): boolean => CATALOGUE_PATH.test(path);

/**
 * Puts a market's prefix in front of the links and forms of a page that lead into the catalogue, so that a page is
 * written once and no link can forget its market. An answer without a prefix is returned as it is.
 */
export function prefixLinks(answer: Response, prefix: string): Response {
  if (prefix === "") return answer;
  const prefixed = (name: "href" | "action"): HTMLRewriterElementContentHandlers => ({
    element(element) {
      const path = element.getAttribute(name);
      if (path !== null && CATALOGUE_PATH.test(path)) element.setAttribute(name, prefix + path);
    },
  });
  return new HTMLRewriter()
    .on('a[href^="/"]:not([hreflang])', prefixed("href"))
    .on('form[action^="/"]', prefixed("action"))
    .transform(answer);
}
