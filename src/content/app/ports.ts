import type { Result } from "#kernel";
import type {
  ContentRefusal,
  HomeBlock,
  HomeContent,
  TextPage,
  TextPageInput,
  TextPageLink,
} from "../contract.ts";

/**
 * What the shop shows, in the closest language that it was written in, else in the shop's own; `undefined` where staff
 * have written nothing, and the shop's own words stand.
 */
export type ContentReader = {
  home(locale?: string): Promise<HomeContent | undefined>;
  page(handle: string, locale?: string): Promise<TextPage | undefined>;
  /** By handle, at most a hundred: those that are written in the shop's own language. */
  pages(locale?: string): Promise<readonly TextPageLink[]>;
};

/** In the shop's own language without one. */
export type InLanguage = { readonly locale?: string | undefined };

/** What staff write. What is read is exactly the document of one language. */
export type ContentStore = {
  home(at?: InLanguage): Promise<HomeContent | undefined>;
  page(handle: string, at?: InLanguage): Promise<TextPage | undefined>;
  pages(): Promise<readonly TextPageLink[]>;
  /** The languages beside the shop's own in which the home page, or a page by its handle, is written. */
  languages(handle?: string): Promise<readonly string[]>;
  /** Over the version that was read, 0 for a new document; else `version_conflict`. Refuses `invalid_content`. */
  saveHome(
    blocks: readonly HomeBlock[],
    expectedVersion: number,
    at?: InLanguage,
  ): Promise<Result<true, ContentRefusal>>;
  /** Sanitises the text and names its sections. */
  savePage(
    input: TextPageInput,
    expectedVersion: number,
    at?: InLanguage,
  ): Promise<Result<true, ContentRefusal>>;
};
