import { invariant } from "#kernel";
import type { FacetDefinition } from "../contract.ts";
import { CatalogIndex } from "./catalog-index.ts";
import { membersOf } from "./bits.ts";
import { SNAPSHOT_CHUNK_BYTES } from "./limits.ts";
import { ProductColumns } from "./product-columns.ts";
import { ORDER_NAMES } from "./sort-orders.ts";
import { TermDictionary, type DictionaryImage } from "./term-dictionary.ts";

/** Written into each copy; another number is read by nobody. Raise it when anything below or the terms of products change. */
export const SNAPSHOT_VERSION = 2;

type Header = {
  readonly version: number;
  readonly sequence: number;
  readonly count: number;
  readonly cells: number;
  readonly titleBytes: number;
  readonly definitions: readonly FacetDefinition[] | null;
  readonly dictionary: DictionaryImage;
  readonly places: readonly (readonly [string, readonly (readonly [number, number])[]])[];
};
export type Snapshot = { readonly index: CatalogIndex; readonly sequence: number };

const TITLE_END = "\n";

/** An index as bytes, in chunks that fit a row: what makes a cold start a matter of milliseconds. */
export function writeSnapshot(index: CatalogIndex, sequence: number): Uint8Array[] {
  const { columns } = index;
  const slots = membersOf(columns.live);
  const placeOf = new Uint32Array(columns.slots);
  slots.forEach((slot, place) => (placeOf[slot] = place));
  const column = (values: Float64Array | Uint32Array | Uint8Array): Float64Array =>
    Float64Array.from(slots, (slot) => values[slot] ?? 0);
  const counts = Float64Array.from(slots, (slot) => columns.cellCount[slot] ?? 0);
  const cells = new Uint32Array(counts.reduce((sum, count) => sum + count, 0));
  let used = 0;
  for (const slot of slots) {
    const [start, end] = columns.cellsOf(slot);
    cells.set(columns.cells.subarray(start, end), used);
    used += end - start;
  }
  const titles = new TextEncoder().encode(
    Array.from(slots, (slot) => (columns.titles[slot] ?? "").replaceAll(TITLE_END, " ")).join(TITLE_END),
  );
  const header: Header = {
    version: SNAPSHOT_VERSION,
    sequence,
    count: slots.length,
    cells: cells.length,
    titleBytes: titles.byteLength,
    definitions: index.definitions ?? null,
    dictionary: index.dictionary.image(),
    places: index.places
      .entries()
      .map(([collection, places]) => [
        collection,
        places.map(([slot, place]) => [placeOf[slot] ?? 0, place] as const),
      ]),
  };
  return chunked(
    [
      ...NUMBER_COLUMNS.map((name) => bytesOf(column(columns[name]))),
      bytesOf(counts),
      bytesOf(cells),
      ...ORDER_NAMES.map((name) => bytesOf(index.orders.order(name).map((slot) => placeOf[slot] ?? 0))),
      titles,
    ],
    header,
  );
}

const NUMBER_COLUMNS = [
  "numbers",
  "publishedAtMs",
  "featured",
  "popularity",
  "priceMin",
  "priceMax",
  "soldOut",
  "fingerprints",
] as const;

const bytesOf = (array: Float64Array | Uint32Array): Uint8Array =>
  new Uint8Array(array.buffer, array.byteOffset, array.byteLength);

/** The header's length and the header, then everything else, cut into equal pieces. */
function chunked(parts: readonly Uint8Array[], header: Header): Uint8Array[] {
  const head = new TextEncoder().encode(JSON.stringify(header));
  const length = bytesOf(Uint32Array.of(head.byteLength));
  const all = [length, head, ...parts];
  const whole = new Uint8Array(all.reduce((sum, part) => sum + part.byteLength, 0));
  let place = 0;
  for (const part of all) {
    whole.set(part, place);
    place += part.byteLength;
  }
  const chunks: Uint8Array[] = [];
  for (let start = 0; start < whole.byteLength; start += SNAPSHOT_CHUNK_BYTES)
    chunks.push(whole.subarray(start, start + SNAPSHOT_CHUNK_BYTES));
  return chunks;
}

/** Reads a copy; `undefined` when it is of another version. Throws when bytes are missing: the caller builds anew then. */
export function readSnapshot(chunks: readonly Uint8Array[]): Snapshot | undefined {
  const whole = new Uint8Array(chunks.reduce((sum, chunk) => sum + chunk.byteLength, 0));
  let place = 0;
  for (const chunk of chunks) {
    whole.set(chunk, place);
    place += chunk.byteLength;
  }
  place = 0;
  const take = (bytes: number): ArrayBuffer => {
    invariant(place + bytes <= whole.byteLength, "a snapshot is whole");
    // Copied, so that numbers lie at an even place.
    const part = whole.buffer.slice(place, place + bytes);
    place += bytes;
    return part;
  };
  const [headBytes = 0] = new Uint32Array(take(4));
  const header = JSON.parse(new TextDecoder().decode(take(headBytes))) as Header;
  if (header.version !== SNAPSHOT_VERSION) return undefined;
  return { index: restore(header, take), sequence: header.sequence };
}

function restore(header: Header, take: (bytes: number) => ArrayBuffer): CatalogIndex {
  const [numbers, published, featured, popularity, priceMin, priceMax, soldOut, fingerprints] =
    NUMBER_COLUMNS.map(() => new Float64Array(take(header.count * 8)));
  const counts = new Float64Array(take(header.count * 8));
  const cells = new Uint32Array(take(header.cells * 4));
  const orders = ORDER_NAMES.map(() => new Uint32Array(take(header.count * 4)));
  const titles = new TextDecoder().decode(take(header.titleBytes)).split(TITLE_END);
  const columns = new ProductColumns();
  let used = 0;
  for (let place = 0; place < header.count; place += 1) {
    const end = used + (counts[place] ?? 0);
    columns.put(
      {
        number: numbers?.[place] ?? 0,
        publishedAtMs: published?.[place] ?? 0,
        featuredPosition: featured?.[place] ?? 0,
        popularity: popularity?.[place] ?? 0,
        priceMinMinor: priceMin?.[place] ?? 0,
        priceMaxMinor: priceMax?.[place] ?? 0,
        isSoldOut: soldOut?.[place] === 1,
        fingerprint: fingerprints?.[place] ?? 0,
        titleKey: titles[place] ?? "",
      },
      cells.subarray(used, end),
    );
    used = end;
  }
  const index = new CatalogIndex({
    columns,
    dictionary: TermDictionary.restore(header.dictionary),
    definitions: header.definitions ?? undefined,
  });
  for (const [collection, places] of header.places)
    for (const [slot, place] of places) index.places.put(collection, slot, place);
  ORDER_NAMES.forEach((name, at) => index.orders.restore(name, orders[at] ?? new Uint32Array()));
  return index;
}
