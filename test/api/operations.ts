import { expectOk } from "../support/shop-client.ts";

type Parameter = { readonly in: string; readonly name: string };
type Document = {
  readonly paths: Readonly<
    Record<
      string,
      Readonly<
        Record<
          string,
          {
            readonly parameters?: readonly Parameter[];
            readonly requestBody?: { readonly content?: Readonly<Record<string, unknown>> };
          }
        >
      >
    >
  >;
};

/** One row of an OpenAPI document. */
export type Operation = {
  /** `POST /api/carts/{cartId}/lines`. */
  readonly name: string;
  readonly method: string;
  /** With `{name}` where a value stands. */
  readonly path: string;
  readonly isAdmin: boolean;
  readonly isWrite: boolean;
  readonly hasJsonBody: boolean;
  readonly pathNames: readonly string[];
  readonly queryNames: readonly string[];
};

/** Every operation that the shop itself promises, in both documents. */
export async function readOperations(origin: string): Promise<readonly Operation[]> {
  const documents = await Promise.all(
    ["/api/openapi.json", "/admin/api/openapi.json"].map((path) => expectOk<Document>(origin, { path })),
  );
  return documents.flatMap((document) =>
    Object.entries(document.paths).flatMap(([path, methods]) =>
      Object.entries(methods).map(([method, { parameters = [], requestBody }]): Operation => {
        const named = (place: string) =>
          parameters.filter((each) => each.in === place).map(({ name }) => name);
        return {
          name: `${method.toUpperCase()} ${path}`,
          method: method.toUpperCase(),
          path,
          isAdmin: path.startsWith("/admin/"),
          isWrite: method !== "get",
          hasJsonBody: requestBody?.content?.["application/json"] !== undefined,
          pathNames: named("path"),
          queryNames: named("query"),
        };
      }),
    ),
  );
}

/** The path with its values filled in; a value is text as it stands in the address. */
export const fill = (path: string, values: Readonly<Record<string, string>>): string =>
  path.replace(/\{(\w+)\}/g, (_, name: string) => values[name] ?? "missing");

/** A copy of the value with one member changed: the member's pointer, and JSON text with `replacement` in its place. */
export type Mutation = { readonly pointer: string; readonly text: string };

/** JSON texts that are of another kind than a member's value. */
const WRONG_FOR = {
  string: ["7", "true", "[]", "{}", "null"],
  number: ['"1"', "true", "[]", "{}", "null", "0.5", "-0.5", "1e15", "1e400", "-1e400", '"NaN"'],
  boolean: ['"true"', "1", "[]", "null"],
  array: ["{}", '"a"', "1", "null", "[[]]", "[null]"],
  object: ["[]", '"a"', "1", "null", "true"],
} as const;

/** Every member of a JSON value, replaced by each value of a wrong kind; and an unknown member in every object. */
export function wrongKinds(
  sample: unknown,
  isOptionalNull: (pointer: string) => boolean = () => false,
): readonly Mutation[] {
  const found: Mutation[] = [];
  const visit = (value: unknown, pointer: string, wrap: (text: string) => string): void => {
    const kind = kindOf(value);
    for (const wrong of WRONG_FOR[kind]) {
      if (wrong === "null" && isOptionalNull(pointer)) continue;
      found.push({ pointer: `${pointer} = ${wrong}`, text: wrap(wrong) });
    }
    if (Array.isArray(value)) {
      for (const [index, each] of value.entries())
        visit(each, `${pointer}/${index}`, (text) => wrap(arrayText(value, index, text)));
    } else if (typeof value === "object" && value !== null) {
      found.push({ pointer: `${pointer}/surprise`, text: wrap(objectText(value, "surprise", '"?"')) });
      for (const [name, each] of Object.entries(value))
        visit(each, `${pointer}/${name}`, (text) => wrap(objectText(value, name, text)));
    }
  };
  visit(sample, "", (text) => text);
  return found;
}

function kindOf(value: unknown): keyof typeof WRONG_FOR {
  if (Array.isArray(value)) return "array";
  const kind = typeof value;
  return kind === "string" || kind === "number" || kind === "boolean" ? kind : "object";
}

const arrayText = (array: readonly unknown[], index: number, text: string): string =>
  `[${array.map((each, place) => (place === index ? text : JSON.stringify(each))).join(",")}]`;

const objectText = (object: object, name: string, text: string): string =>
  `{${[...new Set([...Object.keys(object), name])]
    .map(
      (each) => `${JSON.stringify(each)}:${each === name ? text : JSON.stringify(Reflect.get(object, each))}`,
    )
    .join(",")}}`;
