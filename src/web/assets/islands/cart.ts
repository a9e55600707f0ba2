import "./base.ts";
import "./seen.ts";
import { announce, fetchPage, island, showCartCount, swapParts } from "./shared.ts";

/** Waits for the person to stop changing a number. */
const UPDATE_AFTER_MS = 400;

/** Sends a changed quantity by itself; the page's own button does the same without script. */
island("cart-view", (view) => {
  let timer: ReturnType<typeof setTimeout> | undefined;
  let running: AbortController | undefined;
  const update = async (form: HTMLFormElement): Promise<void> => {
    running?.abort();
    running = new AbortController();
    try {
      const body = new URLSearchParams([...new FormData(form)].map(([name, value]) => [name, String(value)]));
      const { page } = await fetchPage(form.action, { method: "POST", body, signal: running.signal });
      if (!swapParts(page)) throw new Error("other page");
      showCartCount();
      announce(page.querySelector("[data-announce]")?.getAttribute("data-announce") ?? "");
    } catch (error) {
      if (!(error instanceof DOMException && error.name === "AbortError")) form.submit();
    }
  };
  view.addEventListener("change", (event) => {
    const field = event.target;
    if (!(field instanceof HTMLInputElement) || field.type !== "number" || !field.form?.reportValidity())
      return;
    const form = field.form;
    clearTimeout(timer);
    timer = setTimeout(() => void update(form), UPDATE_AFTER_MS);
  });
});
