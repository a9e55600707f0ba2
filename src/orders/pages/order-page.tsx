import { epochMs, type EpochMs } from "#kernel";
import { formatInstant, formatMinor, Notice, OrderSummary, Page, plural, Timeline } from "#web";
import type { Address, OrderView, Parcel } from "../contract.ts";
import { orderTimeline } from "./order-timeline.ts";
import { arrivalOf, eventWords, orderWords, PARCEL_WORDS, type OrderWords } from "./order-words.ts";

import { TransferFacts } from "./transfer-facts.tsx";
import { Returns } from "./return-form.tsx";

export type OrderPageProps = {
  readonly order: OrderView;
  readonly at: EpochMs;
  readonly timeZone: string;
  /** Why the last wish for a return came to nothing. */
  readonly returnProblem?: string;
};

/** Answers the three questions of an order: is it paid, where is it, when does it come. */
export const OrderPage = ({ order, at, timeZone, returnProblem }: OrderPageProps) => {
  const words = orderWords(order, at, timeZone);
  const title = `Order ${order.orderNumber} ${words.heading}`;
  const path = `/orders/${order.orderId}`;
  return (
    <Page title={title} kind="order" script="order" isIndexed={false}>
      <order-live data-live={`${path}/live`} data-version={String(order.version)}>
        {/* Outside the parts that are swapped, so that the word stays. */}
        <p class="order-live-word" data-live-word="" />
        <div class="split order">
          <div class="stack order-main" data-part="state" data-announce={`${title}.`}>
            <Head order={order} words={words} title={title} timeZone={timeZone} />
            <Timeline label="Where the order stands" isRow={true} steps={orderTimeline(order, timeZone)} />
            <Parcels order={order} />
            <History order={order} timeZone={timeZone} />
          </div>
          <div class="split-side stack" data-part="facts">
            <Facts order={order} />
            {words.canCancel && (
              <form action={`${path}/cancel`} method="post">
                <button class="button-link" type="submit">
                  Cancel this order
                </button>
              </form>
            )}
            <Returns
              order={order}
              at={at}
              {...(returnProblem === undefined ? {} : { problem: returnProblem })}
            />
          </div>
        </div>
      </order-live>
    </Page>
  );
};

type HeadProps = {
  readonly order: OrderView;
  readonly words: OrderWords;
  readonly title: string;
  readonly timeZone: string;
};

const Head = ({ order, words, title, timeZone }: HeadProps) => (
  <>
    <div class="order-head">
      <h1>{title}</h1>
      {words.isArrivalShown && <p class="lead">Arrives {arrivalOf(order)}</p>}
      <p class="hint">
        Last change {formatInstant(order.updatedAt, timeZone)} ({timeZone.replaceAll("_", " ")}).
      </p>
    </div>
    {words.notice && (
      <Notice
        tone={words.notice.tone}
        {...(words.notice.title === undefined ? {} : { title: words.notice.title })}
      >
        <p>{words.notice.text}</p>
      </Notice>
    )}
    {words.payUrl !== undefined && (
      <p>
        <a class="button" href={words.payUrl} rel="noreferrer">
          Return to payment
        </a>
      </p>
    )}
    <TransferFacts order={order} timeZone={timeZone} />
    <noscript>
      <p>
        <a href={`/orders/${order.orderId}`}>Check again</a>
      </p>
    </noscript>
  </>
);

const Parcels = ({ order }: { readonly order: OrderView }) =>
  order.parcels.length === 0 ? null : (
    <section class="stack" aria-labelledby="parcels">
      <h2 id="parcels" class="order-title">
        {plural(order.parcels.length, { one: "parcel", other: "parcels" })}
      </h2>
      {order.parcels.map((parcel, index) => (
        <div class="order-parcel">
          <p>
            <strong>
              Parcel {index + 1} of {order.parcels.length}: {PARCEL_WORDS[parcel.status]}
            </strong>
          </p>
          <p>
            {parcel.carrier}, tracking number <bdi>{parcel.trackingNumber}</bdi>
          </p>
          <p class="hint">{contents(parcel, order)}</p>
        </div>
      ))}
    </section>
  );

const contents = (parcel: Parcel, order: OrderView): string =>
  parcel.lines
    .map(({ lineId, quantity }) => {
      const line = order.draft.lines.find((row) => row.lineId === lineId);
      return line
        ? `${quantity} × ${[line.title, line.variantTitle].filter(Boolean).join(", ")}`
        : `${quantity} ×`;
    })
    .join("; ");

