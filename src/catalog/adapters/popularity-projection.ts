/** Writes how popular products are into the rows that lists sort by; what is so already is left alone. Parameter: number and step as JSON. */
export const POPULARITY_SQL = `UPDATE products SET popularity = e.value ->> 'popularity'
  FROM json_each(?1) e WHERE products.number = e.value ->> 'number' AND products.popularity <> e.value ->> 'popularity'`;

export const projectPopularity = (
  db: D1Database,
  rows: readonly { readonly number: number; readonly popularity: number }[],
): D1PreparedStatement => db.prepare(POPULARITY_SQL).bind(JSON.stringify(rows));
