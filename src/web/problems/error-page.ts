import { directionOf } from "#kernel";
import { DEFAULT_LOCALE, speechFor } from "#words";
import { ASSETS } from "../generated/asset-manifest.ts";
import { PRIVATE_NO_STORE } from "../answers/cache-class.ts";
import type { PlaceOfTrouble } from "../requests/place-of-trouble.ts";
import { RETRY_AFTER_SECONDS } from "./problem-response.ts";

const escapeHtml = (text: string): string =>
  text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);

const HOME: PlaceOfTrouble = { locale: DEFAULT_LOCALE, home: "/" };

export type PlainPage = {
  readonly status: number;
  /** Of the words, in whose direction the page runs, and of the button; absent: the shop's own. */
  readonly place?: PlaceOfTrouble;
  readonly title: string;
  /** Sentences, one paragraph each. */
  readonly paragraphs: readonly string[];
  readonly retryAfterSeconds?: number;
};

/**
 * A ready-made page for when nothing else can be trusted: a string, no data access, no components. Never cached.
 */
export function plainPage({
  status,
  place = HOME,
  title,
  paragraphs,
  retryAfterSeconds,
}: PlainPage): Response {
  const { language, say } = speechFor(place.locale);
  const body = `<!doctype html><html lang="${language}" dir="${directionOf(language)}"><head><meta charset="utf-8"><title>${escapeHtml(title)}</title><meta name="viewport" content="width=device-width, initial-scale=1"><meta name="color-scheme" content="light dark"><meta name="robots" content="noindex"><link rel="stylesheet" href="${ASSETS.shopCss}"></head><body class="page-plain"><header class="top"><div class="top-row"><a class="wordmark" href="/">Kerbside Editions</a></div></header><main id="main"><div class="plain"><h1>${escapeHtml(title)}</h1>${paragraphs.map((text) => `<p>${escapeHtml(text)}</p>`).join("")}<p><a class="button" href="${escapeHtml(place.home)}">${escapeHtml(say("shell.to_shop"))}</a></p></div></main></body></html>`;
  const headers = new Headers({
    "content-type": "text/html; charset=utf-8",
    "cache-control": PRIVATE_NO_STORE,
  });
  if (retryAfterSeconds !== undefined) headers.set("retry-after", String(retryAfterSeconds));
  return new Response(body, { status, headers });
}

/** The page for trouble that passes by itself. */
export function unavailablePage(place: PlaceOfTrouble): Response {
  const { say } = speechFor(place.locale);
  return plainPage({
    status: 503,
    place,
    title: say("trouble.away"),
    paragraphs: [say("trouble.away_text")],
    retryAfterSeconds: RETRY_AFTER_SECONDS,
  });
}

/** The page of a defect: an id to quote, no jargon, never a stack. */
export function brokenPage(place: PlaceOfTrouble, requestId: string): Response {
  const { say } = speechFor(place.locale);
  return plainPage({
    status: 500,
    place,
    title: say("trouble.broken"),
    paragraphs: [say("trouble.broken_text"), say("trouble.quote", { id: requestId })],
  });
}

/** A request that cannot be read, such as a form that is none. */
export function unreadablePage(place: PlaceOfTrouble, status: number): Response {
  const { say } = speechFor(place.locale);
  return plainPage({
    status,
    place,
    title: say("trouble.unread"),
    paragraphs: [say("trouble.unread_text")],
  });
}

/** Too many forms from one address in a short time. */
export function tooManyRequestsPage(place: PlaceOfTrouble, retryAfterSeconds: number): Response {
  const { say } = speechFor(place.locale);
  return plainPage({
    status: 429,
    place,
    title: say("trouble.too_many"),
    paragraphs: [say("trouble.too_many_text", { count: retryAfterSeconds })],
    retryAfterSeconds,
  });
}
