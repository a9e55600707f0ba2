import type { ProductCard } from "#catalog";
import { CardGrid, Empty, Page, useSpeech } from "#web";

/** What this browser looked at lately; its part `seen` is a section for the foot of other pages. */
export const RecentlyViewedPage = ({ cards }: { readonly cards: readonly ProductCard[] }) => {
  const { say } = useSpeech();
  return (
    <Page title={say("seen.title")} kind="list" isIndexed={false} path="/recently-viewed">
      <h1 class={cards.length === 0 ? "visually-hidden" : undefined}>{say("seen.text")}</h1>
      {cards.length === 0 ? (
        <Empty title={say("seen.none")} action={{ href: "/", label: say("seen.look") }}>
          {say("seen.none_text")}
        </Empty>
      ) : (
        <>
          <section class="section" data-part="seen" aria-labelledby="seen">
            <div class="section-head">
              <h2 id="seen">{say("seen.title")}</h2>
            </div>
            <div class="strip-small">
              <CardGrid cards={cards} />
            </div>
          </section>
          <form class="section" action="/recently-viewed" method="post">
            <button class="button button-quiet" type="submit" name="forget" value="yes">
              {say("seen.forget")}
            </button>
          </form>
        </>
      )}
    </Page>
  );
};
