import { ok, refuse } from "#kernel";
import { keysetPage, readCursor } from "#platform";
import type { MediaFile, MediaLibrary, MediaWords } from "../app/media-library.ts";
import { MAX_PAGE_SIZE } from "../domain/limits.ts";

type MediaFileRow = {
  readonly name: string;
  readonly content_type: string;
  readonly bytes: number;
  readonly width: number;
  readonly height: number;
  readonly alt: string;
  readonly focal_x: number;
  readonly focal_y: number;
  readonly created_at_ms: number;
};

const COLUMNS = "name, content_type, bytes, width, height, alt, focal_x, focal_y, created_at_ms";

/** Every statement of the library. A picture that one product shows is changed in its rows and in its cards' copies. */
export const MEDIA_SQL = {
  find: `SELECT ${COLUMNS} FROM media_files WHERE name = ?1`,
  first: `SELECT ${COLUMNS} FROM media_files ORDER BY created_at_ms DESC, name DESC LIMIT ?1`,
  next: `SELECT ${COLUMNS} FROM media_files WHERE (created_at_ms, name) < (?2, ?3)
    ORDER BY created_at_ms DESC, name DESC LIMIT ?1`,
  describe: "UPDATE media_files SET alt = ?2, focal_x = ?3, focal_y = ?4 WHERE name = ?1",
  products: `UPDATE products SET
      picture = CASE WHEN picture ->> 'url' = ?1
        THEN json_set(picture, '$.alt', ?2, '$.focalX', ?3, '$.focalY', ?4) ELSE picture END,
      second_picture = CASE WHEN second_picture ->> 'url' = ?1
        THEN json_set(second_picture, '$.alt', ?2, '$.focalX', ?3, '$.focalY', ?4) ELSE second_picture END
    WHERE number IN (SELECT product_number FROM media WHERE url = ?1)`,
  views: "UPDATE media SET alt = ?2, focal_x = ?3, focal_y = ?4 WHERE url = ?1",
} as const;

/** Collections are few: every one is looked at. */
const COLLECTIONS_SQL = `UPDATE collections
  SET picture = json_set(picture, '$.alt', ?2, '$.focalX', ?3, '$.focalY', ?4) WHERE picture ->> 'url' = ?1`;

const readFile = (row: MediaFileRow): MediaFile => ({
  name: row.name,
  url: `/media/${row.name}`,
  contentType: row.content_type,
  bytes: row.bytes,
  width: row.width,
  height: row.height,
  alt: row.alt,
  focalX: row.focal_x,
  focalY: row.focal_y,
  createdAtMs: row.created_at_ms,
});

/** The library in D1, its files in R2. */
export function createMediaLibrary(db: D1Database, bucket: R2Bucket): MediaLibrary {
  return {
    async list({ cursor, limit: wanted }) {
      const limit = Math.min(Math.max(1, Math.trunc(wanted)), MAX_PAGE_SIZE);
      const keys = readCursor(cursor, ["number", "string"]);
      if (!keys) return refuse({ code: "invalid_cursor" });
      const { results } = await db
        .prepare(keys.length === 0 ? MEDIA_SQL.first : MEDIA_SQL.next)
        .bind(limit + 1, ...keys)
        .all<MediaFileRow>();
      return ok(keysetPage(results, limit, { item: readFile, key: (row) => [row.created_at_ms, row.name] }));
    },
    async find(name) {
      const row = await db.prepare(MEDIA_SQL.find).bind(name).first<MediaFileRow>();
      return row === null ? undefined : readFile(row);
    },
    async add(file, bytes) {
      await bucket.put(file.name, bytes, {
        onlyIf: { etagDoesNotMatch: "*" },
        httpMetadata: { contentType: file.contentType },
      });
      await db
        .prepare(
          `INSERT INTO media_files (${COLUMNS}) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (name) DO NOTHING`,
        )
        .bind(
          ...[file.name, file.contentType, file.bytes, file.width, file.height],
          ...[file.alt, file.focalX, file.focalY, file.createdAtMs],
        )
        .run();
    },
    async describe(name, words) {
      const [changed] = await db.batch(describeStatements(db, name, words));
      return (changed?.meta.changes ?? 0) > 0;
    },
  };
}

function describeStatements(
  db: D1Database,
  name: string,
  { alt, focalX, focalY }: MediaWords,
): D1PreparedStatement[] {
  const url = `/media/${name}`;
  return [
    db.prepare(MEDIA_SQL.describe).bind(name, alt, focalX, focalY),
    // The cards first: they are found by the rows below.
    db.prepare(MEDIA_SQL.products).bind(url, alt, focalX, focalY),
    db.prepare(MEDIA_SQL.views).bind(url, alt, focalX, focalY),
    db.prepare(COLLECTIONS_SQL).bind(url, alt, focalX, focalY),
  ];
}
