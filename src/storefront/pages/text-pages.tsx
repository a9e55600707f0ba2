import { raw } from "hono/html";
import { SECTIONS_LISTED_FROM, type TextPage } from "#content";
import { formatDate, Page, type ShopChrome } from "#web";
import { epochMs } from "#kernel";

type TextPageProps = { readonly chrome: ShopChrome; readonly origin: string };

/** How goods travel and how they come back. */
export const DeliveryReturnsPage = ({ chrome, origin }: TextPageProps) => (
  <Page
    title="Delivery and returns"
    description="What delivery costs, when it arrives, and how to send something back."
    canonical={`${origin}/pages/delivery-returns`}
    kind="text"
    chrome={chrome}
    path="/pages/delivery-returns"
  >
    <article class="prose">
      <h1>Delivery and returns</h1>
      <p class="lead">
        You see the day it arrives and what delivery costs before you pay. Nothing is added after that.
      </p>
      <h2>When it arrives</h2>
      <p>
        We say dates, not speeds. The cart shows the days on which a parcel can reach your country; the order
        page follows it from our table to your door.
      </p>
      <h2>What it costs</h2>
      <p>
        Each way of delivery has one price per order, however many pieces you choose, and is free from the
        amount that the cart names. If your order comes in several parcels, you pay delivery once.
      </p>
      <h2>How it is packed</h2>
      <p>
        Prints lie flat between boards up to A3 and travel rolled above that. Tiles stand on edge in paper
        wool. Cloth and notebooks come in plain card.
      </p>
      <h2>Sending something back</h2>
      <p>
        You have 30 days from the day it arrives. Return postage is free. The order page has the form; the
        money goes back the way it came, within 5 working days of the parcel reaching us.
      </p>
      <h2>If something is broken</h2>
      <p>
        Keep the wrapping, take a picture, and answer the mail that confirmed your order. We send another one
        or give the money back, as you like.
      </p>
    </article>
  </Page>
);

/** Who draws these patterns, and how. */
export const AboutPage = ({ chrome, origin }: TextPageProps) => (
  <Page
    title="About us"
    description="Patterns drawn by a rule and a seed, on paper, cloth and clay."
    canonical={`${origin}/pages/about`}
    kind="text"
    chrome={chrome}
    path="/pages/about"
  >
    <article class="prose">
      <h1>A rule, a seed, a sheet</h1>
      <p class="lead">Each pattern in this shop is drawn by a short rule and started by one number.</p>
      <p>
        A rule says what may stand next to what: a quarter circle turns, a line meets a line, a colour keeps
        its distance. The seed is the number that starts the drawing. The same rule and seed give the same
        sheet every time, so each product names both.
      </p>
      <h2>What we make</h2>
      <p>
        Prints on cotton paper, cloth for tables and kitchens, tiles in sets, notebooks that open flat. We
        draw four kinds of things and try to do those well.
      </p>
      <h2>What we do not do</h2>
      <p>
        No countdowns, no made-up shortages, no news that you did not ask for. Prices include VAT. What is in
        stock is in stock.
      </p>
    </article>
  </Page>
);

/** Days on a page of the shop are days in its own zone; nobody minds an hour. */
const TIME_ZONE = "UTC";

/** A page that staff have written: one column, a list of its sections when it is long, the day of its last change. */
export const WrittenPage = ({ page, chrome, origin }: TextPageProps & { readonly page: TextPage }) => (
  <Page
    title={page.title}
    description={page.description}
    canonical={`${origin}/pages/${encodeURIComponent(page.handle)}`}
    kind="text"
    chrome={chrome}
    path={`/pages/${page.handle}`}
  >
    <article class="prose">
      <h1 dir="auto">{page.title}</h1>
      {page.sections.length >= SECTIONS_LISTED_FROM && (
        <nav aria-label="On this page">
          <ol class="sections">
            {page.sections.map(({ id, title }) => (
              <li>
                <a href={`#${id}`}>{raw(title)}</a>
              </li>
            ))}
          </ol>
        </nav>
      )}
      <div class="rich">{raw(page.bodyHtml)}</div>
      <p class="hint">Last changed on {formatDate(epochMs(page.updatedAtMs), TIME_ZONE)}.</p>
    </article>
  </Page>
);
