import type { Child } from "hono/jsx";

export type EmptyProps = {
  /** What is not here: "Your cart is empty". */
  readonly title: string;
  /** Why, in one sentence. */
  readonly children?: Child;
  /** One way on. */
  readonly action?: { readonly href: string; readonly label: string };
  /** 1 when it is the page's only heading. */
  readonly level?: 1 | 2;
};

/** Says what is not here, why, and one way on. */
export const Empty = ({ title, children, action, level = 2 }: EmptyProps) => {
  const Heading = level === 1 ? "h1" : "h2";
  return (
    <div class="empty">
      <Heading class="empty-title">{title}</Heading>
      {children && <p>{children}</p>}
      {action && (
        <p>
          <a class="button" href={action.href}>
            {action.label}
          </a>
        </p>
      )}
    </div>
  );
};
