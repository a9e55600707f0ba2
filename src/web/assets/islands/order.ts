import "./base.ts";
import { announce, fetchPage, island, swapParts, word } from "./shared.ts";

/** Polling starts here and grows while nothing changes; a socket that works needs no polling. */
const POLL_FIRST_MS = 10_000;
const POLL_LONGEST_MS = 120_000;
/** A lost socket is tried again after this long, then half as long again each time, so that a crowd does not return at once. */
const SOCKET_RETRY_MS = 5_000;
const SOCKET_RETRY_LONGEST_MS = 120_000;

function setLive(view: HTMLElement, isLive: boolean): void {
  for (const place of view.querySelectorAll<HTMLElement>("[data-live-word]"))
    place.textContent = isLive ? word("live") : "";
}

/**
 * Follows an order while its page is open: `data-live` is the path of the socket, `data-version` the version shown.
 * A message is only a nudge: the page itself is asked again and its parts are swapped. A change is said once.
 */
island("order-live", (view) => {
  let pollMs = POLL_FIRST_MS;
  let retryMs = SOCKET_RETRY_MS;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let isSocketOpen = false;
  let isRefreshing = false;

  const refresh = async (): Promise<void> => {
    if (isRefreshing) return;
    isRefreshing = true;
    try {
      const { page, ok } = await fetchPage(location.href);
      const version = page.querySelector<HTMLElement>("order-live")?.dataset["version"];
      if (!ok || version === undefined || version === view.dataset["version"]) return;
      if (!swapParts(page)) return location.reload();
      view.dataset["version"] = version;
      document.title = page.title;
      pollMs = POLL_FIRST_MS;
      announce(page.querySelector("[data-announce]")?.getAttribute("data-announce") ?? "");
    } catch {
      // The next poll tries again; the page still shows what it knew.
    } finally {
      isRefreshing = false;
    }
  };

  const poll = (): void => {
    clearTimeout(timer);
    timer = setTimeout(() => {
      if (isSocketOpen || document.hidden) return poll();
      pollMs = Math.min(pollMs * 1.5, POLL_LONGEST_MS);
      void refresh().finally(poll);
    }, pollMs);
  };

  const connect = (): void => {
    const path = view.dataset["live"];
    if (!path) return;
    const socket = new WebSocket(new URL(path, location.href.replace(/^http/, "ws")));
    socket.addEventListener("open", () => {
      isSocketOpen = true;
      retryMs = SOCKET_RETRY_MS;
      setLive(view, true);
      void refresh();
    });
    socket.addEventListener("message", () => void refresh());
    socket.addEventListener("close", () => {
      isSocketOpen = false;
      setLive(view, false);
      pollMs = POLL_FIRST_MS;
      setTimeout(connect, retryMs + Math.random() * SOCKET_RETRY_MS);
      retryMs = Math.min(retryMs * 1.5, SOCKET_RETRY_LONGEST_MS);
    });
  };

  document.addEventListener("visibilitychange", () => void (document.hidden || refresh()));
  connect();
  poll();
});
