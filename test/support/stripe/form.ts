/** A parameter of a form-encoded request: text, or more parameters. */
export type Params = { [name: string]: string | Params };

/** Reads `a[b][0]=c` into nested parameters. */
export function parseForm(text: string): Params {
  const root: Params = {};
  for (const [name, value] of new URLSearchParams(text)) {
    const path = name.replaceAll("]", "").split("[");
    let at = root;
    for (const part of path.slice(0, -1)) {
      const next = at[part];
      at = typeof next === "object" ? next : (at[part] = {});
    }
    at[path.at(-1) ?? ""] = value;
  }
  return root;
}

export const textOf = (params: Params, name: string): string | undefined => {
  const value = params[name];
  return typeof value === "string" ? value : undefined;
};

export const partOf = (params: Params, name: string): Params => {
  const value = params[name];
  return typeof value === "object" ? value : {};
};

export const numberOf = (params: Params, name: string): number | undefined => {
  const text = textOf(params, name);
  return text === undefined ? undefined : Number(text);
};
