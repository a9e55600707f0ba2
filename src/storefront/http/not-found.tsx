import type { Context, Env } from "hono";
import { PRIVATE_NO_STORE, htmlPage } from "#web";
import { NotFoundPage, wordsOfPath } from "../pages/absent-pages.tsx";
import type { Frame } from "./frame.ts";

/** Answers 404 with a search for the words of the address and four collections. */
export const answerNotFound = <E extends Env>(frame: (c: Context<E>) => Promise<Frame>) =>
  async function notFoundPage(c: Context<E>): Promise<Response> {
    const { chrome, collections } = await frame(c);
    c.header("cache-control", PRIVATE_NO_STORE);
    return htmlPage(
      c,
      <NotFoundPage words={wordsOfPath(c.req.path)} collections={collections.slice(0, 4)} chrome={chrome} />,
      404,
    );
  };
