import "./base.ts";
import { announce, busy, fetchPage, island, swapParts } from "./shared.ts";

async function sort(form: HTMLFormElement): Promise<void> {
  const url = new URL(form.action);
  for (const [name, value] of new FormData(form))
    if (typeof value === "string" && value) url.searchParams.set(name, value);
  try {
    const { page } = await fetchPage(url.href);
    if (!swapParts(page)) throw new Error("other page");
    history.pushState(null, "", url);
    announce(page.querySelector("[data-announce]")?.getAttribute("data-announce") ?? "");
  } catch {
    form.submit();
  }
}

async function more(view: HTMLElement, link: HTMLAnchorElement): Promise<void> {
  if (link.getAttribute("aria-disabled") === "true") return;
  const done = busy(link, "Loading…");
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
    foot.querySelector("[data-shown]")?.replaceChildren(`${total} shown`);
    view.querySelector("[data-pager]")?.replaceWith(foot);
    added[0]?.querySelector("a")?.focus();
    announce(`${added.length} more, ${total} shown.`);
  } catch {
    location.assign(link.href);
  }
}

/** Submits the sort form on change; appends the next cards in place. */
island("collection-view", (view) => {
  view.addEventListener("change", (event) => {
    const form = event.target instanceof HTMLSelectElement ? event.target.form : null;
    if (form?.method === "get") void sort(form);
  });
  view.addEventListener("click", (event) => {
    if (event.defaultPrevented || event.metaKey || event.ctrlKey || event.shiftKey || event.button !== 0)
      return;
    const link =
      event.target instanceof Element ? event.target.closest<HTMLAnchorElement>("a[data-more]") : null;
    if (!link) return;
    event.preventDefault();
    void more(view, link);
  });
  addEventListener("popstate", () => location.reload());
});
