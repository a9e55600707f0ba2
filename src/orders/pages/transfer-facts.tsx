import type { Child } from "hono/jsx";
import { formatDate, formatMinor } from "#web";
import type { OrderView } from "../contract.ts";
import { awaitsTransfer } from "../app/awaits-transfer.ts";

/** What a buyer types into the bank's form: amount, account, reference, and until when. */
export const TransferFacts = ({
  order,
  timeZone,
}: {
  readonly order: OrderView;
  readonly timeZone: string;
}) => {
  const { instructions, expiresAt } = order.payment;
  if (!awaitsTransfer(order)) return null;
  const { dueMinor, currency } = order.draft;
  return (
    <section aria-labelledby="transfer">
      <h2 id="transfer" class="order-title">
        Your transfer
      </h2>
      <dl class="review transfer">
        <Fact label="Amount">
          <strong class="amount">{formatMinor(dueMinor, currency)}</strong>
        </Fact>
        <Fact label="To">
          <bdi>{instructions}</bdi>
        </Fact>
        <Fact label="Reference">
          <strong>
            <bdi>{order.orderNumber}</bdi>
          </strong>
          <span class="hint">Write exactly this, so that we find your order.</span>
        </Fact>
        {expiresAt !== undefined && <Fact label="Until">{formatDate(expiresAt, timeZone)}</Fact>}
      </dl>
    </section>
  );
};

const Fact = ({ label, children }: { readonly label: string; readonly children?: Child }) => (
  <div class="review-block">
    <dt>{label}</dt>
    <dd>{children}</dd>
  </div>
);
