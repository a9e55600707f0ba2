import type { KeptPage } from "./kept-page.ts";
import { MAX_CACHED_BYTES, MAX_CACHED_PAGES, MAX_KNOWN_PATHS } from "./limits.ts";

export type PageStore = {
  /**
   * The key of an address: itself without parameters, or with only those that its page has declared, sorted. Origin is
   * part of it, because pages name their own address.
   */
  keyOf(url: string): string;
  /** The kept page, which gets a second chance the next time that pages are thrown out. */
  get(key: string): KeptPage | undefined;
  /**
   * Keeps a page under the key that its own parameters give it, and gives that key; throws out the oldest beyond the
   * bounds, but not those that somebody has asked for meanwhile.
   */
  keep(url: string, page: KeptPage): string;
  forget(key: string): void;
  clear(): void;
  size(): { readonly pages: number; readonly bytes: number };
};

/**
 * A bounded memory of pages, by count and by bytes. Which page goes is found when one must go (second chance) and not by
 * sorting them with each answer: a kept page is looked up far more often than one is thrown out.
 */
export function createPageStore(maxPages = MAX_CACHED_PAGES, maxBytes = MAX_CACHED_BYTES): PageStore {
  const pages = new Map<string, KeptPage>();
  const parametersOf = new Map<string, readonly string[]>();
  let bytes = 0;

  const forget = (key: string): void => {
    const page = pages.get(key);
    if (page && pages.delete(key)) bytes -= page.bytes;
  };

  const throwOutOne = (): void => {
    const key = first(pages);
    const page = pages.get(key);
    if (!page?.wasAskedFor) return forget(key);
    page.wasAskedFor = false;
    pages.delete(key);
    pages.set(key, page);
  };

  const keyOf = (url: string): string => {
    const mark = url.indexOf("?");
    if (mark === -1) return url;
    const address = url.slice(0, mark);
    const names = parametersOf.get(address);
    return names ? normalise(address, url.slice(mark + 1), names) : url;
  };

  const learn = (url: string, names: readonly string[]): void => {
    const mark = url.indexOf("?");
    const address = mark === -1 ? url : url.slice(0, mark);
    parametersOf.delete(address);
    parametersOf.set(address, [...names].sort());
    if (parametersOf.size > MAX_KNOWN_PATHS) parametersOf.delete(first(parametersOf));
  };

  return {
    keyOf,
    get(key) {
      const page = pages.get(key);
      if (page) page.wasAskedFor = true;
      return page;
    },
    keep(url, page) {
      learn(url, page.parameters);
      const key = keyOf(url);
      forget(key);
      pages.set(key, page);
      bytes += page.bytes;
      while (pages.size > maxPages || bytes > maxBytes) throwOutOne();
      return key;
    },
    forget,
    clear() {
      pages.clear();
      parametersOf.clear();
      bytes = 0;
    },
    size: () => ({ pages: pages.size, bytes }),
  };
}

const first = (map: ReadonlyMap<string, unknown>): string => map.keys().next().value ?? "";

/**
 * Known parameters only, sorted: of each the first value, of a name that ends with `[]` all values, once and sorted. A name
 * that ends with `*` stands for all that begin so, with all their values.
 */
function normalise(address: string, query: string, names: readonly string[]): string {
  if (names.length === 0) return address;
  const given = new URLSearchParams(query);
  const known = new URLSearchParams();
  for (const name of names) for (const [key, value] of matching(given, name)) known.append(key, value);
  const text = known.toString();
  return text === "" ? address : `${address}?${text}`;
}

function matching(given: URLSearchParams, name: string): (readonly [string, string])[] {
  const all = (key: string): (readonly [string, string])[] =>
    [...new Set(given.getAll(key))]
      .filter((value) => value !== "")
      .sort()
      .map((value) => [key, value] as const);
  if (name.endsWith("[]")) return all(name.slice(0, -2));
  if (name.endsWith("*"))
    return [...new Set(given.keys())]
      .filter((key) => key.startsWith(name.slice(0, -1)))
      .sort()
      .flatMap(all);
  const value = given.get(name);
  return value === null ? [] : [[name, value]];
}
