import type { ExportJob } from "../contract.ts";

/** A page of products as lines of the file. */
export type ExportedLines = {
  readonly text: string;
  /** Number of the last product that was looked at. */
  readonly after: number;
  /** Products of which the text has something. */
  readonly products: number;
};

/** What writes one kind of file. */
export type LineSource = {
  /** First line; empty for a file without one. */
  readonly head: string;
  /** Products after a number, at most five hundred; `undefined` at the end. */
  page(after: number): Promise<ExportedLines | undefined>;
};

/** The surroundings of an export. Every method may be repeated with the same arguments; all throw on trouble. */
export type ExportPorts = {
  /** Number of the newest product, 0 for an empty shop. */
  lastNumber(): Promise<number>;
  /** `undefined` when the market is gone. */
  open(job: ExportJob): Promise<LineSource | undefined>;
  putChunk(job: ExportJob, index: number, bytes: Uint8Array<ArrayBuffer>): Promise<void>;
  /** Removes every piece of this file. */
  removeFile(job: ExportJob): Promise<void>;
  /** Puts a finished build at the feed's address in one step, and removes builds that nobody can be reading any more. */
  publish(job: ExportJob): Promise<void>;
  /** Copies the job to where lists are read; feeds are in none. */
  saveSummary(job: ExportJob): Promise<void>;
};
