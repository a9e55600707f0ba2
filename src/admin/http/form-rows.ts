/** A form as text in every field. */
export type Values = Readonly<Record<string, string>>;

/**
 * Rows of a form whose fields are called `name.0.part`. Rows without anything in `parts` that matters are left out, so
 * that empty lines at the end of a table are no mistake; the others are numbered anew, as the domain will number them.
 */
export function readRows<Part extends string>(
  fields: Values,
  name: string,
  { parts, matters }: { readonly parts: readonly Part[]; readonly matters: readonly Part[] },
): readonly Readonly<Record<Part, string>>[] {
  const prefix = `${name}.`;
  const numbers = new Set(
    Object.keys(fields).flatMap((key) => {
      const number = key.startsWith(prefix) ? Number(key.slice(prefix.length).split(".", 1)[0]) : Number.NaN;
      return Number.isSafeInteger(number) && number >= 0 ? [number] : [];
    }),
  );
  return [...numbers]
    .sort((left, right) => left - right)
    .map(
      (number) =>
        Object.fromEntries(
          parts.map((part) => [part, (fields[`${name}.${number}.${part}`] ?? "").trim()]),
        ) as Record<Part, string>,
    )
    .filter((row) => matters.some((part) => row[part] !== ""));
}

/** The fields of such rows. */
export const writeRows = (name: string, rows: readonly Values[]): Values =>
  Object.fromEntries(
    rows.flatMap((row, number) =>
      Object.entries(row).map(([part, value]): [string, string] => [`${name}.${number}.${part}`, value]),
    ),
  );

/** How many rows of this name a form has. */
export const countRows = (values: Values, name: string): number =>
  1 +
  Object.keys(values).reduce((last, key) => {
    const [first, number] = key.split(".", 2);
    return first === name ? Math.max(last, Number(number)) : last;
  }, -1);

/** One entry per line or comma, without empty ones. */
export const readList = (text: string | undefined): string[] =>
  (text ?? "")
    .split(/[\n,]/)
    .map((entry) => entry.trim())
    .filter((entry) => entry !== "");
