/** What every island needs. Islands make a working page quicker; one that fails leaves the page as it was. */

/** Busy words appear only after this long, so that quick answers do not flicker. */
const BUSY_AFTER_MS = 300;
/** A notice stays this long; it also stays in the page's status for screen readers. */
const TOAST_MS = 6000;

let words: Readonly<Partial<Record<string, string>>> | undefined;

/** A sentence that the page brought for its scripts (`data-words` of its body), in the page's language. */
export function word(name: string, count = 0): string {
  words ??= JSON.parse(document.body.dataset["words"] ?? "{}") as Readonly<Record<string, string>>;
  return (words[name] ?? "").replace("{count}", count.toLocaleString(document.documentElement.lang));
}

/** The number of units in the cart, from the readable cookie that holds only that number. */
export function cartCount(): number {
  const value = /(?:^|; )cart_count=(\d{1,4})(?:;|$)/.exec(document.cookie)?.[1];
  return value === undefined ? 0 : Number(value);
}

/** Shows the count beside every cart link. */
export function showCartCount(): void {
  const count = cartCount();
  for (const place of document.querySelectorAll("cart-count"))
    place.textContent = count > 0 ? String(count) : "";
}

/** Says something once, politely, in the one status region of the page; with a link, as a notice that can be seen. */
export function announce(text: string, link?: { readonly href: string; readonly label: string }): void {
  const place = document.querySelector("[data-status]");
  if (!place) return;
  const toast = document.createElement("p");
  toast.className = link ? "toast" : "visually-hidden";
  toast.textContent = text;
  if (link) {
    const anchor = document.createElement("a");
    anchor.href = link.href;
    anchor.textContent = link.label;
    toast.append(" ", anchor);
  }
  place.replaceChildren(toast);
  if (link) setTimeout(() => toast.remove(), TOAST_MS);
}

/** Marks a control as busy after a moment, in words, without disabling it; returns what ends it. */
export function busy(control: HTMLElement, words: string): () => void {
  control.setAttribute("aria-disabled", "true");
  const before = [...control.childNodes];
  const timer = setTimeout(() => control.replaceChildren(words), BUSY_AFTER_MS);
  return () => {
    clearTimeout(timer);
    control.removeAttribute("aria-disabled");
    control.replaceChildren(...before);
  };
}

/** Fetches a page of this shop; refuses anything that is not a page. */
export async function fetchPage(
  url: string,
  init: RequestInit = {},
): Promise<{ readonly page: Document; readonly url: string; readonly ok: boolean }> {
  const answer = await fetch(url, { ...init, headers: { accept: "text/html", ...init.headers } });
  if (!answer.headers.get("content-type")?.startsWith("text/html")) throw new Error("not a page");
  return {
    page: new DOMParser().parseFromString(await answer.text(), "text/html"),
    url: answer.url,
    ok: answer.ok,
  };
}

/**
 * Replaces each `[data-part=name]` of this page by the one of another, keeping focus on the control of the same id or
 * address. False when the other page has not all parts; nothing is changed then.
 */
export function swapParts(page: Document): boolean {
  const present = [...document.querySelectorAll<HTMLElement>("[data-part]")];
  const pairs = present.map((part) => ({
    part,
    next: page.querySelector(`[data-part="${part.dataset["part"] ?? ""}"]`),
  }));
  if (pairs.some(({ next }) => !next)) return false;
  const focused = focusKey(document.activeElement);
  for (const { part, next } of pairs)
    if (next && part.outerHTML !== next.outerHTML) part.replaceWith(document.importNode(next, true));
  if (focused && document.activeElement === document.body)
    document.querySelector<HTMLElement>(focused)?.focus({ preventScroll: true });
  return true;
}

function focusKey(element: Element | null): string | undefined {
  if (!element || element === document.body) return undefined;
  if (element.id) return `#${CSS.escape(element.id)}`;
  const href = element.getAttribute("href");
  return href ? `${element.localName}[href="${CSS.escape(href)}"]` : undefined;
}

/** Defines an island once; `connect` runs when its element is in the page. */
export function island(name: string, connect: (element: HTMLElement) => void): void {
  if (customElements.get(name)) return;
  customElements.define(
    name,
    class extends HTMLElement {
      connectedCallback(): void {
        connect(this);
      }
    },
  );
}
