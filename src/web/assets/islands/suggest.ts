import { announce, word } from "./shared.ts";

/** Waits for the next letter this long before it asks. */
const WAIT_MS = 120;
/** Shorter beginnings fit too much to be a help. */
const MIN_CHARACTERS = 2;

type Suggestions = {
  readonly phrases: readonly string[];
  readonly products: readonly { readonly handle: string; readonly title: string }[];
};
type Choice = { readonly text: string; readonly href: string };

/** The field and the list below it, as one combobox after the ARIA practices. */
type Box = {
  readonly field: HTMLInputElement;
  readonly list: HTMLUListElement;
  /** Place of the chosen option; -1 is none. */
  at: number;
};

function makeBox(form: HTMLFormElement, field: HTMLInputElement): Box {
  const list = document.createElement("ul");
  list.id = `${field.id}-suggestions`;
  list.className = "suggestions";
  list.hidden = true;
  list.setAttribute("role", "listbox");
  list.setAttribute("aria-label", word("suggestions"));
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
  return { field, list, at: -1 };
}

function choose(box: Box, next: number): void {
  box.list.children[box.at]?.setAttribute("aria-selected", "false");
  box.at = next;
  const option = box.list.children[next];
  option?.setAttribute("aria-selected", "true");
  option?.scrollIntoView({ block: "nearest" });
  if (option) box.field.setAttribute("aria-activedescendant", option.id);
  else box.field.removeAttribute("aria-activedescendant");
}

function show(box: Box, choices: readonly Choice[]): void {
  choose(box, -1);
  box.list.replaceChildren(...choices.map((choice, index) => optionOf(box, choice, index)));
  box.list.hidden = choices.length === 0;
  box.field.setAttribute("aria-expanded", String(choices.length > 0));
}

/** One option, with what was typed in bold. */
function optionOf({ field, list }: Box, { text, href }: Choice, index: number): HTMLElement {
  const item = document.createElement("li");
  item.id = `${list.id}-${index}`;
  item.setAttribute("role", "option");
  item.setAttribute("aria-selected", "false");
  item.dataset["href"] = href;
  const typed = field.value.trim();
  const start = text.toLowerCase().indexOf(typed.toLowerCase());
  if (start < 0) {
    item.textContent = text;
    return item;
  }
  const part = document.createElement("b");
  part.textContent = text.slice(start, start + typed.length);
  item.append(text.slice(0, start), part, text.slice(start + typed.length));
  return item;
}

function follow(item: Element | null | undefined): void {
  const href = item instanceof HTMLElement ? item.dataset["href"] : undefined;
  if (href !== undefined) location.assign(href);
}

/** Acts on a key that means something for an open list; false lets the field have it. */
function pressed(box: Box, key: string): boolean {
  const count = box.list.hidden ? 0 : box.list.children.length;
  if (count === 0) return false;
  if (key === "Escape") show(box, []);
  else if (key === "ArrowDown") choose(box, box.at + 1 < count ? box.at + 1 : -1);
  else if (key === "ArrowUp") choose(box, box.at < 0 ? count - 1 : box.at - 1);
  else if (key === "Enter" && box.at >= 0) follow(box.list.children[box.at]);
  else return false;
  return true;
}

/** Asks the shop of the form's own market: its address says which one that is. */
async function ask(form: HTMLFormElement, typed: string, signal: AbortSignal): Promise<readonly Choice[]> {
  const market = new URL(form.action).pathname.replace(/\/search$/, "");
  const answer = await fetch(`${market}/api/search/suggestions?q=${encodeURIComponent(typed)}`, { signal });
  if (!answer.ok) return [];
  const { phrases, products } = (await answer.json()) as Suggestions;
  return [
    ...phrases.map((text) => ({ text, href: `${market}/search?q=${encodeURIComponent(text)}` })),
    ...products.map(({ handle, title }) => ({
      text: title,
      href: `${market}/products/${encodeURIComponent(handle)}`,
    })),
  ];
}

/**
 * Makes a search form an editable combobox: a list below the field, chosen by hand. Enter without a choice searches what
 * was typed, as the form does without script.
 */
function suggest(form: HTMLFormElement): void {
  const field = form.querySelector<HTMLInputElement>("input[name=q]");
  if (!field) return;
  const box = makeBox(form, field);
  let timer: ReturnType<typeof setTimeout> | undefined;
  let running: AbortController | undefined;

  const stop = (): void => {
    clearTimeout(timer);
    running?.abort();
  };
  const fill = async (): Promise<void> => {
    const typed = field.value.trim();
    if (typed.length < MIN_CHARACTERS) return show(box, []);
    running = new AbortController();
    try {
      const choices = await ask(form, typed, running.signal);
      if (document.activeElement !== field) return;
      show(box, choices);
      announce(choices.length === 0 ? "" : word("suggested", choices.length));
    } catch {
      // The form works without suggestions.
    }
  };

  field.addEventListener("input", () => {
    stop();
    timer = setTimeout(() => void fill(), WAIT_MS);
  });
  field.addEventListener("keydown", (event) => {
    if (event.key === "Escape") stop();
    if (pressed(box, event.key)) event.preventDefault();
  });
  field.addEventListener("blur", () => {
    stop();
    show(box, []);
  });
  // Before the field loses focus, which would close the list under the finger.
  box.list.addEventListener("pointerdown", (event) => event.preventDefault());
  box.list.addEventListener("click", (event) =>
    follow(event.target instanceof Element ? event.target.closest("[role=option]") : null),
  );
}

for (const form of document.querySelectorAll<HTMLFormElement>("form[role=search]")) suggest(form);
