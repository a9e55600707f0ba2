import { raw } from "hono/html";
import { SECTIONS_LISTED_FROM, type TextPage } from "#content";
import { Page, useSpeech, type ShopChrome } from "#web";
import { epochMs } from "#kernel";

type TextPageProps = { readonly chrome: ShopChrome; readonly origin: string };

type Section = "when" | "cost" | "packed" | "back" | "broken";
const SECTIONS: readonly Section[] = ["when", "cost", "packed", "back", "broken"];

/** How goods travel and how they come back. */
export const DeliveryReturnsPage = ({ chrome, origin }: TextPageProps) => {
  const { say } = useSpeech();
  return (
    <Page
      title={say("shell.delivery_returns")}
      description={say("returns.description")}
      canonical={`${origin}/pages/delivery-returns`}
      kind="text"
      chrome={chrome}
      path="/pages/delivery-returns"
    >
      <article class="prose">
        <h1>{say("shell.delivery_returns")}</h1>
        <p class="lead">{say("returns.lead")}</p>
        {SECTIONS.map((section) => (
          <>
            <h2>{say(`returns.${section}`)}</h2>
            <p>{say(`returns.${section}_text`)}</p>
          </>
        ))}
      </article>
    </Page>
  );
};

/** Who draws these patterns, and how. */
export const AboutPage = ({ chrome, origin }: TextPageProps) => {
  const { say } = useSpeech();
  return (
    <Page
      title={say("shell.about")}
      description={say("about.description")}
      canonical={`${origin}/pages/about`}
      kind="text"
      chrome={chrome}
      path="/pages/about"
    >
      <article class="prose">
        <h1>{say("about.heading")}</h1>
        <p class="lead">{say("about.lead")}</p>
        <p>{say("about.rule")}</p>
        <h2>{say("about.make")}</h2>
        <p>{say("about.make_text")}</p>
        <h2>{say("about.not")}</h2>
        <p>{say("about.not_text")}</p>
      </article>
    </Page>
  );
};

/** Days on a page of the shop are days in its own zone; nobody minds an hour. */
const TIME_ZONE = "UTC";

/** A page that staff have written: one column, a list of its sections when it is long, the day of its last change. */
export const WrittenPage = ({ page, chrome, origin }: TextPageProps & { readonly page: TextPage }) => {
  const { say, date } = useSpeech();
  return (
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
          <nav aria-label={say("text.sections")}>
            <ol class="sections">
              {page.sections.map(({ id, title }) => (
                <li>
                  <a href={`#${id}`}>{raw(title)}</a>
                </li>
              ))}
            </ol>
          </nav>
        )}
        <div class="rich" dir="auto">
          {raw(page.bodyHtml)}
        </div>
        <p class="hint">{say("text.changed", { day: date(epochMs(page.updatedAtMs), TIME_ZONE) })}</p>
      </article>
    </Page>
  );
};
