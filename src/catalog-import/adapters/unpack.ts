import type { Result } from "#kernel";
import { refuseFile, type FileRefusal } from "../domain/header.ts";
import { MAX_UNPACKED_BYTES } from "../domain/limits.ts";

type Records<Row> = AsyncIterable<Result<Row, FileRefusal>>;

/**
 * Reads a file, unpacked when its first two bytes say gzip. Refuses an archive that is broken, or that unpacks to more
 * than any catalogue: a small one may hold so much that it would be read for hours.
 */
export async function* readUnpacked<Row>(
  file: ReadableStream<Uint8Array>,
  read: (text: ReadableStream<Uint8Array>) => Records<Row>,
): AsyncGenerator<Result<Row, FileRefusal>> {
  const { isGzip, whole } = await peek(file);
  if (!isGzip) return yield* read(whole);
  const bound = { isPassed: false };
  try {
    yield* read(whole.pipeThrough(gunzip()).pipeThrough(bounded(bound)));
  } catch (error) {
    if (!(error instanceof TypeError)) throw error;
    yield refuseFile(1, "The file begins like a gzip archive and cannot be unpacked.");
    return;
  }
  if (bound.isPassed)
    yield refuseFile(1, `The file unpacks to more than ${MAX_UNPACKED_BYTES} bytes: split it.`);
}

async function peek(
  file: ReadableStream<Uint8Array>,
): Promise<{ readonly isGzip: boolean; readonly whole: ReadableStream<Uint8Array> }> {
  const reader = file.getReader();
  const first = await reader.read();
  const whole = new ReadableStream<Uint8Array>({
    start(controller) {
      if (first.value) controller.enqueue(first.value);
      else controller.close();
    },
    async pull(controller) {
      const { done, value } = await reader.read();
      if (done) controller.close();
      else controller.enqueue(value);
    },
    cancel: (reason) => reader.cancel(reason),
  });
  return { isGzip: first.value?.[0] === 0x1f && first.value[1] === 0x8b, whole };
}

/** The platform's types of the two halves differ in the kind of buffer only. */
const gunzip = () => new DecompressionStream("gzip") as unknown as TransformStream<Uint8Array, Uint8Array>;

function bounded(bound: { isPassed: boolean }): TransformStream<Uint8Array, Uint8Array> {
  let bytes = 0;
  return new TransformStream({
    transform(chunk, controller) {
      bytes += chunk.byteLength;
      if (bytes <= MAX_UNPACKED_BYTES) return controller.enqueue(chunk);
      bound.isPassed = true;
      controller.terminate();
    },
  });
}
