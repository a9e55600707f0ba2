import "./base.ts";
import "./delivery.ts";
import "./seen.ts";
import { announce, busy, fetchPage, island, showCartCount, swapParts, word } from "./shared.ts";

let latest = 0;
async function show(url: string, isNew: boolean): Promise<void> {
  const mine = (latest += 1);
  try {
    const { page } = await fetchPage(url);
    if (mine !== latest) return;
    if (!swapParts(page)) throw new Error("other page");
    document.title = page.title;
    if (isNew) history.pushState(null, "", url);
    followGallery();
    announce(page.querySelector("[data-announce]")?.getAttribute("data-announce") ?? "");
  } catch {
    if (mine === latest) location.assign(url);
  }
}

async function addToCart(event: SubmitEvent, form: HTMLFormElement): Promise<void> {
  event.preventDefault();
  const button = form.querySelector<HTMLElement>("button[type=submit]");
  if (!button || button.getAttribute("aria-disabled") === "true") return;
  const done = busy(button, word("adding"));
  try {
    const answer = await fetch(form.action, {
      method: "POST",
      body: new URLSearchParams([...new FormData(form)].map(([name, value]) => [name, String(value)])),
      redirect: "manual",
    });
    done();
    // The server answers a good POST with a redirect to the cart. Anything else it must say on a page of its own.
    if (answer.type !== "opaqueredirect") return form.submit();
    showCartCount();
    announce(word("added"), { href: "/cart", label: word("viewCart") });
  } catch {
    done();
    announce(word("lost"), { href: "/cart", label: word("viewCart") });
  }
}

const slides = (): HTMLElement[] => [
  ...document.querySelectorAll<HTMLElement>(".gallery-row > .gallery-slide"),
];

function scrollToSlide(index: number): void {
  const row = document.querySelector<HTMLElement>("[data-gallery-row]");
  const slide = slides()[index];
  if (!row || !slide) return;
  const behavior = matchMedia("(prefers-reduced-motion: reduce)").matches ? "instant" : "smooth";
  row.scrollTo({ left: slide.offsetLeft - row.offsetLeft, behavior });
}

/** A picture whose edge is seen already is not brought into view by the browser when Tab reaches it. */
function showFocused({ target }: FocusEvent): void {
  if (target instanceof Element && target.matches(".gallery-link:focus-visible"))
    target.scrollIntoView({ block: "nearest", inline: "start" });
}

let observer: IntersectionObserver | undefined;
function followGallery(): void {
  observer?.disconnect();
  const row = document.querySelector<HTMLElement>("[data-gallery-row]");
  if (!row) return;
  row.addEventListener("focusin", showFocused);
  const all = slides();
  observer = new IntersectionObserver(
    (entries) => {
      const seen = entries.find((entry) => entry.isIntersecting);
      if (!seen) return;
      const index = all.indexOf(seen.target as HTMLElement);
      for (const thumb of document.querySelectorAll<HTMLElement>("[data-thumb]")) {
        if (thumb.dataset["thumb"] === String(index)) thumb.setAttribute("aria-current", "true");
        else thumb.removeAttribute("aria-current");
      }
    },
    { root: row, threshold: 0.6 },
  );
  for (const slide of all) observer.observe(slide);
}

function openZoom(link: HTMLAnchorElement): void {
  const picture = link.querySelector("img");
  if (!picture) return location.assign(link.href);
  const dialog = document.createElement("dialog");
  dialog.className = "zoom";
  dialog.setAttribute("aria-label", picture.alt || word("picture"));
  const close = document.createElement("button");
  close.className = "button button-quiet zoom-close";
  close.textContent = word("close");
  const large = document.createElement("img");
  large.src = link.href;
  large.alt = picture.alt;
  large.width = picture.width;
  large.height = picture.height;
  dialog.append(close, large);
  dialog.addEventListener("click", () => dialog.close());
  dialog.addEventListener("close", () => {
    dialog.remove();
    link.focus();
  });
  document.body.append(dialog);
  dialog.showModal();
  const centre = (): void =>
    dialog.scrollTo(
      (dialog.scrollWidth - dialog.clientWidth) / 2,
      (dialog.scrollHeight - dialog.clientHeight) / 2,
    );
  large.addEventListener("load", centre);
  centre();
}

/** Swaps options without a reload, adds to the cart without leaving, follows and zooms pictures. */
island("product-view", (view) => {
  view.addEventListener("click", (event) => {
    if (event.defaultPrevented || event.metaKey || event.ctrlKey || event.shiftKey || event.button !== 0)
      return;
    const link = event.target instanceof Element ? event.target.closest("a") : null;
    if (!link) return;
    if (link.dataset["option"] !== undefined) {
      event.preventDefault();
      void show(link.href, true);
    } else if (link.dataset["zoom"] !== undefined) {
      event.preventDefault();
      openZoom(link);
    } else if (link.dataset["thumb"] !== undefined) {
      event.preventDefault();
      scrollToSlide(Number(link.dataset["thumb"]));
    }
  });
  view.addEventListener("submit", (event) => {
    const form = event.target;
    if (!(form instanceof HTMLFormElement)) return;
    if (form.dataset["add"] !== undefined) void addToCart(event, form);
    if (form.dataset["optionForm"] === undefined) return;
    event.preventDefault();
    const chosen = [...new FormData(form)].map(([name, value]) => [name, String(value)]);
    void show(`${form.action}?${new URLSearchParams(chosen).toString()}`, true);
  });
  addEventListener("popstate", () => void show(location.href, false));
  followGallery();
});
