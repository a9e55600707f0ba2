import type { Child } from "hono/jsx";
import { useSpeech } from "#web";
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
  const { say, money, date } = useSpeech();
  const { instructions, expiresAt } = order.payment;
  if (!awaitsTransfer(order)) return null;
  const { dueMinor, currency } = order.draft;
  return (
    <section aria-labelledby="transfer">
      <h2 id="transfer" class="order-title">
        {say("transfer.title")}
      </h2>
      <dl class="review transfer">
        <Fact label={say("transfer.amount")}>
          <strong class="amount">{money(dueMinor, currency)}</strong>
        </Fact>
        <Fact label={say("transfer.to")}>
          <bdi>{instructions}</bdi>
        </Fact>
        <Fact label={say("transfer.reference")}>
          <strong>
            <bdi>{order.orderNumber}</bdi>
          </strong>
          <span class="hint">{say("transfer.exactly")}</span>
        </Fact>
        {expiresAt !== undefined && <Fact label={say("transfer.until")}>{date(expiresAt, timeZone)}</Fact>}
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
