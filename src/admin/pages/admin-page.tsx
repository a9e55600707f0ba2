import type { Child } from "hono/jsx";
import { assets } from "#web";

export type AdminPageProps = {
  readonly title: string;
  /** Path of the section that is open, to mark it. */
  readonly section?: string;
  readonly isSignedOut?: boolean;
  readonly children?: Child;
};

const SECTIONS = [
  { href: "/admin", label: "Overview" },
  { href: "/admin/orders", label: "Orders" },
  { href: "/admin/customers", label: "Customers" },
  { href: "/admin/products", label: "Products" },
  { href: "/admin/media", label: "Pictures" },
  { href: "/admin/content", label: "Texts" },
  { href: "/admin/stock", label: "Stock" },
  { href: "/admin/price-lists", label: "Prices" },
  { href: "/admin/vouchers", label: "Coupons and cards" },
  { href: "/admin/search", label: "Search" },
  { href: "/admin/imports", label: "Imports, exports" },
  { href: "/admin/mail", label: "Mail" },
  { href: "/admin/dead-letters", label: "Dead letters" },
  { href: "/admin/reconciliation", label: "Health" },
] as const;

/** A whole page of the back office: side navigation (a top bar on phones), main. Private, never cached. */
export const AdminPage = ({ title, section, isSignedOut = false, children }: AdminPageProps) => (
  <html lang="en" dir="ltr">
    <head>
      <meta charset="utf-8" />
      <title>{`${title} – Back office`}</title>
      <meta name="viewport" content="width=device-width, initial-scale=1" />
      <meta name="color-scheme" content="light dark" />
      <meta name="robots" content="noindex" />
      <link rel="stylesheet" href={assets.shopCss} />
      {assets.adminCss && <link rel="stylesheet" href={assets.adminCss} />}
      <link rel="icon" href="/favicon.svg" type="image/svg+xml" />
    </head>
    <body class={isSignedOut ? "frame-admin frame-signed-out" : "frame-admin"}>
      {!isSignedOut && (
        <header class="desk">
          <a class="skip" href="#main">
            Skip to content
          </a>
          <a class="desk-name" href="/admin">
            Kerbside back office
          </a>
          <nav class="desk-wide" aria-label="Back office">
            <Sections section={section} />
          </nav>
          <details class="desk-narrow">
            <summary>Menu</summary>
            <nav aria-label="Back office menu">
              <Sections section={section} />
            </nav>
          </details>
        </header>
      )}
      <main id="main" tabindex={-1}>
        {children}
      </main>
    </body>
  </html>
);

const Sections = ({ section }: { readonly section: string | undefined }) => (
  <>
    <ul class="desk-links">
      {SECTIONS.map((link) => (
        <li>
          <a href={link.href} aria-current={link.href === section ? "page" : undefined}>
            {link.label}
          </a>
        </li>
      ))}
      <li>
        <a href="/">The shop</a>
      </li>
    </ul>
    <form class="desk-out" method="post" action="/admin/sign-out">
      <button type="submit">Sign out</button>
    </form>
  </>
);

/** A state in one word on a wash; the word carries the meaning. */
export const Word = ({
  tone,
  children,
}: {
  readonly tone: "good" | "wait" | "bad" | "plain" | "quiet";
  readonly children?: Child;
}) => <span class={`word word-${tone}`}>{children}</span>;
