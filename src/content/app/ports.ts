import type { Result } from "#kernel";
import type { ContentRefusal, HomeBlock, HomeContent, TextPage, TextPageInput } from "../contract.ts";

/** What the shop shows; `undefined` where staff have written nothing, and the shop's own words stand. */
export type ContentReader = {
  home(): Promise<HomeContent | undefined>;
  page(handle: string): Promise<TextPage | undefined>;
  /** By handle, at most a hundred. */
  pages(): Promise<readonly TextPage[]>;
};

/** What staff write. */
export type ContentStore = ContentReader & {
  saveHome(blocks: readonly HomeBlock[], expectedVersion: number): Promise<Result<true, ContentRefusal>>;
  /** Sanitises the text and names its sections. */
  savePage(input: TextPageInput, expectedVersion: number): Promise<Result<true, ContentRefusal>>;
};
