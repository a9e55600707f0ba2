import { Hono } from "hono";
import { htmlPage } from "../answers/html.ts";
import { publicCache } from "../answers/cache-class.ts";
import { Page } from "../parts/page.tsx";
import type { ProblemTypeEntry } from "./problem-types.ts";
import { plainPage } from "./error-page.ts";

const PROBLEM_PAGE_SHARED_SECONDS = 3600;

const ProblemPage = ({ entry }: { readonly entry: ProblemTypeEntry }) => (
  <Page title={entry.title} kind="text" isIndexed={false}>
    <div class="prose">
      <p class="eyebrow">Problem {entry.type.replace("/problems/", "")}</p>
      <h1>{entry.title}</h1>
      <p class="lead">{entry.meaning}</p>
      <h2>What to do</h2>
      <p>{entry.remedy}</p>
      <p class="hint">
        Answers of this type have the status {entry.status} and the content type application/problem+json (RFC
        9457).
      </p>
    </div>
  </Page>
);

/** Pages at /problems/{module}/{code}, one for each problem type that an answer can name. */
export function createProblemPages(entries: readonly ProblemTypeEntry[]): Hono {
  const byType = new Map<string, ProblemTypeEntry>(entries.map((entry) => [entry.type, entry]));
  const app = new Hono();
  app.get("/problems/:module/:code", (c) => {
    const entry = byType.get(c.req.path);
    if (!entry)
      return plainPage({
        status: 404,
        title: "We do not know this problem",
        paragraphs: ["No answer of ours has this type."],
      });
    publicCache(c, { sharedSeconds: PROBLEM_PAGE_SHARED_SECONDS });
    return htmlPage(c, <ProblemPage entry={entry} />);
  });
  return app;
}
