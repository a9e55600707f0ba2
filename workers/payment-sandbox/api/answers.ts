import type { Problem } from "#kernel";
import { toProblem, type ApiRefusal } from "./problems.ts";

const HEADERS = { "cache-control": "no-store", "x-content-type-options": "nosniff" } as const;

/** A JSON answer; nothing of this API is ever cached. */
export const answerJson = (body: unknown, status = 200): Response =>
  Response.json(body, { status, headers: HEADERS });

/** A refusal as `application/problem+json`. */
export function answerRefusal(refusal: ApiRefusal): Response {
  const problem = toProblem(refusal);
  return Response.json(wire(problem), {
    status: problem.status,
    headers: {
      ...HEADERS,
      "content-type": "application/problem+json",
      ...(problem.retryAfterSeconds === undefined
        ? {}
        : { "retry-after": String(problem.retryAfterSeconds) }),
      ...(problem.status === 401 ? { "www-authenticate": "Bearer" } : {}),
    },
  });
}

/** Facts become extension members, as RFC 9457 says. */
const wire = ({ facts, retryAfterSeconds: _, ...problem }: Problem): object => ({ ...problem, ...facts });

/** What a caller sees of an answer that got lost: a failure without a word. */
export const lostAnswer = (): Response => new Response(null, { status: 500, headers: HEADERS });
