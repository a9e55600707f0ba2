import "./base.ts";
import { announce, busy, fetchPage, island, swapParts, word } from "./shared.ts";

/** The orders of a collection and of a search when nobody chose one. */
const DEFAULT_SORTS = new Set(["featured", "relevance"]);

/** The address that a GET form leads to: what is empty is left out. */
function addressOf(form: HTMLFormElement): URL {
  const url = new URL(form.action);
  url.search = "";
  for (const [name, value] of new FormData(form))
    if (typeof value === "string" && value.trim() && !(name === "sort" && DEFAULT_SORTS.has(value)))
      url.searchParams.append(name, value.trim());
  return url;
}

/** The newest address that was asked for: an answer that comes late must not replace a later one. */
let latest = "";

/** Shows the list of another address in place, and says how much is in it. */
async function show(url: string, remember: boolean): Promise<void> {
  latest = url;
  const opened = [...document.querySelectorAll<HTMLDetailsElement>("details.facet-more[open]")].map(
    ({ id }) => id,
  );
  try {
    const { page } = await fetchPage(url);
    if (latest !== url) return;
    if (!swapParts(page)) throw new Error("other page");
    for (const id of opened) document.getElementById(id)?.setAttribute("open", "");
    if (remember) history.pushState(null, "", url);
    announce(page.querySelector("[data-announce]")?.getAttribute("data-announce") ?? "");
  } catch {
    if (latest === url) location.assign(url);
  }
}

async function more(view: HTMLElement, link: HTMLAnchorElement): Promise<void> {
  if (link.getAttribute("aria-disabled") === "true") return;
  const done = busy(link, word("loading"));
  try {
    const { page } = await fetchPage(link.href);
    const list = view.querySelector(".cards");
    const cards = [...page.querySelectorAll(".cards > li")];
    const pager = page.querySelector("[data-pager]");
    if (!list || !pager || cards.length === 0) throw new Error("other page");
    done();
    const added = cards.map((card) => document.importNode(card, true));
    list.append(...added);
    const total = list.children.length;
    const foot = document.importNode(pager, true);
    foot.querySelector("[data-first]")?.remove();
    foot.querySelector("[data-shown]")?.replaceChildren(word("shown", total));
    view.querySelector("[data-pager]")?.replaceWith(foot);
    added[0]?.querySelector("a")?.focus();
    announce(word("shown", total));
  } catch {
    location.assign(link.href);
  }
}

/** The form's button on a narrow screen: the list is there already, so it only makes way for it. */
function makeWay(form: HTMLFormElement): void {
  const box = form.closest("details");
  const opener = box?.querySelector("summary");
  if (!box || !opener?.checkVisibility()) return;
  box.open = false;
  opener.focus();
}

/** Submits the form of a list on each change; takes chips away and appends the next cards in place. */
island("collection-view", (view) => {
  view.addEventListener("change", ({ target }) => {
    const form =
      target instanceof HTMLSelectElement || target instanceof HTMLInputElement ? target.form : null;
    if (form?.method === "get" && form.role !== "search") void show(addressOf(form).href, true);
  });
  view.addEventListener("submit", (event) => {
    const form = event.target;
    if (!(form instanceof HTMLFormElement) || form.role === "search") return;
    event.preventDefault();
    makeWay(form);
    void show(addressOf(form).href, true);
  });
  view.addEventListener("click", (event) => {
    if (event.defaultPrevented || event.metaKey || event.ctrlKey || event.shiftKey || event.button !== 0)
      return;
    const link =
      event.target instanceof Element
        ? event.target.closest<HTMLAnchorElement>("a[data-more], .chips a")
        : null;
    if (!link) return;
    event.preventDefault();
    if (link.matches("[data-more]")) void more(view, link);
    else void show(link.href, true);
  });
  addEventListener("popstate", () => void show(location.href, false));
});
