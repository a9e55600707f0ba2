import { toDecimal, type Money } from "#kernel";
import type { Child, FC } from "hono/jsx";

/** An amount as English readers expect it. */
export const showMoney = (amount: Money): string =>
  new Intl.NumberFormat("en-IE", { style: "currency", currency: amount.currency }).format(
    Number(toDecimal(amount)),
  );

/** One error of a form; without a field it concerns the payment as a whole. */
export type PageError = { readonly fieldId?: string; readonly message: string };

type LayoutProps = {
  readonly title: string;
  readonly errors?: readonly PageError[];
  /** Stands beside the page where there is room, and below it elsewhere. */
  readonly aside?: Child;
  readonly children?: Child;
};

/** The frame of every page of this provider. */
export const Layout: FC<LayoutProps> = ({ title, errors = [], aside, children }) => (
  <html lang="en">
    <head>
      <meta charset="utf-8" />
      <meta name="viewport" content="width=device-width, initial-scale=1" />
      <meta name="robots" content="noindex" />
      <title>{errors.length > 0 ? `Error: ${title}` : title}</title>
      <link rel="icon" href="data:," />
      <link rel="stylesheet" href="/pay.css" />
    </head>
    <body>
      <header class="band">Test provider: no money moves</header>
      <main class={aside ? "two" : "narrow"}>
        <div class="stack">
          {errors.length > 0 ? <ErrorSummary errors={errors} /> : null}
          {children}
        </div>
        {aside}
      </main>
    </body>
  </html>
);

/** What went wrong, before everything else; takes the focus without script. */
const ErrorSummary: FC<{ readonly errors: readonly PageError[] }> = ({ errors }) => (
  <div class="summary tight" role="alert" aria-labelledby="summary-title" tabindex={-1} autofocus>
    <h2 id="summary-title">There is a problem</h2>
    <ul>
      {errors.map((error) => (
        <li>
          {error.fieldId === undefined ? error.message : <a href={`#${error.fieldId}`}>{error.message}</a>}
        </li>
      ))}
    </ul>
  </div>
);
