import { fetchPage, island } from "./shared.ts";

/** Remembers that there is something to ask for, so that a first visit asks for nothing. Holds no id. */
const MARK = "seen-lately";
const PATH = "/recently-viewed";

const hasMark = (): boolean => {
  try {
    return localStorage.getItem(MARK) !== null;
  } catch {
    return false;
  }
};

async function show(place: HTMLElement): Promise<void> {
  const productId = place.dataset["product"];
  if (productId === undefined && !hasMark()) return;
  const { page } = await fetchPage(
    PATH,
    productId === undefined ? {} : { method: "POST", body: new URLSearchParams({ productId }) },
  );
  const part = page.querySelector("[data-part=seen]");
  part?.removeAttribute("data-part");
  if (part) place.replaceChildren(document.importNode(part, true));
  if (productId !== undefined) localStorage.setItem(MARK, "1");
}

/** What this browser looked at lately; absent without script, and whenever anything goes wrong. */
island("seen-lately", (place) => void show(place).catch(() => undefined));
