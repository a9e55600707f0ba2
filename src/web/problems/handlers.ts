import type { Context, ErrorHandler, NotFoundHandler } from "hono";
import { HTTPException } from "hono/http-exception";
import type { Problem } from "#kernel";
import { placeOfTrouble } from "../requests/place-of-trouble.ts";
import { brokenPage, unavailablePage, unreadablePage } from "./error-page.ts";
import {
  answerProblem,
  brokenBodyProblem,
  internalProblem,
  notFoundProblem,
  requestIdOf,
  unavailableProblem,
} from "./problem-response.ts";

/** True for addresses that programs call: they get problem documents, people get pages. */
export const isApiPath = (path: string): boolean =>
  /^\/(?:admin\/)?api(?:\/|$)/.test(path) || path.startsWith("/webhooks/");

export type ErrorHandlerOptions = {
  /** Called once for every defect; must not throw. */
  readonly report: (error: unknown, c: Context) => void;
  /** Whether the platform has failed us, which passes by itself. Default: never. */
  readonly isTrouble?: (error: unknown) => boolean;
};

/**
 * The outermost catch: logs, then answers 500 without a stack, or 503 for trouble of the platform; as a problem document
 * under /api, as a ready-made page in the reader's language elsewhere. Exceptions of the framework that stand for bad input keep their 4xx status.
 */
export const createErrorHandler = ({ report, isTrouble }: ErrorHandlerOptions): ErrorHandler =>
  function answerError(error, c) {
    if (error instanceof HTTPException && error.status < 500) return answerBadInput(c, error);
    report(error, c);
    if (isTrouble?.(error) === true)
      return isApiPath(c.req.path)
        ? answerProblem(c, unavailableProblem())
        : unavailablePage(placeOfTrouble(c));
    return isApiPath(c.req.path)
      ? answerProblem(c, internalProblem())
      : brokenPage(placeOfTrouble(c), requestIdOf(c));
  };

function answerBadInput(c: Context, error: HTTPException): Response {
  const problem: Problem = { ...brokenBodyProblem("The request cannot be read."), status: error.status };
  if (isApiPath(c.req.path)) return answerProblem(c, problem);
  return unreadablePage(placeOfTrouble(c), error.status);
}

/** Answers unknown addresses: a problem document under /api, the given page elsewhere. */
export const createNotFoundHandler = (page: (c: Context) => Response | Promise<Response>): NotFoundHandler =>
  function answerNotFound(c) {
    return isApiPath(c.req.path) ? answerProblem(c, notFoundProblem()) : page(c);
  };
