import { toIso } from "#kernel";
import type { FC } from "hono/jsx";
import type { CardFormError } from "../domain/card-form.ts";
import type { DeclineReason, Payment } from "../domain/payment.ts";
import { TEST_CARDS } from "../domain/test-cards.ts";
import { Layout, showMoney, type PageError } from "./layout.tsx";

export type PayPageProps = {
  readonly payment: Payment;
  readonly merchant: string;
  /** What the buyer typed; the security code is never said back. */
  readonly typed?: { readonly number: string; readonly expiry: string; readonly name: string };
  readonly fieldErrors?: readonly CardFormError[];
  readonly decline?: DeclineReason;
};

const DECLINES: Readonly<Record<DeclineReason, string>> = {
  declined: "Your bank said no to this payment. Nothing was charged. Try another card, or ask your bank.",
  insufficient_funds: "There is not enough money on this card. Nothing was charged. Try another card.",
  expired_card: "Your bank says that this card has expired. Nothing was charged. Try another card.",
  challenge_failed:
    "You refused the payment at your bank. Nothing was charged. Try again, or use another card.",
};

/** The hosted payment page. */
export const PayPage: FC<PayPageProps> = (props) => {
  const { payment, merchant, fieldErrors = [], decline } = props;
  const errors: readonly PageError[] = [
    ...(decline ? [{ message: DECLINES[decline] }] : []),
    ...fieldErrors.map((error) => ({ fieldId: error.field, message: error.message })),
  ];
  const total = showMoney(payment.request.amount);
  return (
    <Layout title={`Pay ${total} to ${merchant}`} errors={errors} aside={<TestCards />}>
      <h1>Pay {total}</h1>
      <Facts payment={payment} merchant={merchant} />
      <CardFields {...props} />
      <p>
        <a href={payment.request.cancelUrl ?? "#"}>Back to {merchant} without paying</a>
      </p>
    </Layout>
  );
};

/** Who is paid, for what, how much, and until when. */
export const Facts: FC<{ readonly payment: Payment; readonly merchant: string }> = ({
  payment,
  merchant,
}) => {
  const { request } = payment;
  const endsAt = toIso(request.expiresAt);
  return (
    <dl class="card">
      <dt>Merchant</dt>
      <dd>{merchant}</dd>
      <dt>Order</dt>
      <dd>{request.displayReference ?? request.reference}</dd>
      <dt>For</dt>
      <dd>{request.description}</dd>
      <dt>Total</dt>
      <dd>
        <strong>{showMoney(request.amount)}</strong>
      </dd>
      <dt>Open until</dt>
      <dd>
        <time datetime={endsAt}>{endsAt.slice(11, 16)} UTC</time>
      </dd>
    </dl>
  );
};

const CardFields: FC<PayPageProps> = ({ payment, typed, fieldErrors = [] }) => {
  const messageOf = (field: string): string | undefined =>
    fieldErrors.find((error) => error.field === field)?.message;
  return (
    <form class="stack" method="post" action={`/pay/${payment.request.id}`} novalidate>
      <Field
        {...{ id: "number", label: "Card number", autocomplete: "cc-number", isNumeric: true, maxLength: 32 }}
        value={typed?.number}
        error={messageOf("number")}
      />
      <div class="pair">
        <Field
          {...{
            id: "expiry",
            label: "Expiry date",
            hint: "Like 09/29",
            autocomplete: "cc-exp",
            isNumeric: true,
            maxLength: 9,
          }}
          value={typed?.expiry}
          error={messageOf("expiry")}
        />
        <Field
          {...{
            id: "code",
            label: "Security code",
            hint: "3 digits, any",
            autocomplete: "cc-csc",
            isNumeric: true,
            maxLength: 4,
          }}
          error={messageOf("code")}
        />
      </div>
      <Field
        {...{
          id: "name",
          label: "Name on the card",
          autocomplete: "cc-name",
          isNumeric: false,
          maxLength: 120,
        }}
        value={typed?.name}
        error={messageOf("name")}
      />
      <button class="main" type="submit">
        Pay {showMoney(payment.request.amount)}
      </button>
    </form>
  );
};

type FieldProps = {
  readonly id: string;
  readonly label: string;
  readonly hint?: string;
  readonly autocomplete: string;
  readonly isNumeric: boolean;
  readonly maxLength: number;
  readonly value?: string | undefined;
  readonly error?: string | undefined;
};

const Field: FC<FieldProps> = ({ id, label, hint, autocomplete, isNumeric, maxLength, value, error }) => {
  const describedBy = [hint ? `${id}-hint` : "", error ? `${id}-error` : ""].filter(Boolean).join(" ");
  return (
    <div class="tight">
      <label for={id}>{label}</label>
      {hint ? (
        <span class="hint" id={`${id}-hint`}>
          {hint}
        </span>
      ) : null}
      {error ? (
        <span class="error" id={`${id}-error`}>
          {error}
        </span>
      ) : null}
      <input
        id={id}
        name={id}
        autocomplete={autocomplete}
        inputmode={isNumeric ? "numeric" : "text"}
        maxlength={maxLength}
        spellcheck={false}
        value={value}
        aria-required="true"
        aria-invalid={error ? "true" : undefined}
        aria-describedby={describedBy === "" ? undefined : describedBy}
      />
    </div>
  );
};

const TestCards: FC = () => (
  <section class="stack" aria-labelledby="cards-title">
    <div class="tight">
      <h2 id="cards-title">Test cards</h2>
      <p class="hint">
        A button pays with its card at once. Typed by hand, take any later date and any code.
      </p>
    </div>
    <form method="post">
      <ul class="cards">
        {TEST_CARDS.map((card) => (
          <li>
            <button type="submit" name="card" value={card.id} aria-describedby={`effect-${card.id}`}>
              <span>{card.label}</span>{" "}
              <span class="digits">{card.number.replaceAll(/(\d{4})(?=\d)/g, "$1 ")}</span>
            </button>
            <span class="hint" id={`effect-${card.id}`}>
              {card.effect}
            </span>
          </li>
        ))}
      </ul>
    </form>
  </section>
);
