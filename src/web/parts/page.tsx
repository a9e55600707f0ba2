import type { Child } from "hono/jsx";
import { directionOf } from "#kernel";
import type { Speech } from "#words";
import type { AssetManifest, ScriptName } from "../asset-manifest-type.ts";
import { ASSETS } from "../generated/asset-manifest.ts";
import { Icon } from "./icon.tsx";
import { islandWords } from "./island-words.ts";
import { AlternateLinks, PlaceLinks, useTaxWords } from "./place-links.tsx";
import type { NavLink, ShopChrome } from "./shop-chrome.ts";
import { useChrome, useSpeech } from "./use-speech.ts";

/** The built client files; pages refer to them by this one name. */
export const assets: AssetManifest = ASSETS;

/**
 * Fonts that the browser should fetch before it has read the style sheet. In the page and not in a header: a kept page pays
 * for each of its headers with every answer, and for its bytes hardly at all.
 */
const FONTS = [ASSETS.sansFont, ASSETS.serifFont];

export type PageProps = {
  /** Goes into the title element, followed by the shop's name. */
  readonly title: string;
  readonly description?: string;
  /** Absolute address of the page without odd parameters. */
  readonly canonical?: string;
  /** False keeps search engines away: private pages, searches, filtered lists. */
  readonly isIndexed?: boolean;
  /** The one module file of this kind of page. */
  readonly script?: ScriptName;
  readonly chrome?: ShopChrome;
  /** `checkout` leaves out navigation, search and announcement. */
  readonly frame?: "shop" | "checkout";
  /** Path of the current page, to mark it in the navigation. */
  readonly path?: string;
  /** What was searched for; stays in the field. */
  readonly query?: string;
  /** More elements for the head: Open Graph, JSON-LD. */
  readonly head?: Child;
  /** Styles of one kind of page hang on this word. */
  readonly kind: string;
  readonly children?: Child;
};

/** A whole shop page: head, skip link, header, navigation, search, main, footer. `main` is `#main`. */
export const Page = (props: PageProps) => {
  const { title, frame = "shop", isIndexed = true, script = "base" } = props;
  const speech = useSpeech();
  const { locale, say } = speech;
  const chrome = props.chrome ?? useChrome();
  const scriptPath = ASSETS.scripts[script] ?? ASSETS.scripts.base;
  return (
    <html lang={locale} dir={directionOf(locale)}>
      <head>
        <meta charset="utf-8" />
        <title>{title === chrome.name ? title : `${title} – ${chrome.name}`}</title>
        {FONTS.map((path) => (
          <link rel="preload" href={path} as="font" type="font/woff2" crossorigin="" />
        ))}
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
        {props.description && <meta name="description" content={props.description} />}
        {!isIndexed && <meta name="robots" content="noindex" />}
        {props.canonical && <link rel="canonical" href={props.canonical} />}
        {props.canonical && isIndexed && <AlternateLinks origin={new URL(props.canonical).origin} />}
        <link rel="stylesheet" href={ASSETS.shopCss} />
        <link rel="icon" href="/favicon.svg" type="image/svg+xml" />
        {scriptPath && <script type="module" src={scriptPath} />}
        {props.head}
      </head>
      <body class={`page-${props.kind} frame-${frame}`} data-words={islandWords(speech, script)}>
        <a class="skip" href="#main">
          {say("shell.skip")}
        </a>
        <Header chrome={chrome} frame={frame} path={props.path} query={props.query} />
        <main id="main" tabindex={-1}>
          {props.children}
        </main>
        <Footer chrome={chrome} frame={frame} />
        <div class="toast-place" role="status" data-status="" />
      </body>
    </html>
  );
};

type HeaderProps = {
  readonly chrome: ShopChrome;
  readonly frame: "shop" | "checkout";
  readonly path: string | undefined;
  readonly query: string | undefined;
};

/** Ways to a person's own affairs, and what the shop says of itself. */
const helpLinks = ({ say }: Speech, { texts = [] }: ShopChrome): readonly NavLink[] => [
  { href: "/find-order", label: say("shell.find_order") },
  { href: "/pages/delivery-returns", label: say("shell.delivery_returns") },
  { href: "/pages/about", label: say("shell.about") },
  ...texts,
];

const Header = ({ chrome, frame, path, query }: HeaderProps) => {
  const speech = useSpeech();
  const { say } = speech;
  return (
    <header class="top">
      {frame === "shop" && <p class="announcement">{chrome.announcement ?? say("shell.announcement")}</p>}
      <div class="top-row">
        <a class="wordmark" href="/">
          {chrome.name}
        </a>
        {frame === "shop" && (
          <>
            <nav class="top-nav" aria-label={say("shell.shop")}>
              <NavList links={chrome.navigation} path={path} />
            </nav>
            <form class="top-search" role="search" action="/search" method="get">
              <label class="visually-hidden" for="top-q">
                {say("shell.search_shop")}
              </label>
              <input
                id="top-q"
                name="q"
                type="search"
                value={query ?? ""}
                autocomplete="off"
                enterkeyhint="search"
                maxlength={120}
              />
              <button class="top-search-button" type="submit">
                <Icon name="search" />
                <span class="visually-hidden">{say("shell.search")}</span>
              </button>
            </form>
            <details class="top-menu">
              <summary>
                <Icon name="menu" />
                {say("shell.menu")}
              </summary>
              <nav class="top-menu-panel" aria-label={say("shell.menu")}>
                <NavList links={[...chrome.navigation, ...helpLinks(speech, chrome)]} path={path} />
              </nav>
            </details>
            <a class="top-link top-find" href="/search">
              <Icon name="search" />
              {say("shell.find")}
            </a>
          </>
        )}
        <a class="top-link top-cart" href="/cart">
          <Icon name="bag" />
          <span>
            {say("shell.cart")} <cart-count class="cart-count" />
          </span>
        </a>
      </div>
    </header>
  );
};

const NavList = ({
  links,
  path,
}: {
  readonly links: readonly NavLink[];
  readonly path: string | undefined;
}) => (
  <ul>
    {links.map((link) => (
      <li>
        <a href={link.href} aria-current={link.href === path ? "page" : undefined}>
          {link.label}
        </a>
      </li>
    ))}
  </ul>
);

const Footer = ({ chrome, frame }: { readonly chrome: ShopChrome; readonly frame: "shop" | "checkout" }) => {
  const speech = useSpeech();
  const { say } = speech;
  return (
    <footer class="foot">
      <div class="foot-row">
        <nav aria-label={say("shell.help")}>
          <h2 class="foot-title">{say("shell.help")}</h2>
          <NavList links={helpLinks(speech, chrome)} path={undefined} />
        </nav>
        {frame === "shop" && (
          <nav aria-label={say("shell.collections")}>
            <h2 class="foot-title">{say("shell.shop")}</h2>
            <NavList links={chrome.navigation} path={undefined} />
          </nav>
        )}
        {frame === "shop" && <PlaceLinks />}
        <div class="foot-note">
          <h2 class="foot-title">{chrome.name}</h2>
          <p>
            {useTaxWords().sentence} {say("shell.cookies")}
          </p>
        </div>
      </div>
    </footer>
  );
};
