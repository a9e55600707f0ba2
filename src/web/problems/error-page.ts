import { ASSETS } from "../generated/asset-manifest.ts";
import { PRIVATE_NO_STORE } from "../answers/cache-class.ts";
import { RETRY_AFTER_SECONDS } from "./problem-response.ts";

const escapeHtml = (text: string): string =>
  text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);

export type PlainPage = {
  readonly status: number;
  readonly title: string;
  /** Sentences, one paragraph each. */
  readonly paragraphs: readonly string[];
  readonly retryAfterSeconds?: number;
};

/**
 * A ready-made page for when nothing else can be trusted: a string, no data access, no components. Never cached.
 */
export function plainPage({ status, title, paragraphs, retryAfterSeconds }: PlainPage): Response {
  const body = `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>${escapeHtml(title)}</title><meta name="viewport" content="width=device-width, initial-scale=1"><meta name="color-scheme" content="light dark"><meta name="robots" content="noindex"><link rel="stylesheet" href="${ASSETS.shopCss}"></head><body class="page-plain"><header class="top"><div class="top-row"><a class="wordmark" href="/">Kerbside Editions</a></div></header><main id="main"><div class="plain"><h1>${escapeHtml(title)}</h1>${paragraphs.map((text) => `<p>${escapeHtml(text)}</p>`).join("")}<p><a class="button" href="/">Go to the shop</a></p></div></main></body></html>`;
  const headers = new Headers({
    "content-type": "text/html; charset=utf-8",
    "cache-control": PRIVATE_NO_STORE,
  });
  if (retryAfterSeconds !== undefined) headers.set("retry-after", String(retryAfterSeconds));
  return new Response(body, { status, headers });
}

/** The page for trouble that passes by itself. */
export const unavailablePage = (): Response =>
  plainPage({
    status: 503,
    title: "We cannot show this right now",
    paragraphs: [
      "Part of the shop did not answer. Try again in a moment; what is in your cart is still there.",
    ],
    retryAfterSeconds: RETRY_AFTER_SECONDS,
  });

/** The page of a defect: an id to quote, no jargon, never a stack. */
export const brokenPage = (requestId: string): Response =>
  plainPage({
    status: 500,
    title: "Something broke on our side",
    paragraphs: [
      "Try again in a moment. What you had in your cart is still there.",
      `Quote ${requestId} if you write to us.`,
    ],
  });
