/**
 * Files that lie in pieces, as one stream: the next piece is opened when the one before is read, so memory holds what is
 * on its way and no more. A piece that is gone breaks the stream; a reader that goes away ends it.
 */
export function streamPieces(
  bucket: Pick<R2Bucket, "get">,
  keys: readonly string[],
): ReadableStream<Uint8Array> {
  const waiting = keys.values();
  let reader: ReadableStreamDefaultReader<Uint8Array> | undefined;
  return new ReadableStream({
    async pull(controller) {
      for (;;) {
        if (!reader) {
          const next = waiting.next();
          if (next.done === true) return controller.close();
          const piece = await bucket.get(next.value);
          if (!piece) throw new Error(`a piece of the file is gone: ${next.value}`);
          reader = (piece.body as ReadableStream<Uint8Array>).getReader();
        }
        const { done, value } = await reader.read();
        if (!done) return controller.enqueue(value);
        reader = undefined;
      }
    },
    cancel: (reason) => reader?.cancel(reason),
  });
}

/** Objects that one page of a listing names. */
const LISTED = 500;

/** Removes what lies below a folder and is not to stay. */
export async function removeBelow(
  bucket: R2Bucket,
  folder: string,
  isKept: (key: string) => boolean = () => false,
): Promise<void> {
  let cursor: string | undefined;
  do {
    const page = await bucket.list({ prefix: folder, limit: LISTED, ...(cursor ? { cursor } : {}) });
    const gone = page.objects.map(({ key }) => key).filter((key) => !isKept(key));
    if (gone.length > 0) await bucket.delete(gone);
    cursor = page.truncated ? page.cursor : undefined;
  } while (cursor !== undefined);
}
