import {
  ArrivalLine,
  ErrorSummary,
  Field,
  Page,
  deliveryCost,
  useSpeech,
  type DeliveryCountry,
  type DeliveryEstimate,
  type ShopChrome,
} from "#web";

export type DeliveryFormProps = {
  readonly handle: string;
  readonly variantId: string | undefined;
  readonly countries: readonly DeliveryCountry[];
  readonly country?: string | undefined;
  readonly postcode?: string | undefined;
  readonly error?: string | undefined;
};

/** Asks where to; a form of its own that needs no script. On a product's page an island puts the answer below it. */
export const DeliveryForm = (props: DeliveryFormProps) => {
  const { say } = useSpeech();
  return (
    <delivery-form>
      <form class="delivery-form" action="/delivery" method="get" data-delivery="" novalidate>
        <input type="hidden" name="product" value={props.handle} />
        {props.variantId !== undefined && <input type="hidden" name="variant" value={props.variantId} />}
        <Field
          name="country"
          id="delivery-country"
          label={say("delivery.to")}
          value={props.country}
          options={props.countries.map(({ code, name }) => ({ value: code, label: name }))}
          autocomplete="shipping country"
        />
        <Field
          name="postcode"
          id="delivery-postcode"
          label={say("delivery.postcode")}
          value={props.postcode}
          error={props.error}
          autocomplete="shipping postal-code"
          autocapitalize="characters"
          enterkeyhint="go"
          maxLength={12}
        />
        <button class="button button-quiet" type="submit">
          {say("delivery.ask")}
        </button>
      </form>
      <div class="delivery-answer" data-delivery-answer="" role="status" />
    </delivery-form>
  );
};

export type DeliveryPageView = {
  readonly title: string;
  readonly form: DeliveryFormProps;
  readonly currency: string;
  readonly backHref: string;
  readonly chrome: ShopChrome;
  /** What was found; absent while the form has an error. */
  readonly answer?: DeliveryAnswer;
};

export type DeliveryAnswer = {
  /** `25980, Germany`. */
  readonly place: string;
  readonly ways: readonly (DeliveryEstimate & { readonly name: string })[];
};

/** When and for what a product comes to one postcode. Private: it names where somebody lives. */
export const DeliveryPage = ({ title, form, currency, backHref, chrome, answer }: DeliveryPageView) => {
  const { say } = useSpeech();
  const heading = say("delivery.title");
  return (
    <Page
      title={form.error === undefined ? heading : say("shell.error_title", { title: heading })}
      kind="text"
      script="product"
      isIndexed={false}
      chrome={chrome}
    >
      <article class="prose">
        <ErrorSummary
          errors={form.error === undefined ? [] : [{ field: "delivery-postcode", message: form.error }]}
        />
        <h1>{heading}</h1>
        <p class="lead" dir="auto">
          {title}
        </p>
        {answer && (
          <div data-part="delivery-answer">
            <Answer {...answer} currency={currency} />
          </div>
        )}
        <DeliveryForm {...form} />
        <p>
          <a href={backHref}>{say("delivery.back")}</a>
        </p>
      </article>
    </Page>
  );
};

const Answer = ({ place, ways, currency }: DeliveryAnswer & { readonly currency: string }) => {
  const speech = useSpeech();
  const there = <bdi>{place}</bdi>;
  return ways.length === 0 ? (
    <p>{speech.parts("delivery.not_there", { place: there })}</p>
  ) : (
    <ul class="delivery-ways">
      {ways.map((way) => (
        <li>
          {speech.parts("delivery.way_to", { way: <strong>{way.name}</strong>, place: there })}
          <ArrivalLine estimate={way} />
          <p class="hint">{deliveryCost(speech, way, currency)}</p>
        </li>
      ))}
    </ul>
  );
};
