import { announce } from "./shared.ts";

/** Waits for the next letter this long before it asks. */
const WAIT_MS = 120;

type Suggestions = {
  readonly phrases: readonly string[];
  readonly products: readonly { readonly handle: string; readonly title: string }[];
};

/**
 * Makes a search form an editable combobox after the ARIA practices: a list below the field, chosen by hand. Enter without
 * a choice searches what was typed, as the form does without script.
 */
function suggest(form: HTMLFormElement): void {
  const field = form.querySelector<HTMLInputElement>("input[name=q]");
  if (!field) return;
  const list = document.createElement("ul");
  list.id = `${field.id}-suggestions`;
  list.className = "suggestions";
  list.hidden = true;
  list.setAttribute("role", "listbox");
  list.setAttribute("aria-label", "Suggestions");
  form.append(list);
  // A text field may be a combobox; a search field may not (ARIA in HTML).
  field.type = "text";
  field.autocomplete = "off";
  for (const [name, value] of Object.entries({
    role: "combobox",
    "aria-autocomplete": "list",
    "aria-controls": list.id,
    "aria-expanded": "false",
  }))
    field.setAttribute(name, value);

  let at = -1;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let running: AbortController | undefined;

  const choose = (next: number): void => {
    list.children[at]?.setAttribute("aria-selected", "false");
    at = next;
    const option = list.children[at];
    option?.setAttribute("aria-selected", "true");
    option?.scrollIntoView({ block: "nearest" });
    if (option) field.setAttribute("aria-activedescendant", option.id);
    else field.removeAttribute("aria-activedescendant");
  };
  const close = (): void => {
    clearTimeout(timer);
    running?.abort();
    choose(-1);
    list.hidden = true;
    field.setAttribute("aria-expanded", "false");
  };
  const open = (options: readonly HTMLElement[]): void => {
    choose(-1);
    list.replaceChildren(...options);
    list.hidden = options.length === 0;
    field.setAttribute("aria-expanded", String(options.length > 0));
    announce(options.length === 0 ? "" : `${options.length} suggestions.`);
  };
  const option = (text: string, href: string, index: number): HTMLElement => {
    const item = document.createElement("li");
    item.id = `${list.id}-${index}`;
    item.setAttribute("role", "option");
    item.setAttribute("aria-selected", "false");
    item.dataset["href"] = href;
    const typed = field.value.trim();
    const start = text.toLowerCase().indexOf(typed.toLowerCase());
    if (start < 0) item.textContent = text;
    else {
      const part = document.createElement("b");
      part.textContent = text.slice(start, start + typed.length);
      item.append(text.slice(0, start), part, text.slice(start + typed.length));
    }
    return item;
  };
  const ask = async (): Promise<void> => {
    const typed = field.value.trim();
    if (typed.length < 2) return close();
    running = new AbortController();
    try {
      const answer = await fetch(`/api/search/suggestions?q=${encodeURIComponent(typed)}`, {
        signal: running.signal,
      });
      if (!answer.ok || document.activeElement !== field) return;
      const { phrases, products } = (await answer.json()) as Suggestions;
      open([
        ...phrases.map((text, index) => option(text, `/search?q=${encodeURIComponent(text)}`, index)),
        ...products.map(({ handle, title }, index) =>
          option(title, `/products/${encodeURIComponent(handle)}`, phrases.length + index),
        ),
      ]);
    } catch {
      // The form works without suggestions.
    }
  };
  const follow = (item: Element | null | undefined): void => {
    const href = item instanceof HTMLElement ? item.dataset["href"] : undefined;
    if (href !== undefined) location.assign(href);
  };

  field.addEventListener("input", () => {
    clearTimeout(timer);
    running?.abort();
    timer = setTimeout(() => void ask(), WAIT_MS);
  });
  field.addEventListener("keydown", (event) => {
    const count = list.hidden ? 0 : list.children.length;
    if (event.key === "Escape" && count > 0) close();
    else if (event.key === "ArrowDown" && count > 0) choose(at + 1 < count ? at + 1 : -1);
    else if (event.key === "ArrowUp" && count > 0) choose(at < 0 ? count - 1 : at - 1);
    else if (event.key === "Enter" && at >= 0) follow(list.children[at]);
    else return;
    event.preventDefault();
  });
  field.addEventListener("blur", close);
  // Before the field loses focus, which would close the list under the finger.
  list.addEventListener("pointerdown", (event) => event.preventDefault());
  list.addEventListener("click", (event) =>
    follow(event.target instanceof Element ? event.target.closest("[role=option]") : null),
  );
}

for (const form of document.querySelectorAll<HTMLFormElement>("form[role=search]")) suggest(form);
