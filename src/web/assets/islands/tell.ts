/** A page that is left sooner has not been looked at. */
const LOOKED_AFTER_MS = 2000;
/** Products of this visit that a view names; the browser forgets them with the tab. */
const REMEMBERED = 4;
const SEEN_KEY = "kerbside-seen";

/**
 * Tells the shop what happened, so that it can rank and recommend: no name, no cookie, no number of a session. A visitor
 * who has asked not to be tracked is left out altogether.
 */
function tell(event: object): void {
  const { globalPrivacyControl } = navigator as { readonly globalPrivacyControl?: boolean };
  if (globalPrivacyControl === true) return;
  const body = new Blob([JSON.stringify({ events: [event] })], { type: "application/json" });
  navigator.sendBeacon("/api/events", body);
}

const handleIn = (url: string): string | undefined => {
  const part = /\/products\/([^/?#]+)/.exec(url)?.[1];
  return part === undefined ? undefined : decodeURIComponent(part);
};

function tellView(handle: string): void {
  let after: string[] = [];
  try {
    after = JSON.parse(sessionStorage.getItem(SEEN_KEY) ?? "[]") as string[];
    sessionStorage.setItem(
      SEEN_KEY,
      JSON.stringify([handle, ...after.filter((one) => one !== handle)].slice(0, REMEMBERED)),
    );
  } catch {
    // Storage may be closed; the view counts all the same.
  }
  tell({ kind: "view", handle, after: after.filter((one) => one !== handle).slice(0, REMEMBERED) });
}

const product = handleIn(location.pathname);
if (product !== undefined) {
  setTimeout(() => document.visibilityState === "visible" && tellView(product), LOOKED_AFTER_MS);
  document.addEventListener("submit", (event) => {
    if (event.target instanceof HTMLFormElement && event.target.matches("form[data-add]"))
      tell({ kind: "cart", handle: product });
  });
}

const found = document.querySelector<HTMLElement>("[data-search]");
const query = found?.dataset["search"];
if (found && query) {
  tell({ kind: "search", query, isMiss: found.dataset["miss"] !== undefined });
  found.addEventListener("click", (event) => {
    const link = event.target instanceof Element ? event.target.closest<HTMLAnchorElement>("a[href]") : null;
    const handle = link && handleIn(link.href);
    if (handle) tell({ kind: "click", query, handle });
  });
}