const History = ({ order, timeZone }: { readonly order: OrderView; readonly timeZone: string }) => {
  const entries = order.timeline
    .map((entry) => ({ ...entry, words: eventWords(entry.type, entry.note) }))
    .filter((entry) => entry.words !== undefined)
    .sort((a, b) => b.sequence - a.sequence);
  return (
    <details class="disclosure">
      <summary>History</summary>
      <ol class="order-history">
        {entries.map((entry) => (
          <li>
            <span>{entry.words}</span>
            <time class="hint" datetime={new Date(entry.occurredAt).toISOString()}>
              {formatInstant(epochMs(entry.occurredAt), timeZone)}
            </time>
          </li>
        ))}
      </ol>
    </details>
  );
};

/** What gift cards and credits paid of the total, and what was left; empty when they paid nothing. */
function paymentsOf({ tenders, dueMinor, currency }: OrderView["draft"]) {
  const amount = (minor: number): string => formatMinor(minor, currency);
  if (tenders.length === 0) return [];
  return [
    ...tenders.map(({ label, amountMinor }) => ({ label, amount: `−${amount(amountMinor)}` })),
    { label: "Left to pay", amount: amount(dueMinor) },
  ];
}

const Facts = ({ order }: { readonly order: OrderView }) => {
  const { draft, payment } = order;
  const amount = (minor: number): string => formatMinor(minor, draft.currency);
  return (
    <OrderSummary
      lines={draft.lines.map((line) => ({
        title: line.title,
        variantTitle: line.variantTitle,
        quantity: line.quantity,
        amount: amount(line.totalMinor + line.discountMinor),
        ...(line.imageUrl === undefined
          ? {}
          : { picture: { url: line.imageUrl, alt: "", width: 80, height: 80 } }),
      }))}
      rows={[
        { label: "Items", amount: amount(draft.itemsMinor) },
        ...draft.discounts
          .filter((discount) => discount.amountMinor > 0)
          .map((discount) => ({ label: discount.label, amount: `−${amount(discount.amountMinor)}` })),
        {
          label: `Delivery, ${draft.delivery.name}`,
          amount: draft.deliveryMinor === 0 ? "Free" : amount(draft.deliveryMinor),
        },
        { label: draft.isTaxAdded === true ? "Tax" : "VAT included", amount: amount(draft.taxMinor) },
        ...(payment.refundedMinor > 0 ? [{ label: "Sent back", amount: amount(payment.refundedMinor) }] : []),
      ]}
      total={{ label: "Total", amount: amount(draft.totalMinor) }}
      payments={paymentsOf(draft)}
    >
      {payment.cardLast4 !== undefined && <p>Card ending {payment.cardLast4}</p>}
      <h2 class="order-title order-address">Delivery address</h2>
      <AddressLines address={draft.address} />
      <p class="hint">
        <bdi>{draft.email}</bdi>
      </p>
    </OrderSummary>
  );
};

/** An address the way its country's post reads it, near enough for a person. */
export const AddressLines = ({ address }: { readonly address: Address }) => {
  const isCodeFirst = !["GB", "IE", "US", "CA", "AU", "IN", "JP", "HK", "SG", "AE"].includes(address.country);
  const place = isCodeFirst
    ? [address.postalCode, address.city, address.region]
    : [address.city, address.region, address.postalCode];
  const lines = [
    address.fullName,
    address.company,
    address.line1,
    address.line2,
    address.district,
    place.filter(Boolean).join(" "),
  ];
  return (
    <address class="address" dir="auto">
      {lines
        .filter((line) => line !== undefined && line !== "")
        .map((line) => (
          <span>{line}</span>
        ))}
      <span>{new Intl.DisplayNames(["en-GB"], { type: "region" }).of(address.country)}</span>
    </address>
  );
};

/** For whoever opens an order without its key: nothing about the order, one way on. */
export const OrderNotShownPage = () => (
  <Page title="We cannot show this order here" kind="order" isIndexed={false}>
    <div class="plain">
      <h1>We cannot show this order here</h1>
      <p>
        Open the link in the e-mail about your order, on any device: it carries the key that this browser does
        not have.
      </p>
      <p>
        <a href="/">Go to the shop</a>
      </p>
    </div>
  </Page>
);
