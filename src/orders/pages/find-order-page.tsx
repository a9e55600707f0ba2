import { ErrorSummary, Field, Page, useSpeech, type SummaryError } from "#web";

/** What an order number looks like. */
export const EXAMPLE_NUMBER = "K-7F3K-92QD";

export type FindOrderView = {
  readonly orderNumber: string;
  readonly email: string;
  readonly errors: readonly SummaryError[];
};

/** Asks for number and address of an order; its link goes to that address and is never shown here. */
export const FindOrderPage = ({ orderNumber, email, errors }: FindOrderView) => {
  const { say } = useSpeech();
  const heading = say("shell.find_order");
  const errorOf = (field: string) => errors.find((error) => error.field === field)?.message;
  return (
    <Page
      title={errors.length > 0 ? say("shell.error_title", { title: heading }) : heading}
      kind="text"
      isIndexed={false}
      path="/find-order"
    >
      <article class="prose">
        <ErrorSummary errors={errors} />
        <h1>{heading}</h1>
        <p class="lead">{say("find.lead")}</p>
        <form class="form" action="/find-order" method="post" novalidate>
          <Field
            name="orderNumber"
            label={say("find.number")}
            hint={say("find.number_hint", { example: EXAMPLE_NUMBER })}
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
            label={say("shell.email")}
            value={email}
            error={errorOf("email")}
            autocomplete="email"
            inputmode="email"
            enterkeyhint="done"
            maxLength={254}
          />
          <p class="form-actions">
            <button class="button" type="submit">
              {say("find.send")}
            </button>
          </p>
        </form>
      </article>
    </Page>
  );
};

/** The same for everybody who asked, whether there is such an order or not. */
export const LinkSentPage = () => {
  const { say } = useSpeech();
  return (
    <Page title={say("find.sent")} kind="text" isIndexed={false} path="/find-order">
      <article class="prose">
        <h1>{say("find.sent")}</h1>
        <p class="lead">{say("find.sent_text")}</p>
        <p>{say("find.nothing")}</p>
        <p>
          <a href="/find-order">{say("find.again")}</a>
        </p>
      </article>
    </Page>
  );
};
