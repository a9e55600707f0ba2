import { ErrorSummary, Field, Page, type SummaryError } from "#web";

export type FindOrderView = {
  readonly orderNumber: string;
  readonly email: string;
  readonly errors: readonly SummaryError[];
};

/** Asks for number and address of an order; its link goes to that address and is never shown here. */
export const FindOrderPage = ({ orderNumber, email, errors }: FindOrderView) => {
  const errorOf = (field: string) => errors.find((error) => error.field === field)?.message;
  return (
    <Page
      title={`${errors.length > 0 ? "Error: " : ""}Find your order`}
      kind="text"
      isIndexed={false}
      path="/find-order"
    >
      <article class="prose">
        <ErrorSummary errors={errors} />
        <h1>Find your order</h1>
        <p class="lead">We send its link to the address that you ordered with. You need no account.</p>
        <form class="form" action="/find-order" method="post" novalidate>
          <Field
            name="orderNumber"
            label="Order number"
            hint="It stands in the mail that confirmed your order, like K-7F3K-92QD."
            value={orderNumber}
            error={errorOf("orderNumber")}
            autocapitalize="characters"
            enterkeyhint="next"
            maxLength={24}
            width="medium"
          />
          <Field
            name="email"
            type="email"
            label="E-mail"
            value={email}
            error={errorOf("email")}
            autocomplete="email"
            inputmode="email"
            enterkeyhint="done"
            maxLength={254}
          />
          <p class="form-actions">
            <button class="button" type="submit">
              Send the link
            </button>
          </p>
        </form>
      </article>
    </Page>
  );
};

/** The same for everybody who asked, whether there is such an order or not. */
export const LinkSentPage = () => (
  <Page title="Look into your mail" kind="text" isIndexed={false} path="/find-order">
    <article class="prose">
      <h1>Look into your mail</h1>
      <p class="lead">
        If this number and this address belong to one order, its link is on the way to that address. It takes
        a minute at most.
      </p>
      <p>
        Nothing there? Look for the number in the mail that confirmed the order, and for other addresses of
        yours.
      </p>
      <p>
        <a href="/find-order">Try again</a>
      </p>
    </article>
  </Page>
);
