import type { ExportJob } from "../contract.ts";

type Named = Pick<ExportJob, "jobId" | "isFeed" | "prefix" | "generation">;

/** Where the pieces of a file lie: a build of a feed has a folder of its own, so that it never mixes with another. */
export const folderOf = ({ jobId, isFeed, prefix, generation }: Named): string =>
  isFeed ? `${feedFolder(prefix)}${generation}/` : `exports/${jobId}/`;

/** Of all builds of a feed. */
export const feedFolder = (prefix: string): string => `feeds/${prefix === "" ? "default" : prefix}/`;

/** The generation that a stored piece belongs to; `undefined` for what is none. */
export const generationOf = (prefix: string, key: string): number | undefined => {
  const folder = feedFolder(prefix);
  const number = key.startsWith(folder) ? /^(\d{1,9})\//.exec(key.slice(folder.length))?.[1] : undefined;
  return number === undefined ? undefined : Number(number);
};

/** Keys of all pieces, in their order. */
export const chunkKeys = (named: Named, chunks: number): readonly string[] =>
  Array.from({ length: chunks }, (_, index) => chunkKey(named, index));

export const chunkKey = (named: Named, index: number): string =>
  `${folderOf(named)}${String(index).padStart(4, "0")}`;
