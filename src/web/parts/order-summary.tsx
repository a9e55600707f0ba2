import type { Child } from "hono/jsx";
import { Picture, type PictureModel } from "./picture.tsx";
import { useSpeech } from "./use-speech.ts";

export type SummaryLine = {
  readonly title: string;
  readonly variantTitle?: string;
  readonly quantity: number;
  /** Formatted amount of the whole line. */
  readonly amount: string;
  readonly picture?: PictureModel;
};

export type OrderSummaryProps = {
  readonly lines: readonly SummaryLine[];
  /** Items, delivery, VAT: label and formatted amount. */
  readonly rows: readonly { readonly label: string; readonly amount: string }[];
  readonly total: { readonly label: string; readonly amount: string; readonly note?: string };
  /** Below the total: what gift cards pay, and last what is left to pay. */
  readonly payments?: readonly { readonly label: string; readonly amount: string }[];
  /** True in checkout: on phones a closed disclosure with count and total. */
  readonly isCollapsible?: boolean;
  readonly children?: Child;
};

/** What is bought and what it costs: lines, rows, total. */
export const OrderSummary = (props: OrderSummaryProps) => {
  const { say } = useSpeech();
  const count = props.lines.reduce((sum, line) => sum + line.quantity, 0);
  if (!props.isCollapsible) {
    return (
      <section class="summary" aria-label={say("summary.label")}>
        <SummaryBody {...props} />
      </section>
    );
  }
  return (
    <details class="summary summary-fold">
      <summary>
        <span>{say("summary.of", { items: say("cart.items", { count }) })}</span>
        <span class="summary-total">{props.total.amount}</span>
      </summary>
      <SummaryBody {...props} />
    </details>
  );
};

const SummaryBody = ({ lines, rows, total, payments = [], children }: OrderSummaryProps) => (
  <div class="summary-body">
    {lines.length > 0 && (
      <ul class="summary-lines">
        {lines.map((line) => (
          <li>
            <Picture picture={line.picture} alt="" class="summary-picture" />
            <span class="summary-title">
              <span dir="auto">{line.title}</span>
              <span class="hint">
                {line.variantTitle ? `${line.variantTitle}, ` : ""}
                {line.quantity} ×
              </span>
            </span>
            <span class="amount">{line.amount}</span>
          </li>
        ))}
      </ul>
    )}
    <dl class="summary-rows">
      {rows.map((row) => (
        <div>
          <dt>{row.label}</dt>
          <dd class="amount">{row.amount}</dd>
        </div>
      ))}
      <div class="summary-grand">
        <dt>
          {total.label}
          {total.note && <span class="hint"> {total.note}</span>}
        </dt>
        <dd class="amount">{total.amount}</dd>
      </div>
      {payments.map((row, index) => (
        <div class={index === payments.length - 1 ? "summary-due" : undefined}>
          <dt>{row.label}</dt>
          <dd class="amount">{row.amount}</dd>
        </div>
      ))}
    </dl>
    {children}
  </div>
);
