import { Agent, request } from "node:http";

// Requests as an ill-meaning or broken client writes them: any bytes, any path, any header. `fetch` would tidy them up.

/** Milliseconds after which an answer counts as missing. */
const TIMEOUT_MS = 15_000;
const agent = new Agent({ keepAlive: true, maxSockets: 8 });

export type WireRequest = {
  readonly method: string;
  /** Sent as it is; not even `..` is resolved. */
  readonly path: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string | Uint8Array;
};

export type WireAnswer = {
  readonly status: number;
  readonly contentType: string;
  readonly headers: Readonly<Record<string, string | readonly string[] | undefined>>;
  readonly text: string;
};

/** Sends one request to the shop; any status is an answer. Throws when none comes. */
export function send(origin: string, { method, path, headers = {}, body }: WireRequest): Promise<WireAnswer> {
  const { hostname, port } = new URL(origin);
  return new Promise((settle, fail) => {
    const length = body === undefined ? {} : { "content-length": String(Buffer.byteLength(body)) };
    const sent = request(
      { agent, hostname, port, method, path, headers: { ...length, ...headers } },
      (answer) => {
        const chunks: Buffer[] = [];
        answer.on("data", (chunk: Buffer) => chunks.push(chunk));
        answer.on("error", fail);
        answer.on("end", () =>
          settle({
            status: answer.statusCode ?? 0,
            contentType: answer.headers["content-type"] ?? "",
            headers: answer.headers,
            text: Buffer.concat(chunks).toString("utf8"),
          }),
        );
      },
    );
    sent.setTimeout(TIMEOUT_MS, () =>
      sent.destroy(new Error(`no answer to ${method} ${path.slice(0, 200)}`)),
    );
    sent.on("error", fail);
    sent.end(body);
  });
}

/** What must never leave the shop: stacks, SQL, files of the machine, names of inner parts. */
const LEAK =
  /\bat \S+ \(|node_modules|\.(?:ts|js|mjs):\d|\bSELECT\b.+\bFROM\b|\bINSERT INTO\b|SQLITE|D1_|\/(?:tmp|home|root|work)\/|Durable ?Object|workerd|miniflare/i;

export type Expected = {
  readonly statuses: readonly number[];
  /** Pages answer people: HTML is as good as a problem document. */
  readonly isPage?: boolean;
};

/** What is wrong with a refusal; `undefined` when it is as it should be. Notes the type of each problem in `types`. */
export function faultOf(answer: WireAnswer, expected: Expected, types: Set<string>): string | undefined {
  const { status, contentType, text } = answer;
  const start = text.slice(0, 240).replaceAll("\n", " ");
  if (!expected.statuses.includes(status))
    return `${status} instead of ${expected.statuses.join("/")}: ${start}`;
  if (expected.isPage === true && contentType.startsWith("text/html")) {
    return text.includes("<h1") ? undefined : `a page without a heading: ${start}`;
  }
  if (status >= 300 && status < 400) return undefined;
  if (contentType !== "application/problem+json") return `${status} is ${contentType || "nothing"}: ${start}`;
  if (LEAK.test(text)) return `says too much: ${start}`;
  return faultOfProblem(text, status, types);
}

function faultOfProblem(text: string, status: number, types: Set<string>): string | undefined {
  const problem: unknown = JSON.parse(text);
  if (typeof problem !== "object" || problem === null) return "the problem is no object";
  const { type, title, status: told, instance } = problem as Record<string, unknown>;
  if (typeof type !== "string" || !type.startsWith("/problems/")) return `its type is ${String(type)}`;
  types.add(type);
  if (typeof title !== "string" || title === "") return "it has no title";
  if (told !== status) return `it says ${String(told)} and answers ${status}`;
  return typeof instance === "string" ? undefined : "it does not name its request";
}
