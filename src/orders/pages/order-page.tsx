import { epochMs, type EpochMs } from "#kernel";
import { Notice, OrderSummary, Page, Timeline, useSpeech, type Speech } from "#web";
import type { Address, OrderView, Parcel } from "../contract.ts";
import { orderTimeline } from "./order-timeline.ts";
import { arrivalOf, eventWords, orderWords, type OrderWords } from "./order-words.ts";

import { TransferFacts } from "./transfer-facts.tsx";
import { Returns } from "./return-form.tsx";

export type OrderPageProps = {
  readonly order: OrderView;
  readonly at: EpochMs;
  readonly timeZone: string;
  /** Why the last wish for a return came to nothing. */
  readonly returnProblem?: string;
};

/** What stands before the tax; of a buyer who owes it, with the VAT id that the shop has noted. */
function taxLabel({ say }: Speech, { isTaxAdded, taxRelief }: OrderView["draft"]): string {
  if (!taxRelief) return say(isTaxAdded === true ? "summary.tax" : "summary.tax_in");
  const word = say(taxRelief.reason === "exempt" ? "summary.tax_exempt" : "summary.tax_reverse_charge");
  return taxRelief.taxId === undefined ? word : `${word} (${taxRelief.taxId})`;
}

/** Answers the three questions of an order: is it paid, where is it, when does it come. */
export const OrderPage = ({ order, at, timeZone, returnProblem }: OrderPageProps) => {
  const speech = useSpeech();
  const { say } = speech;
  const words = orderWords(speech, order, { at, timeZone });
  const { title } = words;
  const path = `/orders/${order.orderId}`;
  return (
    <Page title={title} kind="order" script="order" isIndexed={false}>
      <order-live data-live={`${path}/live`} data-version={String(order.version)}>
        {/* Outside the parts that are swapped, so that the word stays. */}
        <p class="order-live-word" data-live-word="" />
        <div class="split order">
          <div class="stack order-main" data-part="state" data-announce={`${title}.`}>
            <Head order={order} words={words} title={title} timeZone={timeZone} />
            <Timeline
              label={say("order.timeline")}
              isRow={true}
              steps={orderTimeline(speech, order, timeZone)}
            />
            <Parcels order={order} />
            <History order={order} timeZone={timeZone} />
          </div>
          <div class="split-side stack" data-part="facts">
            <Facts order={order} />
            {words.canCancel && (
              <form action={`${path}/cancel`} method="post">
                <button class="button-link" type="submit">
                  {say("order.cancel")}
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

const Head = ({ order, words, title, timeZone }: HeadProps) => {
  const speech = useSpeech();
  const { say, instant } = speech;
  return (
    <>
      <div class="order-head">
        <h1>{title}</h1>
        {words.isArrivalShown && (
          <p class="lead">{say("order.arrives", { days: arrivalOf(speech, order) })}</p>
        )}
        <p class="hint">
          {say("order.last_change", {
            time: instant(order.updatedAt, timeZone),
            zone: timeZone.replaceAll("_", " "),
          })}
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
            {say("order.pay")}
          </a>
        </p>
      )}
      <WayOn status={order.status} />
      <TransferFacts order={order} timeZone={timeZone} />
      <noscript>
        <p>
          <a href={`/orders/${order.orderId}`}>{say("order.check_again")}</a>
        </p>
      </noscript>
    </>
  );
};

/** Where to go from an order that came to nothing. */
const WayOn = ({ status }: { readonly status: OrderView["status"] }) => {
  const { say } = useSpeech();
  if (status === "cancelled")
    return (
      <p>
        <a class="button button-quiet" href="/cart">
          {say("line.back")}
        </a>
      </p>
    );
  return status === "refunding" || status === "refunded" ? (
    <p>
      <a class="button button-quiet" href="/">
        {say("shell.to_shop")}
      </a>
    </p>
  ) : null;
};

const Parcels = ({ order }: { readonly order: OrderView }) => {
  const { say, parts } = useSpeech();
  const count = order.parcels.length;
  return count === 0 ? null : (
    <section class="stack" aria-labelledby="parcels">
      <h2 id="parcels" class="order-title">
        {say("order.parcels", { count })}
      </h2>
      {order.parcels.map((parcel, index) => (
        <div class="order-parcel">
          <p>
            <strong>
              {say("order.parcel", { number: index + 1, count, state: say(`parcel.${parcel.status}`) })}
            </strong>
          </p>
          <p>
            {parts("order.tracking", {
              carrier: parcel.carrier,
              number: <bdi>{parcel.trackingNumber}</bdi>,
            })}
          </p>
          <p class="hint">{contents(parcel, order)}</p>
        </div>
      ))}
    </section>
  );
};

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
  const speech = useSpeech();
  const entries = order.timeline
    .map((entry) => ({ ...entry, words: eventWords(speech, entry.type, entry.note) }))
    .filter((entry) => entry.words !== undefined)
    .sort((a, b) => b.sequence - a.sequence);
  return (
    <details class="disclosure">
      <summary>{speech.say("order.history")}</summary>
      <ol class="order-history">
        {entries.map((entry) => (
          <li>
            <span>{entry.words}</span>
            <time class="hint" datetime={new Date(entry.occurredAt).toISOString()}>
              {speech.instant(epochMs(entry.occurredAt), timeZone)}
            </time>
          </li>
        ))}
      </ol>
    </details>
  );
};

/** What gift cards and credits paid of the total, and what was left; empty when they paid nothing. */
function paymentsOf({ say, money }: Speech, { tenders, dueMinor, currency }: OrderView["draft"]) {
  const amount = (minor: number): string => money(minor, currency);
  if (tenders.length === 0) return [];
  return [
    ...tenders.map(({ label, amountMinor }) => ({ label, amount: `−${amount(amountMinor)}` })),
    { label: say("summary.left"), amount: amount(dueMinor) },
  ];
}

const Facts = ({ order }: { readonly order: OrderView }) => {
  const { draft, payment } = order;
  const speech = useSpeech();
  const { say } = speech;
  const amount = (minor: number): string => speech.money(minor, draft.currency);
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
        { label: say("summary.items"), amount: amount(draft.itemsMinor) },
        ...draft.discounts
          .filter((discount) => discount.amountMinor > 0)
          .map((discount) => ({ label: discount.label, amount: `−${amount(discount.amountMinor)}` })),
        {
          label: say("order.delivery", { name: draft.delivery.name }),
          amount: draft.deliveryMinor === 0 ? say("summary.free") : amount(draft.deliveryMinor),
        },
        {
          label: taxLabel(speech, draft),
          amount: amount(draft.taxMinor),
        },
        ...(payment.refundedMinor > 0
          ? [{ label: say("order.sent_back"), amount: amount(payment.refundedMinor) }]
          : []),
      ]}
      total={{ label: say("summary.total"), amount: amount(draft.totalMinor) }}
      payments={paymentsOf(speech, draft)}
    >
      {payment.cardLast4 !== undefined && <p>{say("order.card_ending", { digits: payment.cardLast4 })}</p>}
      <h2 class="order-title order-address">{say("order.address")}</h2>
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
      <span>{useSpeech().country(address.country)}</span>
    </address>
  );
};

/** For whoever opens an order without its key: nothing about the order, one way on. */
export const OrderNotShownPage = () => {
  const { say } = useSpeech();
  return (
    <Page title={say("order.not_shown")} kind="order" isIndexed={false}>
      <div class="plain">
        <h1>{say("order.not_shown")}</h1>
        <p>{say("order.not_shown_text")}</p>
        <p>
          <a href="/">{say("shell.to_shop")}</a>
        </p>
      </div>
    </Page>
  );
};
