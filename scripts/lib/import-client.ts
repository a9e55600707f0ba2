import { setTimeout as wait } from "node:timers/promises";
import * as z from "zod";
import { jobSchema, reportPageSchema } from "../../src/catalog-import/http/schemas.ts";
import { Mendable } from "./fail.ts";

/** An import as the admin API shows it. */
export type ImportView = z.infer<typeof jobSchema>;
export type ReportRow = z.infer<typeof reportPageSchema>["items"][number];

export type ImportUpload = {
  readonly bytes: Uint8Array<ArrayBuffer>;
  readonly fileName: string;
  readonly policy: string;
  /** Without it, the shop's own. */
  readonly currency?: string | undefined;
  /** Name of a saved mapping; without it, the file is what `format` says. */
  readonly mapping?: string | undefined;
  /** `shopify` without it. */
  readonly format?: string | undefined;
};

/** The imports of one shop, by its admin API. */
export type ImportClient = {
  /** Whether a shop answers at the address. Refuses an address where something else does, and a wrong token. */
  answers(): Promise<boolean>;
  start(upload: ImportUpload): Promise<ImportView>;
  read(id: string): Promise<ImportView>;
  /** The first rows of the report, at most 100. */
  report(id: string): Promise<readonly ReportRow[]>;
  /** Every row that the report keeps. */
  wholeReport(id: string): Promise<readonly ReportRow[]>;
  cancel(id: string): Promise<void>;
};

/** Milliseconds until an answer is given up; an upload of 20 MB is stored well within. */
const TIMEOUT_MS = 60_000;
/** Waits before an unanswered call is repeated, in milliseconds: a shop that takes in a large file may be slow to answer. */
const RETRY_WAITS_MS = [1_000, 4_000, 15_000, 30_000];

const problemSchema = z.looseObject({
  detail: z.string(),
  errors: z.array(z.looseObject({ detail: z.string() })).optional(),
});

/** Speaks to the admin API at an address; every refusal becomes a {@link Mendable} with the API's own words. */
export function createImportClient(shopUrl: string, token: string): ImportClient {
  const base = `${shopUrl.replace(/\/+$/, "")}/admin/api/imports`;
  const once = async (path: string, init: RequestInit = {}): Promise<Response> => {
    const answer = await fetch(base + path, {
      ...init,
      headers: { ...init.headers, authorization: `Bearer ${token}` },
      signal: AbortSignal.timeout(TIMEOUT_MS),
      redirect: "manual",
    });
    // The time-out holds for the body, too: read here, an answer that is cut off counts as none.
    return new Response(await answer.arrayBuffer(), answer);
  };
  const ask = async <S extends z.ZodType>(
    schema: S,
    path: string,
    init?: RequestInit,
  ): Promise<z.output<S>> => {
    const answer = await repeatUnanswered(() => once(path, init));
    if (!answer.ok) throw new Mendable(await explain(answer, shopUrl));
    return schema.parse(await answer.json());
  };
  return {
    async answers() {
      const answer = await once("?limit=1").catch((error: unknown) => {
        if (isRefused(error)) return undefined;
        throw new Mendable(
          `Something listens at ${shopUrl} but does not answer; try again when it has caught up.`,
        );
      });
      if (answer && !answer.ok) throw new Mendable(await explain(answer, shopUrl));
      return answer !== undefined;
    },
    start({ bytes, fileName, policy, ...choices }) {
      const query = new URLSearchParams({ policy, fileName });
      for (const [name, value] of Object.entries(choices)) if (value !== undefined) query.set(name, value);
      const headers = { "content-type": "text/csv", "idempotency-key": crypto.randomUUID() };
      return ask(jobSchema, `?${query}`, { method: "POST", body: bytes, headers });
    },
    read: (id) => ask(jobSchema, `/${id}`),
    report: async (id) => (await ask(reportPageSchema, `/${id}/report?limit=100`)).items,
    async wholeReport(id) {
      const rows: ReportRow[] = [];
      for (let next: string | undefined = ""; next !== undefined;) {
        const path: string = `/${id}/report?limit=100${next === "" ? "" : `&cursor=${next}`}`;
        const page: z.infer<typeof reportPageSchema> = await ask(reportPageSchema, path);
        rows.push(...page.items);
        next = page.nextCursor;
      }
      return rows;
    },
    cancel: async (id) => void (await ask(jobSchema, `/${id}/cancel`, { method: "POST" })),
  };
}

/** Every call may be repeated: reads change nothing, and an upload carries its idempotency key. */
async function repeatUnanswered(call: () => Promise<Response>): Promise<Response> {
  for (const waitMs of RETRY_WAITS_MS) {
    const answer = await call().catch(() => undefined);
    if (answer) return answer;
    await wait(waitMs);
  }
  return call().catch((error: unknown) => {
    throw new Mendable(
      `The shop does not answer any more: ${describe(error)}. An import that has started goes on without us.`,
    );
  });
}

const describe = (error: unknown): string => (error instanceof Error ? error.message : String(error));

/** Whether nobody listens at the address, as opposed to somebody who is slow. */
const isRefused = (error: unknown): boolean =>
  error instanceof Error && JSON.stringify(codesOf(error.cause)).includes("ECONNREFUSED");

const codesOf = (cause: unknown): unknown[] =>
  cause instanceof AggregateError
    ? cause.errors.flatMap(codesOf)
    : cause instanceof Error && "code" in cause
      ? [cause.code]
      : [];

async function explain(answer: Response, shopUrl: string): Promise<string> {
  const body: unknown = await answer.json().catch(() => undefined);
  const problem = problemSchema.safeParse(body);
  if (!problem.success)
    return `${shopUrl} answered ${answer.status}, which is not what a Kerbside shop says. Is another program there?`;
  if (answer.status === 401) return `${shopUrl} does not take the token. Give the shop's own with --token.`;
  const details = problem.data.errors?.map((error) => error.detail) ?? [];
  return [problem.data.detail, ...details.filter((detail) => detail !== problem.data.detail)].join(" ");
}
