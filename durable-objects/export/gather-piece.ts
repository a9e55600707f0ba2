import type { ExportJob, LineSource } from "#channels";

export type Piece = {
  readonly bytes: Uint8Array<ArrayBuffer>;
  /** Number of the last product in it. */
  readonly after: number;
  readonly products: number;
  /** Nothing follows. */
  readonly isLast: boolean;
};

/** Gathers whole pages of a file, from where the job stands, until they are enough or there are no more. */
export async function gatherPiece(
  job: ExportJob,
  source: LineSource,
  { isEnough }: { readonly isEnough: (bytes: number) => boolean },
): Promise<Piece> {
  const encoder = new TextEncoder();
  const parts = [encoder.encode(job.chunks === 0 ? source.head : "")];
  let bytes = parts[0]?.byteLength ?? 0;
  let after = job.after;
  let products = 0;
  for (;;) {
    const page = await source.page(after);
    if (!page) return { bytes: joined(parts, bytes), after, products, isLast: true };
    const part = encoder.encode(page.text);
    parts.push(part);
    bytes += part.byteLength;
    after = page.after;
    products += page.products;
    if (isEnough(bytes)) return { bytes: joined(parts, bytes), after, products, isLast: false };
  }
}

function joined(parts: readonly Uint8Array[], length: number): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(length);
  let offset = 0;
  for (const part of parts) {
    bytes.set(part, offset);
    offset += part.byteLength;
  }
  return bytes;
}
