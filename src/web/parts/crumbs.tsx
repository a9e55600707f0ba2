import type { NavLink } from "./shop-chrome.ts";
import { useSpeech } from "./use-speech.ts";

/** Where this page stands: links to the pages above it; `current` is the page itself and no link. */
export const Crumbs = ({
  links,
  current,
}: {
  readonly links: readonly NavLink[];
  readonly current: string;
}) => (
  <nav class="crumbs" aria-label={useSpeech().say("shell.crumbs")}>
    <ol>
      {links.map((link) => (
        <li>
          <a href={link.href}>{link.label}</a>
        </li>
      ))}
      <li aria-current="page">{current}</li>
    </ol>
  </nav>
);
